"""The shapes of migration facts in answers: visas, lists, caveats, assessment and selection."""

from datetime import date

from ninja import Schema
from pydantic import Field

from occupations.api.stamps import PlaceFacts, SourceFacts
from occupations.facts.visas import EditionVisas, Standing, VisaLine


class VisaOut(Schema):
    """What the newest copy of the lists says of one visa; never whether a person may apply."""

    subclass: str = Field(description="The subclass.", examples=["190"])
    title: str = Field(description="Its name.", examples=["Skilled Nominated"])
    is_open: bool = Field(description="Whether it takes new applications.")
    url: str = Field(description="The official page.")
    standing: Standing = Field(
        description="`named` by a list, `absent` from our copy, or the visa has `ended`."
    )
    lists: list[str] = Field(description="The lists that name it.", examples=[["STSOL"]])
    streams: list[str] = Field(description="Streams that they name.", examples=[["491S"]])

    @staticmethod
    def resolve_subclass(obj: VisaLine) -> str:
        return str(obj.visa["subclass"])

    @staticmethod
    def resolve_title(obj: VisaLine) -> str:
        return str(obj.visa["title"])

    @staticmethod
    def resolve_is_open(obj: VisaLine) -> bool:
        return bool(obj.visa["is_open"])

    @staticmethod
    def resolve_url(obj: VisaLine) -> str:
        return str(obj.visa["url"])

    @staticmethod
    def resolve_lists(obj: VisaLine) -> tuple[str, ...]:
        return obj.acronyms


class EditionVisasOut(Schema):
    """The visas that read one edition, and the codes that stand for the occupation there."""

    edition: str = Field(description="The edition.", examples=["anzsco-2013"])
    occupations: list[PlaceFacts] = Field(description="None, one, or several if it was split.")
    as_at_on: date | None = Field(description="The day of the copy.", examples=["2026-09-14"])
    is_history: bool = Field(description="Whether the copy is older than 180 days.")
    is_whole: bool = Field(description="Whether absence from it means absence from the lists.")
    visas: list[VisaOut] = Field(description="One a visa.")

    @staticmethod
    def resolve_edition(obj: EditionVisas) -> str:
        return obj.edition.slug

    @staticmethod
    def resolve_visas(obj: EditionVisas) -> tuple[VisaLine, ...]:
        return obj.lines


class ListOut(Schema):
    """A list that names, or once named, a code."""

    slug: str = Field(description="Its name in addresses.", examples=["stsol"])
    acronym: str = Field(description="Its short name.", examples=["STSOL"])
    title: str = Field(description="Its name in full.")
    url: str = Field(description="The official page.")
    place: PlaceFacts = Field(description="The code that it names.")
    visas: list[str] = Field(description="For which visas.", examples=[["190", "491S"]])
    source: SourceFacts = Field(description="The copy.")
    is_current: bool = Field(description="False: it is history, to be told in the past tense.")


class ApprovalOut(Schema):
    """The registered migration agent who approved a wording."""

    name: str = Field(description="Name.")
    marn: str = Field(description="Migration agent registration number.", examples=["0000000"])
    on: date = Field(description="When.", examples=["2026-11-24"])


class CaveatOut(Schema):
    """A condition that an instrument puts on nominations."""

    key: str = Field(description="Its name inside the instrument.", examples=["2"])
    number: int | None = Field(description="Its number, if it has one.", examples=[2])
    title: str = Field(description="Its title.", examples=["Caveat 2"])
    wording: str = Field(description="What it says, in our short words.")
    approval: ApprovalOut | None = Field(description="Who approved the wording.")
    programs: list[str] = Field(description="For which programs.", examples=[["TSS", "ENS"]])
    places: list[PlaceFacts] = Field(description="The codes that it is on.")


class InstrumentOut(Schema):
    """An instrument and its caveats on the occupation."""

    slug: str = Field(description="Its name here.", examples=["caveats-2022-03"])
    title: str = Field(description="Its title.")
    in_force_from_on: date | None = Field(description="Since when it is in force.")
    in_force_to_on: date | None = Field(description="When it ended.", examples=["2024-12-07"])
    has_ended: bool = Field(description="True: its caveats are history.")
    note: str = Field(description="What to know of it.")
    url: str = Field(description="The official page.")
    caveats: list[CaveatOut] = Field(description="Its caveats on the occupation.")


class AuthorityOut(Schema):
    """An assessing authority."""

    slug: str = Field(description="Its name here.", examples=["vetassess"])
    acronym: str = Field(description="Its short name.", examples=["VETASSESS"])
    name: str = Field(description="Its name in full.")
    url: str = Field(description="Its own page.")
    group: str = Field(description="Its group of criteria; may be empty.", examples=["C"])
    source: SourceFacts = Field(description="Who says so.")


class CriterionOut(Schema):
    """A published pathway of an assessment group."""

    authority: str = Field(description="The authority.", examples=["vetassess"])
    group: str = Field(description="Its group.", examples=["C"])
    text: str = Field(description="The pathway in our words.")
    qualification: str = Field(description="The qualification that it asks for.")
    years: int = Field(description="Years of employment.", examples=[1])
    employment: str = Field(description="`after` or `before` the qualification.")
    source: SourceFacts = Field(description="Who says so.")


class NoteOut(Schema):
    """One thing an authority says of the occupation, in our words."""

    heading: str = Field(description="May be empty.")
    text: str = Field(description="What it says.")


class SectionOut(Schema):
    """The notes of one kind."""

    section: str = Field(description="The kind.", examples=["requirement"])
    label: str = Field(description="Its heading.", examples=["Requirements"])
    notes: list[NoteOut] = Field(description="The notes.")


class LinkOut(Schema):
    """A page elsewhere."""

    label: str = Field(description="What it is.")
    url: str = Field(description="Its address.")


class AssessmentOut(Schema):
    """Who assesses skills for a code, by which criteria."""

    place: PlaceFacts = Field(description="The code.")
    also: list[PlaceFacts] = Field(description="Codes of which the same is known.")
    authorities: list[AuthorityOut] = Field(description="The authorities.")
    criteria: list[CriterionOut] = Field(description="Published pathways.")
    sections: list[SectionOut] = Field(description="What the authority says of the occupation.")
    notes_source: SourceFacts | None = Field(description="Where these notes come from.")
    titles: list[str] = Field(description="Titles that only the authority uses.")
    links: list[LinkOut] = Field(description="Pages elsewhere.")


class OtherCodeOut(Schema):
    """A title that belongs to another code."""

    title: str = Field(description="The title.")
    right: PlaceFacts | None = Field(
        description="The right code, by our own link; null if the duties decide."
    )
    tasks: list[str] = Field(description="Tasks of the right code's unit group.")


class NotConsideredOut(Schema):
    """Titles that the assessing authority does not take under a code."""

    place: PlaceFacts = Field(description="The code.")
    titles: list[OtherCodeOut] = Field(description="The titles.")


class ShortageOut(Schema):
    """The rating of one place."""

    territory: str = Field(description="`national` or a state or territory.", examples=["nsw"])
    name: str = Field(description="Its name.", examples=["New South Wales"])
    rating: str = Field(description="`none`, `regional` or `shortage`.", examples=["shortage"])
    driver: str = Field(description="What drove it; may be empty.")


class ShortagesOut(Schema):
    """Shortage ratings of the unit group."""

    place: PlaceFacts = Field(description="The unit group.")
    source: SourceFacts = Field(description="Who says so.")
    national: ShortageOut | None = Field(description="For Australia.")
    states: list[ShortageOut] = Field(description="By state and territory.")


class NominationOut(Schema):
    """A state or territory that named the occupation for a visa."""

    visa: str = Field(description="The visa.", examples=["190"])
    state: str = Field(description="The state or territory.", examples=["NSW"])
    regions: list[str] = Field(description="Regions, if it named any.")


class NominationsOut(Schema):
    """State nomination of a code."""

    place: PlaceFacts = Field(description="The code.")
    source: SourceFacts = Field(description="Who says so.")
    nominations: list[NominationOut] = Field(description="One a visa and state.")


class CountOut(Schema):
    """How many expressions of interest stood at some points."""

    status: str = Field(description="Where they stood.", examples=["submitted"])
    points: int = Field(description="Points.", examples=[75])
    count: int = Field(description="How many; see `is_fewer_than_twenty`.", examples=[120])
    is_fewer_than_twenty: bool = Field(description="True: any number from 1 to 19.")
    states: str = Field(description="The states that the count is for; may be empty.")


class VisaExpressionsOut(Schema):
    """Expressions of interest for one stream of a visa."""

    visa: str = Field(description="The visa.", examples=["190"])
    stream: str = Field(description="The stream; may be empty.")
    counts: list[CountOut] = Field(description="The fewest points first.")


class ExpressionsOut(Schema):
    """Expressions of interest that named a code."""

    place: PlaceFacts = Field(description="The code.")
    source: SourceFacts = Field(description="Who says so.")
    visas: list[VisaExpressionsOut] = Field(description="By visa and stream.")

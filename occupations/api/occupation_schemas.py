"""The shape of an occupation in answers: what it is, in which editions, and what it asks for."""

from datetime import date

from ninja import Schema
from pydantic import Field

from occupations.api.correspondence import CounterpartFacts
from occupations.api.migration_schemas import (
    AssessmentOut,
    EditionVisasOut,
    ExpressionsOut,
    InstrumentOut,
    ListOut,
    NominationsOut,
    NotConsideredOut,
    ShortagesOut,
)
from occupations.api.stamps import PlaceFacts, Stamped
from occupations.facts.addresses import whole
from occupations.facts.links import QualificationFact
from occupations.models import WordsStatus


class GroupOut(Schema):
    """A group that holds the occupation."""

    level: str = Field(description="`major`, `sub_major`, `minor` or `unit`.", examples=["unit"])
    place: PlaceFacts = Field(description="The group.")


class LevelOut(Schema):
    """The skill level in one country."""

    country: str = Field(description="`Australia` or `New Zealand`.", examples=["Australia"])
    level: int = Field(description="From 1, the highest, to 5.", examples=[3])
    training: str = Field(description="The usual training, as this edition words it.")
    substitute_years: int | None = Field(
        description="Years of relevant experience that may replace it.", examples=[3]
    )


class LicenceOut(Schema):
    """Whether registration or a licence is needed."""

    requirement: str = Field(
        description="`required` or `may_be_required`.", examples=["may_be_required"]
    )
    stated_in: PlaceFacts = Field(description="The code it is stated of.")


class SummaryOut(Schema):
    """A plain-English summary in this site's own words; it is not the official definition."""

    text: str = Field(description="The summary.")
    status: WordsStatus = Field(
        description="`drafted`, or `reviewed` once a second reader has held it against the "
        "official text.",
        examples=["reviewed"],
    )
    written_on: date = Field(description="When it was written.", examples=["2026-11-22"])
    reviewed_on: date | None = Field(
        description="When the second reader did so.", examples=["2026-11-22"]
    )
    written_for: PlaceFacts | None = Field(
        description="The same in another edition, if it was written for that."
    )
    official_url: str = Field(description="The official page, or that of its edition.")


class NotToBeConfusedOut(Schema):
    """What a unit group is easily confused with, in this site's own words."""

    text: str = Field(description="The difference; it names the codes.")
    places: list[PlaceFacts] = Field(description="The codes that it names.")
    written_for: PlaceFacts | None = Field(
        description="The same group in another edition, if it was written for that."
    )


class TasksOut(Schema):
    """The tasks of the unit group, in this site's own words."""

    tasks: list[str] = Field(description="One a line.")
    notes: list[str] = Field(description="Notes beside them.")
    group: PlaceFacts = Field(description="The unit group.")
    written_for: PlaceFacts | None = Field(description="Another group that they were written for.")


class TitlesOut(Schema):
    """Other published titles."""

    alternatives: list[str] = Field(description="Names of the whole occupation.")
    specialisations: list[str] = Field(description="Narrower jobs inside it.")
    residuals: list[str] = Field(description="Occupations counted here, for lack of a code.")
    stated_in: PlaceFacts | None = Field(description="Another code that states them.")


class TaskShareOut(Schema):
    """A task with its share of working time."""

    text: str = Field(description="The task.")
    share_of_time: float = Field(description="A fraction of one.", examples=[0.12])
    cluster: str = Field(description="The cluster of tasks it belongs to.")


class FamilyOut(Schema):
    """A family of tasks with its share of working time."""

    family: str = Field(description="The family.")
    share_of_time: float = Field(description="A fraction of one.", examples=[0.4])
    tasks: list[TaskShareOut] = Field(description="Its tasks.")


class CompetencyOut(Schema):
    """A core competency and how much of it the work asks for."""

    competency: str = Field(description="Its name.", examples=["Oral communication"])
    score: int = Field(description="From 1 to 10.", examples=[7])
    proficiency: str = Field(description="The score in a word.", examples=["High"])


class SkillsOut(Schema):
    """What the Australian Skills Classification states."""

    place: PlaceFacts = Field(description="The code that it is stated of.")
    is_of_group: bool = Field(description="Whether it is stated of the whole unit group.")
    families: list[FamilyOut] = Field(description="Tasks by family.")
    competencies: list[CompetencyOut] = Field(description="Core competencies.")
    tools: list[str] = Field(description="Technology that people use.")


class QualificationOut(Schema):
    """A qualification whose classification names the code."""

    qualification: str = Field(description="Its code.", examples=["BSB40307"])
    title: str = Field(description="Its title.")
    code: str = Field(description="The ANZSCO code it names.", examples=["541111"])
    value: str = Field(description="The title the register gives that code.")
    starts_on: date | None = Field(description="From when.", examples=["2008-09-03"])
    ends_on: date | None = Field(description="Until when; null if it still stands.")
    url: str = Field(description="Its page.")

    @staticmethod
    def resolve_url(obj: QualificationFact) -> str:
        return whole(f"/qualifications/{obj.qualification}/")


class IscoOut(Schema):
    """The ISCO-08 unit group that the publisher links the code to."""

    code: str = Field(description="The ISCO-08 code.", examples=["3341"])
    title: str = Field(description="Its title.", examples=["Office supervisors"])
    is_partial: bool = Field(description="Whether only a part of the work corresponds.")
    stated_in: PlaceFacts = Field(description="The code that it is stated of.")


class NoticeOut(Schema):
    """A dated notice by this site's editors."""

    subject: str = Field(description="What it is about.", examples=["list"])
    text: str = Field(description="The notice.")
    url: str = Field(description="The official page.")
    dated_on: date = Field(description="Its day.", examples=["2026-11-24"])


class OfficialOut(Schema):
    """Official wording, where whoever runs this site has loaded it."""

    definition: list[str] = Field(description="The definition.")
    skill: list[str] = Field(description="The statement of skill.")
    tasks: list[str] = Field(description="The tasks.")
    group_definition: list[str] = Field(description="The unit group's definition.")
    group_skill: list[str] = Field(description="The unit group's statement of skill.")
    place: PlaceFacts = Field(description="The code that it is stated of.")
    publisher: str = Field(description="Who wrote it.")
    licence: str = Field(description="Its licence.", examples=["CC BY 4.0"])


class OccupationAnswer(Stamped):
    """What is known of an occupation; facts of other codes name them."""

    code: str = Field(description="The code.", examples=["541111"])
    title: str = Field(description="The title.", examples=["Call or Contact Centre Team Leader"])
    url: str = Field(description="Its page.")
    is_retired: bool = Field(description="Whether the edition itself retired the code.")
    withdrawn_on: date | None = Field(description="Since when the catalogue leaves it out.")
    groups: list[GroupOut] = Field(description="From the major group to the unit group.")
    skill_levels: list[LevelOut] = Field(description="One a country.")
    licences: list[LicenceOut] = Field(description="Registration and licences.")
    summary: SummaryOut | None = Field(
        description="What the people of it do, and what sets them apart in their unit group."
    )
    group_summary: SummaryOut | None = Field(description="What the people of its unit group do.")
    not_to_be_confused: NotToBeConfusedOut | None = Field(
        description="What its unit group is easily confused with."
    )
    tasks: TasksOut | None = Field(description="The tasks of its unit group.")
    titles: TitlesOut = Field(description="Its other titles.")
    counterparts: list[CounterpartFacts] = Field(description="One for each other edition.")
    namesakes: list[PlaceFacts] = Field(
        description="Other work with the same digits in another classification."
    )
    visas: list[EditionVisasOut] = Field(description="By the edition that visas read.")
    lists: list[ListOut] = Field(description="Occupation lists, now and earlier.")
    caveats: list[InstrumentOut] = Field(description="Caveats by instrument.")
    assessments: list[AssessmentOut] = Field(description="Who assesses skills, and how.")
    not_considered: list[NotConsideredOut] = Field(
        description="Titles that an assessor takes under another code."
    )
    skills: SkillsOut | None = Field(description="Tasks, competencies and tools.")
    shortages: ShortagesOut | None = Field(description="Where people were short.")
    nominations: NominationsOut | None = Field(description="What states and territories named.")
    expressions: ExpressionsOut | None = Field(description="Expressions of interest by points.")
    qualifications: list[QualificationOut] = Field(description="Qualifications that name it.")
    isco: list[IscoOut] = Field(description="Links to ISCO-08.")
    official: OfficialOut | None = Field(description="Official wording, under its own licence.")
    notices: list[NoticeOut] = Field(description="Notices by editors.")

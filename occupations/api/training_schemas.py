"""The shapes of qualifications and units in answers."""

from datetime import date

from ninja import Schema
from pydantic import Field

from occupations.api.stamps import CodeFacts, PlaceFacts, Stamped


class CodeTitle(Schema):
    """A code with what it stands for."""

    code: str = Field(description="The code.", examples=["BSB"])
    title: str = Field(description="What it stands for.", examples=["Business Services"])


class Mapping(Schema):
    """A qualification or unit that replaced another."""

    code: str = Field(description="The other one's code.", examples=["BSB40311"])
    title: str = Field(description="Its title; may be empty.")
    url: str = Field(description="Its page.")
    is_equivalent: bool | None = Field(
        description="Whether the two are equivalent; null if it is not stated."
    )
    note: str = Field(description="What the register says of it, in our words.")
    mapped_on: date | None = Field(description="Since when.", examples=["2011-11-27"])


class Classification(Schema):
    """A code that the register gives a qualification."""

    scheme: str = Field(description="Which scheme the code is of.", examples=["anzsco"])
    code: str = Field(description="The code.", examples=["541111"])
    value: str = Field(description="What it stands for.")
    starts_on: date | None = Field(description="From when.", examples=["2008-09-03"])
    ends_on: date | None = Field(description="Until when; null if it still stands.")


class NamedCode(Schema):
    """An ANZSCO code that the register names, and what it means in each edition."""

    code: str = Field(description="The code.", examples=["541111"])
    value: str = Field(description="The title that the register gives it.")
    starts_on: date | None = Field(description="From when.", examples=["2008-09-03"])
    ends_on: date | None = Field(description="Until when; null if it still stands.")
    meanings: list[PlaceFacts] = Field(description="One an edition, the newest first.")


class PackagedUnitFacts(CodeFacts):
    """A unit that a release names."""

    kind: str = Field(description="`core`, `elective` or `example`.", examples=["core"])
    category: str = Field(description="The heading it stands under.", examples=["Customer Service"])
    usage_recommendation: str = Field(description="Of the unit.", examples=["Superseded"])
    essential: str = Field(description="As the register's table has it.", examples=["N/A"])


class Rule(Schema):
    """A packaging rule."""

    kind: str = Field(description="What it limits.", examples=["core"])
    number: int | None = Field(description="How many units.", examples=[7])
    text: str = Field(description="The rule in our words.")


class Prerequisite(Schema):
    """A unit that comes before another one of the same release."""

    unit: CodeFacts = Field(description="The later unit.")
    prerequisite: CodeFacts = Field(description="The unit that comes first.")


class Statement(Schema):
    """One thing that a release states, in our words."""

    section: str = Field(description="What it is about.", examples=["job_role"])
    heading: str = Field(description="May be empty.")
    text: str = Field(description="The statement.")
    names_qualification: str | None = Field(description="A qualification that it names.")


class Selection(Schema):
    """An example of electives for one job."""

    name: str = Field(description="The job.", examples=["Analyst"])
    units: list[str] = Field(description="Codes of its units.", examples=[["BSBPMG404A"]])


class ReleaseFacts(Schema):
    """One release of a qualification."""

    release: int = Field(description="Its number.", examples=[1])
    released_on: date | None = Field(description="When it came out.", examples=["2009-03-10"])
    stated_unit_count: int | None = Field(
        description="How many units the register counts in it.", examples=[30]
    )
    url: str = Field(description="Its page.")
    units: list[PackagedUnitFacts] = Field(description="The units that it names.")
    rules: list[Rule] = Field(description="Its packaging rules.")
    prerequisites: list[Prerequisite] = Field(description="Units that come before others.")
    statements: list[Statement] = Field(description="What it states.")
    examples: list[Selection] = Field(description="Its example selections.")


class QualificationAnswer(Stamped, CodeFacts):
    """A qualification with its latest release, or with the one that was asked for."""

    register_url: str = Field(description="Its page on training.gov.au.")
    training_package: CodeTitle = Field(description="The training package that holds it.")
    aqf_type: str = Field(description="Its AQF type.", examples=["Certificate IV"])
    aqf_level: int | None = Field(description="Its AQF level.", examples=[4])
    usage_recommendation: str = Field(description="Of the register.", examples=["Superseded"])
    is_held: bool = Field(description="False if only its name is known here.")
    withdrawn_on: date | None = Field(description="Since when the catalogue leaves it out.")
    releases: list[int] = Field(description="The releases held, newest first.", examples=[[1]])
    release: ReleaseFacts | None = Field(description="The release; null if none is held.")
    classifications: list[Classification] = Field(description="Codes that the register gives.")
    occupations: list[NamedCode] = Field(description="The occupations that these codes name.")
    replaces: list[Mapping] = Field(description="What it replaced.")
    replaced_by: list[Mapping] = Field(description="What replaced it.")


class PackagedIn(Schema):
    """A release that names a unit."""

    qualification: CodeFacts = Field(description="The qualification.")
    release: int = Field(description="The release.", examples=[1])
    kind: str = Field(description="`core`, `elective` or `example`.", examples=["core"])
    category: str = Field(description="The heading it stands under.")


class UnitAnswer(Stamped, CodeFacts):
    """A unit of competency."""

    register_url: str = Field(description="Its page on training.gov.au.")
    usage_recommendation: str = Field(description="Of the register.", examples=["Superseded"])
    usage_from_on: date | None = Field(description="Since when that holds.")
    release: int | None = Field(description="Its release.", examples=[1])
    released_on: date | None = Field(description="When that came out.")
    training_package: CodeTitle | None = Field(description="The training package.")
    field_of_education: CodeTitle | None = Field(description="Its ASCED field.")
    is_held: bool = Field(description="False if only its code is known here.")
    withdrawn_on: date | None = Field(description="Since when the catalogue leaves it out.")
    packaged_in: list[PackagedIn] = Field(description="The releases that name it.")
    prerequisites: list[CodeFacts] = Field(description="Units that come before it.")
    required_for: list[CodeFacts] = Field(description="Units that it comes before.")
    replaces: list[Mapping] = Field(description="What it replaced.")
    replaced_by: list[Mapping] = Field(description="What replaced it.")

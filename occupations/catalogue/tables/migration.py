"""The tables of migration: visas, occupation lists, caveats and skills assessment."""

from collections.abc import Iterator, Mapping
from datetime import date

from occupations.catalogue.tables.classification import OCCUPATION
from occupations.catalogue.tables.columns import (
    Value,
    address,
    choice,
    day,
    digits,
    pattern,
    several,
    slug,
    text,
    whole,
    yes_no,
)
from occupations.catalogue.tables.table import Check, Reference, Table

AUTHORITY = Reference(("authority",), "assessing_authorities", "authority")
SOURCE = Reference(("source",), "sources", "source")


def _in_force_in_order(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    begins_on, ends_on = row["in_force_from_on"], row["in_force_to_on"]
    if isinstance(begins_on, date) and isinstance(ends_on, date) and ends_on < begins_on:
        yield "in_force_to_on", f"{ends_on} is before {begins_on}, when it came into force"


def _edition_with_code(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    if bool(row["right_edition"]) != bool(row["right_code"]):
        yield "right_code", "and right_edition go together"


INSTRUMENTS = Table(
    "instruments",
    columns=(
        slug("slug"),
        text("title", 200),
        day("in_force_from_on", optional=True),
        day("in_force_to_on", optional=True),
        text("note", 300, optional=True),
        address(),
    ),
    key=("slug",),
    check=Check(("in_force_from_on", "in_force_to_on"), _in_force_in_order),
)
VISAS = Table(
    "visas",
    columns=(
        digits("subclass", 3),
        text("title", 120),
        slug("reads_edition", 20),
        yes_no("is_open"),
        address(),
    ),
    key=("subclass",),
    references=(Reference(("reads_edition",), "editions", "reads_edition"),),
)
OCCUPATION_LISTS = Table(
    "occupation_lists",
    columns=(slug("slug", 20), text("acronym", 10), text("title", 120), address()),
    key=("slug",),
)
LIST_MEMBERSHIPS = Table(
    "list_memberships",
    columns=(
        slug("list", 20),
        slug("edition", 20),
        digits("occupation", 6),
        slug("source"),
        several("visas", r"\d{3}[A-Z]?", "a visa subclass such as 482 or 491S", most=10),
        text("authority_named", 60, optional=True),
    ),
    key=("list", "edition", "occupation", "source"),
    references=(
        Reference(("list",), "occupation_lists", "occupation_list"),
        OCCUPATION,
        SOURCE,
        Reference(("visas",), "visas", item_length=3),
    ),
)
CAVEATS = Table(
    "caveats",
    columns=(
        slug("instrument"),
        pattern("key", r"[a-z0-9]+(-[a-z0-9]+)*", "a key such as 2 or a slug", most=60),
        whole("number", 1, 999, optional=True),
        text("title", 120),
        text("wording", 400),
    ),
    key=("instrument", "key"),
    references=(Reference(("instrument",), "instruments", "instrument"),),
)
CAVEAT_MEMBERSHIPS = Table(
    "caveat_memberships",
    columns=(
        slug("instrument"),
        slug("caveat_key"),
        slug("edition", 20),
        digits("occupation", 6),
        several("programs", r"[\w ()'-]+", "a program of at most 40 characters", most=40),
    ),
    key=("instrument", "caveat_key", "edition", "occupation"),
    references=(Reference(("instrument", "caveat_key"), "caveats", "caveat"), OCCUPATION),
)
ASSESSING_AUTHORITIES = Table(
    "assessing_authorities",
    columns=(slug("slug", 20), text("acronym", 20), text("name", 200), address()),
    key=("slug",),
)
ASSESSMENTS = Table(
    "assessments",
    columns=(
        slug("edition", 20),
        digits("occupation", 6),
        slug("authority", 20),
        pattern("group", r"[A-Z]", "an assessment group such as C", most=4, optional=True),
        slug("source"),
    ),
    key=("edition", "occupation", "authority"),
    references=(OCCUPATION, AUTHORITY, SOURCE),
)
ASSESSMENT_CRITERIA = Table(
    "assessment_criteria",
    columns=(
        slug("authority", 20),
        pattern("group", r"[A-Z]", "an assessment group such as C", most=4),
        whole("seq", 1, 999),
        text("qualification", 80),
        yes_no("is_highly_relevant_field", optional=True),
        text("additional_qualification", 120, optional=True),
        whole("years", 0, 50),
        choice("employment", "after", "before"),
        text("text", 400),
        slug("source"),
    ),
    key=("authority", "group", "seq"),
    references=(AUTHORITY, SOURCE),
)
ASSESSMENT_NOTES = Table(
    "assessment_notes",
    columns=(
        slug("edition", 20),
        digits("occupation", 6),
        choice(
            "section",
            "requirement",
            "major",
            "subject",
            "task",
            "role",
            "demonstration",
            "exclusion",
        ),
        whole("seq", 1, 999),
        text("heading", 80, optional=True),
        text("text", 400),
        slug("source"),
    ),
    key=("edition", "occupation", "section", "seq"),
    references=(OCCUPATION, SOURCE),
)
NOT_CONSIDERED_TITLES = Table(
    "not_considered_titles",
    columns=(
        slug("edition", 20),
        digits("occupation", 6),
        whole("seq", 1, 999),
        text("title", 120),
        slug("right_edition", 20, optional=True),
        digits("right_code", 6, optional=True),
    ),
    key=("edition", "occupation", "seq"),
    references=(
        OCCUPATION,
        Reference(
            ("right_edition", "right_code"), "occupations", "right_occupation", optional=True
        ),
    ),
    check=Check(("right_edition", "right_code"), _edition_with_code),
)
OCCUPATION_LINKS = Table(
    "occupation_links",
    columns=(
        slug("edition", 20),
        digits("occupation", 6),
        whole("seq", 1, 999),
        text("label", 80),
        address(),
    ),
    key=("edition", "occupation", "seq"),
    references=(OCCUPATION,),
)

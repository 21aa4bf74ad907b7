"""The tables of skills: licences, specialist tasks, competencies, tools and shortages."""

from collections.abc import Iterator, Mapping

from occupations.catalogue.tables.classification import EDITION, GROUP, OCCUPATION
from occupations.catalogue.tables.columns import (
    Column,
    Value,
    choice,
    decimal,
    digits,
    slug,
    text,
    whole,
)
from occupations.catalogue.tables.table import Check, Reference, Table


def _one_subject(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    if bool(row["group"]) == bool(row["occupation"]):
        yield "occupation", "or group is filled, never both and never neither"


SUBJECT: tuple[Column, ...] = (
    slug("edition", 20),
    digits("group", 1, 4, optional=True),
    digits("occupation", 6, optional=True),
)
SUBJECT_KEY = ("edition", "group", "occupation")
SUBJECT_REFERENCES = (
    EDITION,
    Reference(("edition", "group"), "groups", "group", optional=True),
    Reference(("edition", "occupation"), "occupations", "occupation", optional=True),
)
ONE_SUBJECT = Check(("group", "occupation"), _one_subject)

OCCUPATION_LICENCES = Table(
    "occupation_licences",
    columns=(
        slug("edition", 20),
        digits("occupation", 6),
        choice("requirement", "required", "may_be_required"),
    ),
    key=("edition", "occupation"),
    references=(OCCUPATION,),
)
SPECIALIST_TASKS = Table(
    "specialist_tasks",
    columns=(
        *SUBJECT,
        text("text", 120),
        decimal("share_of_time", places=4, most=1),
        text("cluster", 100),
        text("family", 60),
    ),
    key=(*SUBJECT_KEY, "text"),
    references=SUBJECT_REFERENCES,
    check=ONE_SUBJECT,
)
CORE_COMPETENCIES = Table(
    "core_competencies",
    columns=(
        *SUBJECT,
        text("competency", 40),
        whole("score", 1, 10),
        text("proficiency", 15),
    ),
    key=(*SUBJECT_KEY, "competency"),
    references=SUBJECT_REFERENCES,
    check=ONE_SUBJECT,
)
TECHNOLOGY_TOOLS = Table(
    "technology_tools",
    columns=(*SUBJECT, text("tool", 100)),
    key=(*SUBJECT_KEY, "tool"),
    references=SUBJECT_REFERENCES,
    check=ONE_SUBJECT,
)
SHORTAGE_RATINGS = Table(
    "shortage_ratings",
    columns=(
        slug("edition", 20),
        digits("group", 4),
        choice("place", "national", "nsw", "vic", "qld", "sa", "wa", "tas", "nt", "act"),
        choice("rating", "none", "regional", "shortage"),
        text("driver", 40, optional=True),
        slug("source"),
    ),
    key=("edition", "group", "place", "source"),
    references=(GROUP, Reference(("source",), "sources", "source")),
)
OFFICIAL_TEXTS = Table(
    "official_texts",
    columns=(
        *SUBJECT,
        choice("kind", "definition", "skill", "task"),
        whole("seq", 1, 999),
        text("text"),
    ),
    key=(*SUBJECT_KEY, "kind", "seq"),
    references=SUBJECT_REFERENCES,
    check=ONE_SUBJECT,
)

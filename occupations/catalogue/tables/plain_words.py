"""The tables of our own words: what people do, and which codes are easily confused."""

from collections.abc import Iterator, Mapping

from occupations.catalogue.tables.classification import GROUP
from occupations.catalogue.tables.columns import (
    Column,
    Value,
    choice,
    day,
    digits,
    slug,
    text,
    whole,
    yes_no,
)
from occupations.catalogue.tables.table import Check, Reference, Table


def _review_has_its_day(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    reviewed_on, written_on = row["reviewed_on"], row["written_on"]
    if (row["status"] == "reviewed") is not bool(reviewed_on):
        yield "reviewed_on", "is filled for words that are reviewed, and for no others"
    elif reviewed_on and str(reviewed_on) < str(written_on):
        yield "reviewed_on", f"{reviewed_on} is before the words were written"


def _another_code(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    if bool(row["other_group"]) == bool(row["other_occupation"]):
        yield "other_occupation", "or other_group is filled, never both and never neither"
    elif row["other_group"] == row["group"]:
        yield "other_group", f"{row['other_group']!r} is the group itself"


_READINGS: tuple[Column, ...] = (
    day("written_on"),
    choice("status", "drafted", "reviewed"),
    day("reviewed_on", optional=True),
)
_REVIEWED = Check(("written_on", "status", "reviewed_on"), _review_has_its_day)

GROUP_SUMMARIES = Table(
    "group_summaries",
    columns=(
        slug("edition", 20),
        digits("code", 1, 4),
        text("text"),
        text("not_to_be_confused", 400, optional=True),
        *_READINGS,
    ),
    key=("edition", "code"),
    references=(Reference(("edition", "code"), "groups", "group"),),
    check=_REVIEWED,
)
CONFUSED_CODES = Table(
    "confused_codes",
    columns=(
        slug("edition", 20),
        digits("group", 1, 4),
        whole("seq", 1, 9),
        digits("other_group", 1, 4, optional=True),
        digits("other_occupation", 6, optional=True),
    ),
    key=("edition", "group", "seq"),
    references=(
        GROUP,
        Reference(("edition", "other_group"), "groups", "other_group", optional=True),
        Reference(
            ("edition", "other_occupation"), "occupations", "other_occupation", optional=True
        ),
    ),
    also_unique=("edition", "group", "other_group", "other_occupation"),
    check=Check(("group", "other_group", "other_occupation"), _another_code),
)
OCCUPATION_SUMMARIES = Table(
    "occupation_summaries",
    columns=(slug("edition", 20), digits("code", 6), text("text"), *_READINGS),
    key=("edition", "code"),
    references=(Reference(("edition", "code"), "occupations", "occupation"),),
    check=_REVIEWED,
)
TASKS = Table(
    "tasks",
    columns=(
        slug("edition", 20),
        digits("group", 1, 4),
        whole("seq", 1, 999),
        text("text", 300),
        yes_no("is_note"),
    ),
    key=("edition", "group", "seq"),
    references=(GROUP,),
)

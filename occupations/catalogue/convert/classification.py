"""Turn published structures, titles and correspondences into the tables of classifications."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from occupations.catalogue.convert.derived import derived_links, read_by_hand
from occupations.catalogue.convert.published import Record, read, yes_no

OCCUPATIONS = {"occupation", "retired"}
ISCO = "isco-08"
# Titles that pages about one occupation state; the index of titles is published for 2022 only.
TITLES_STATED_ELSEWHERE = (
    ("anzsco-2013", "149212", "alternative", "Client Service Manager"),
    ("anzsco-2013", "149212", "alternative", "Service Manager"),
    ("anzsco-2013", "149212", "assessor", "Customer Experience Manager"),
    ("anzsco-2021", "149212", "alternative", "Client Service Manager"),
    ("anzsco-2021", "149212", "alternative", "Service Manager"),
)

type Rows = Iterator[tuple[str, ...]]


def classification_tables(folder: Path) -> dict[str, Rows]:
    """Give the rows of each table of classifications, in the order of its columns."""
    return {
        "groups": _groups(folder),
        "occupations": _occupations(folder),
        "other_titles": _other_titles(folder),
        "correspondences": chain(_correspondences(folder), _derived(folder)),
        "isco_groups": ((row["code"], row["title"]) for row in read(folder, "isco_08_titles")),
        "isco_correspondences": _isco_correspondences(folder),
        "fields_of_education": _steps(folder, "asced_fields", "asced_foe"),
        "levels_of_education": _steps(folder, "asced_levels", "asced_qual"),
    }


def _new_zealand(row: Record) -> str:
    """Give the level for New Zealand; OSCA classifies for Australia alone."""
    return "" if row["edition"].startswith("osca") else row["skill_level_nz"]


def _groups(folder: Path) -> Rows:
    for row in read(folder, "structure"):
        if row["level"] not in OCCUPATIONS:
            yield (
                row["edition"],
                row["code"],
                row["level"],
                row["title"],
                row["parent_code"],
                row["skill_level"],
                _new_zealand(row),
            )


def _occupations(folder: Path) -> Rows:
    for row in read(folder, "structure"):
        if row["level"] in OCCUPATIONS:
            yield (
                row["edition"],
                row["code"],
                row["title"],
                row["parent_code"],
                row["skill_level"],
                _new_zealand(row),
                yes_no(row["level"] == "retired"),
            )


def _other_titles(folder: Path) -> Rows:
    for row in read(folder, "titles"):
        yield row["edition"], row["code"], row["kind"], row["title"]
    yield from TITLES_STATED_ELSEWHERE


def _correspondences(folder: Path) -> Rows:
    for row in read(folder, "correspondences"):
        if row["to_edition"] != ISCO:
            yield (
                row["from_edition"],
                row["from_code"],
                row["to_edition"],
                row["to_code"],
                yes_no(row["partial"]),
                row["origin"],
            )


def _derived(folder: Path) -> Rows:
    structure, index = list(read(folder, "structure")), list(read(folder, "titles"))
    for link in derived_links(structure, index=index, by_hand=read_by_hand()):
        yield link.row()


def _isco_correspondences(folder: Path) -> Rows:
    for row in read(folder, "correspondences"):
        if row["to_edition"] == ISCO:
            yield row["from_edition"], row["from_code"], row["to_code"], yes_no(row["partial"])


def _steps(folder: Path, table: str, prefix: str) -> Rows:
    """Give each broad, narrow and detailed step of a table that repeats the wider ones."""
    names = [f"{prefix}_{step}" for step in ("broad", "narrow", "detailed")]
    rows = read(folder, table)
    yield from {(row[f"{name}_code"], row[name]) for row in rows for name in names}

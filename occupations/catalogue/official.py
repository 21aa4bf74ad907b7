"""From a publisher's files of official wording to checked rows; errors name the file and place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from occupations.catalogue.rows import Problem, PublishedTable, read_table
from occupations.catalogue.tables import Reference, Row, Table, Value
from occupations.catalogue.tables.columns import digits, text, whole
from occupations.catalogue.tables.skills import OFFICIAL_TEXTS

EDITION = "anzsco-2022"
_DESCRIPTIONS = Table(
    "anzsco_2022_descriptions",
    columns=(digits("code", 6), text("description", optional=True)),
    key=("code",),
)
_TASKS = Table(
    "anzsco_2022_tasks",
    columns=(digits("unit_group", 4), whole("seq", 1, 999), text("task")),
    key=("unit_group", "seq"),
)
_UNIT_GROUPS = Table(
    "anzsco_2022_unit_groups",
    columns=(
        digits("unit_group", 4),
        text("description", optional=True),
        text("skill_statement", optional=True),
    ),
    key=("unit_group",),
)
_SUBJECTS = {
    _DESCRIPTIONS.name: Reference(("code",), "occupations"),
    _TASKS.name: Reference(("unit_group",), "groups"),
    _UNIT_GROUPS.name: Reference(("unit_group",), "groups"),
}
_LEFT_IN = "\u200b"  # a space of no width: one stands at the end of a published statement
_KINDS = {"description": "definition", "skill_statement": "skill", "task": "task"}


@dataclass(frozen=True)
class OfficialWording:
    """The publisher's files as they were read, and the rows of ours that they make together."""

    files: tuple[PublishedTable, ...]
    texts: PublishedTable
    problems: tuple[Problem, ...] = ()


def read_official(folder: Path) -> OfficialWording:
    """
    Read the publisher's three files: descriptions, tasks, and unit groups with skill statements.

    They make one table, so that none may be absent. Problems are kept beside the rows; whether
    the codes are there is left to whoever reads the tables that hold them.
    """
    tables = (_DESCRIPTIONS, _TASKS, _UNIT_GROUPS)
    present = [table for table in tables if (folder / table.file_name).exists()]
    files = tuple(
        read_table(folder / table.file_name, table, without=_LEFT_IN) for table in present
    )
    texts = PublishedTable(OFFICIAL_TEXTS)
    for read in files:
        subject = _SUBJECTS[read.table.name]
        for key, row in read.rows.items():
            cells = dict(zip(read.table.names, row, strict=True))
            named = (EDITION, cells[subject.columns[0]])
            read.named.append((read.lines[key], subject, named))
            for official in _rows(cells):
                texts.rows[OFFICIAL_TEXTS.key_of(official)] = official
    known = {table.file_name for table in tables}
    strange = sorted({path.name for path in folder.glob("*.csv")} - known)
    problems = [
        *(
            Problem(table.file_name, 1, 1, "the file is missing")
            for table in tables
            if table not in present
        ),
        *(Problem(name, 1, 1, "no file of official wording has this name") for name in strange),
    ]
    return OfficialWording(files, texts, tuple(problems))


def _rows(cells: Mapping[str, Value]) -> Iterator[Row]:
    """Make our rows from one of theirs; an empty text makes none."""
    group, occupation = cells.get("unit_group", ""), cells.get("code", "")
    seq = cells.get("seq", 1)
    for name, kind in (
        ("description", "definition"),
        ("skill_statement", "skill"),
        ("task", "task"),
    ):
        if words := cells.get(name):
            yield (EDITION, group, occupation, kind, seq, words)

"""What the change log keeps of each row that a load changes: its subject and what differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from occupations.catalogue.changes import TableChanges
from occupations.catalogue.tables import Key, Row, Table, Value

type Plain = str | int | bool | list[str] | None
type PlainRow = dict[str, Plain]

# The columns that hold the code a row is about, the telling ones first.
_CODES_OF_AN_EDITION = ("occupation", "group", "code")
_CODES_OF_TRAINING = ("qualification", "from_qualification", "unit", "from_unit")
_TABLES_OF_TRAINING = ("qualifications", "units")


@dataclass(frozen=True, kw_only=True)
class RecordedChange:
    """A row that a load added, altered or withdrew; an altered one by the cells that differ."""

    table: str
    kind: Literal["added", "altered", "withdrawn"]
    key: PlainRow
    edition: str
    code: str
    before: PlainRow | None = None
    after: PlainRow | None = None


def recorded_changes(
    table: Table,
    changes: TableChanges,
    *,
    stored: Mapping[Key, Row],
    published: Mapping[Key, Row],
) -> Iterator[RecordedChange]:
    """
    Give what the change log keeps of one table's changes.

    Columns that we make ourselves, such as a folded title, are no facts and are left out.
    """
    shown = tuple(column.name for column in table.columns if column.name not in table.key)
    for key in changes.added:
        after = _plain(table, published[key], shown)
        yield _change(table, "added", published[key], before=None, after=after)
    for key, names in changes.altered.items():
        if differing := tuple(name for name in names if name in shown):
            before = _plain(table, stored[key], differing)
            after = _plain(table, published[key], differing)
            yield _change(table, "altered", published[key], before=before, after=after)
    for key in changes.withdrawn:
        before = _plain(table, stored[key], shown)
        yield _change(table, "withdrawn", stored[key], before=before, after=None)


def _change(
    table: Table,
    kind: Literal["added", "altered", "withdrawn"],
    row: Row,
    *,
    before: PlainRow | None,
    after: PlainRow | None,
) -> RecordedChange:
    edition, code = _subject(table, row)
    return RecordedChange(
        table=table.name,
        kind=kind,
        key=_plain(table, row, table.key),
        edition=edition,
        code=code,
        before=before,
        after=after,
    )


def _subject(table: Table, row: Row) -> tuple[str, str]:
    """
    Find the edition and code of the group or occupation that a row is about.

    A qualification or unit stands in no edition. Rows about neither give what they have of the
    two, if anything.
    """
    cells = {name: str(cell or "") for name, cell in zip(table.names, row, strict=True)}
    if "from_edition" in cells:
        return cells["from_edition"], cells["from_code"]
    if "edition" in cells:
        codes = (cells.get(name, "") for name in _CODES_OF_AN_EDITION)
        return cells["edition"], next(filter(None, codes), "")
    if table.name in _TABLES_OF_TRAINING:
        return "", cells["code"]
    return "", next((cells[name] for name in _CODES_OF_TRAINING if name in cells), "")


def _plain(table: Table, row: Row, names: list[str] | tuple[str, ...]) -> PlainRow:
    return {
        name: _as_json(cell)
        for name, cell in zip(names, table.pick(row, tuple(names)), strict=True)
    }


def _as_json(value: Value) -> Plain:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, date | Decimal):
        return str(value)
    return value

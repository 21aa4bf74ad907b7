"""Which tables that editors uploaded stand in the place of the shipped ones, and how they join."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from occupations.catalogue.files import PublishedTable, read_content, read_table
from occupations.catalogue.tables import TABLES, Key, Row
from occupations.catalogue.tables.sources import SOURCES, TABLE_SOURCES

# Sources belong to many tables: an upload adds to them and corrects them, and takes none away.
JOINED = (SOURCES, TABLE_SOURCES)
_BY_NAME = {table.name: table for table in TABLES}
_UNDATED = date.min


@dataclass(frozen=True, kw_only=True)
class Uploaded:
    """A table that editors uploaded: the bytes of its file and the day that they are true of."""

    table: str
    as_at_on: date
    content: bytes

    @property
    def file_name(self) -> str:
        """Name the file in problems, beside the shipped one of the same name."""
        return f"{self.table}.csv as at {self.as_at_on}"


@dataclass(frozen=True)
class Outranked:
    """The tables to load, and the files read for them that are not tables of their own."""

    published: dict[str, PublishedTable]
    beside: tuple[PublishedTable, ...]


def shipped_as_at(folder: Path) -> dict[str, date]:
    """Tell of which day each shipped table is: the newest day of the sources that it names."""
    sources = _rows(folder / SOURCES.file_name, SOURCES.name)
    days = {row[0]: SOURCES.pick(row, ("as_at_on",))[0] for row in sources.values()}
    as_at: dict[str, date] = {}
    for table, source in _rows(folder / TABLE_SOURCES.file_name, TABLE_SOURCES.name):
        day = days.get(source)
        if isinstance(day, date):
            as_at[str(table)] = max(day, as_at.get(str(table), _UNDATED))
    return as_at


def standing(uploads: Iterable[Uploaded], *, as_at: Mapping[str, date]) -> tuple[Uploaded, ...]:
    """
    Keep the uploads that still count, the oldest first.

    One that is no newer than the shipped table has had its day. Of one table the newest counts;
    of two of the same day the later one. Sources are joined, so that each upload of them counts.
    """
    kept: dict[object, Uploaded] = {}
    in_order = sorted(uploads, key=lambda upload: upload.as_at_on)
    joined = {table.name for table in JOINED}
    for place, upload in enumerate(in_order):
        if upload.table in joined:
            kept[place] = upload
        elif upload.as_at_on > as_at.get(upload.table, _UNDATED):
            kept[upload.table] = upload
    return tuple(kept.values())


def outrank(published: Mapping[str, PublishedTable], uploads: Sequence[Uploaded]) -> Outranked:
    """Put uploads in the place of the shipped tables; join them where tables are joined."""
    tables, beside = dict(published), []
    for upload in uploads:
        table = _BY_NAME[upload.table]
        read = read_content(BytesIO(upload.content), table, file_name=upload.file_name)
        if table in JOINED and table.name in tables:
            tables[table.name] = _joined(tables[table.name], read)
            beside.append(read)
        else:
            tables[table.name] = read
    return Outranked(tables, tuple(beside))


def _joined(shipped: PublishedTable, uploaded: PublishedTable) -> PublishedTable:
    rows = shipped.rows | {
        key: row
        for key, row in uploaded.rows.items()
        if key not in shipped.rows or _day(uploaded, row) >= _day(shipped, shipped.rows[key])
    }
    return PublishedTable(
        shipped.table,
        shipped.file_name,
        rows=rows,
        lines={**uploaded.lines, **shipped.lines},
        places=shipped.places,
        named=shipped.named,
        problems=shipped.problems,
        is_readable=shipped.is_readable and uploaded.is_readable,
    )


def _day(read: PublishedTable, row: Row) -> date:
    if "as_at_on" not in read.table.names:
        return _UNDATED
    day = read.table.pick(row, ("as_at_on",))[0]
    return day if isinstance(day, date) else _UNDATED


def _rows(path: Path, name: str) -> dict[Key, Row]:
    return read_table(path, _BY_NAME[name]).rows

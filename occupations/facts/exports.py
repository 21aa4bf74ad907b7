"""Every published table as a file: which parts there are, and its rows with their provenance."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from itertools import islice
from operator import or_

from django.db.models import Count, F, Model, Q, QuerySet, Value

from occupations.catalogue.stored import MODELS, lookup
from occupations.catalogue.tables import TABLES, Table
from occupations.facts.values import Source
from occupations.models import Edition

ALL = "all"  # the part that holds the rows of every edition, or those of none
PROVENANCE = ("source", "licence", "as_at", "revision")
_EDITION_COLUMNS = ("edition", "from_edition", "to_edition")
_FIXED = PROVENANCE[:-1]
_PART_OF_AN_EDITION = {"groups", "occupations", "skill_levels"}  # sourced edition by edition
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate
_NOT_STATED = "not stated"  # by the publisher, as to a licence
_CHUNK = 500  # rows


@dataclass(frozen=True)
class Export:
    """One file: a table, or the rows of it that belong to one edition."""

    table: Table
    edition: Edition | None

    @property
    def part(self) -> str:
        return self.edition.slug if self.edition else ALL

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of the file; provenance comes last, but never twice under one name."""
        own = tuple(column.name for column in self.table.columns)
        kept = ("withdrawn_on",) if self.table.is_kept else ()
        return (*own, *kept, *self.added)

    @cached_property
    def added(self) -> tuple[str, ...]:
        """The columns that tell of each row where it comes from."""
        own = {column.name for column in self.table.columns}
        return tuple(name for name in PROVENANCE if name not in own)

    def rows(self) -> QuerySet[Model]:
        """Select the stored rows of the file, the withdrawn ones too, by their key."""
        found = MODELS[self.table.name]._default_manager.all()
        if self.edition is not None:
            found = found.filter(_of(self.table, self.edition))
        return found.order_by(*(lookup(self.table, name) for name in self.table.key))


def edition_columns(table: Table) -> tuple[str, ...]:
    """Name the columns of a table that say which edition a row belongs to; links have two."""
    names = {column.name for column in table.columns}
    return tuple(name for name in _EDITION_COLUMNS if name in names)


def find_export(name: str, *, part: str) -> Export | None:
    """Find the file of a table for an edition, or for ``all``; one query at most."""
    table = next((one for one in TABLES if one.name == name), None)
    if table is None:
        return None
    if part == ALL:
        return Export(table, None)
    edition = Edition.objects.filter(slug=part).first() if edition_columns(table) else None
    return Export(table, edition) if edition else None


def csv_lines(
    export: Export, *, revision: int, sources: Mapping[str, Sequence[Source]]
) -> Iterator[str]:
    """
    Write a file in pieces of some hundred lines, reading as it goes.

    Yes and no, lists joined by ``|``, days as ``2026-11-24``. A cell that a spreadsheet would
    take for a formula gets an apostrophe before it.
    """
    names = [name for name in export.columns if name not in export.added]
    provenance = _provenance(export.table)
    paths = [*(lookup(export.table, name) for name in names), *provenance]
    fixed = dict(zip(_FIXED, _joined(sources.get(export.table.name, ())), strict=True))
    of_row = _FIXED[len(_FIXED) - len(provenance) :]
    lines: list[str] = []
    writer = csv.writer(_Lines(lines), lineterminator="\r\n")
    writer.writerow(export.columns)
    for row in export.rows().values_list(*paths).iterator(chunk_size=4 * _CHUNK):
        cells = map(_text, row)
        own = dict(zip(names, islice(cells, len(names)), strict=True))
        stated = dict(zip(of_row, cells, strict=True))
        if stated.get("licence") == "":
            stated["licence"] = _NOT_STATED
        told = {**fixed, **stated, **own, "revision": str(revision)}
        writer.writerow([safe_cell(told[name]) for name in export.columns])
        if len(lines) >= _CHUNK:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


def safe_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def row_counts() -> dict[tuple[str, str], int]:
    """Count the rows of every file, by table and part; one query."""
    counted = [rows for table in TABLES for rows in _counted(table)]
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for table, part, rows in counted[0].union(*counted[1:], all=True).order_by():
        counts[table, part] += rows
    return dict(counts)


class _Lines:
    """A file that keeps the lines written to it."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def _of(table: Table, edition: Edition) -> Q:
    paths = (lookup(table, name) for name in edition_columns(table))
    return reduce(or_, (Q((path, edition.slug)) for path in paths))


def _counted(table: Table) -> Iterator[QuerySet]:
    rows = MODELS[table.name]._default_manager.order_by()
    parts = [Value(ALL), *(F(lookup(table, name)) for name in edition_columns(table))]
    for part in parts:
        named = rows.annotate(of_table=Value(table.name), of_part=part)
        yield named.values_list("of_table", "of_part").annotate(row_count=Count("pk"))


def _provenance(table: Table) -> tuple[str, ...]:
    """Give the paths to the source, licence and day of each row, where rows have their own."""
    if any(reference.field == "source" for reference in table.references):
        return ("source__licence", "source__as_at_on")
    if table.name in _PART_OF_AN_EDITION:
        return ("edition__title", "edition__licence", "edition__released_on")
    return ()


def _joined(sources: Sequence[Source]) -> tuple[str, str, str]:
    """Name all the sources of a table, their licences, and the newest of their days."""
    titles = "; ".join(f"{one.title} ({one.publisher})" for one in sources)
    licences = "; ".join(dict.fromkeys(one.licence or _NOT_STATED for one in sources))
    days = [one.as_at_on for one in sources if one.as_at_on]
    return titles, licences, max(days).isoformat() if days else ""


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, list):
        return "|".join(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)

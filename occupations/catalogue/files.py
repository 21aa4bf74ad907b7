"""From one published file to checked rows; every error names its file, line and column."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from occupations.catalogue.tables import CellRejected, Column, Key, Reference, Row, Table, Value
from occupations.folding import fold

UNREADABLE_BYTES = range(0xDC80, 0xDD00)


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong at one place; lines and columns count from 1, a record by its first line."""

    file_name: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file_name}:{self.line}:{self.column}: {self.message}"


@dataclass
class PublishedTable:
    """The checked rows of one file by key, and where each key and column stands in it."""

    table: Table
    file_name: str = ""
    rows: dict[Key, Row] = field(default_factory=dict)
    lines: dict[Key, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    named: list[tuple[int, Reference, Key]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_readable: bool = True

    def __post_init__(self) -> None:
        self.file_name = self.file_name or self.table.file_name

    def report(self, line: int, name: str, message: str) -> None:
        """Keep what is wrong with a named cell."""
        self.report_at(line, self.places[name], f"{name} {message}")

    def report_at(self, line: int, column: int, message: str) -> None:
        """Keep what is wrong at a place."""
        self.problems.append(Problem(self.file_name, line, column, message))


def read_table(path: Path, table: Table, *, without: str = "") -> PublishedTable:
    """
    Read one published table row by row; its problems are kept beside its rows.

    Characters that the publisher left in by mistake may be read as if they were not there
    (``without`` names one).
    """
    try:
        with path.open("rb") as file:
            return read_content(file, table, without=without)
    except OSError as error:
        read = PublishedTable(table, is_readable=False)
        read.report_at(1, 1, f"the file cannot be read: {error.strerror}")
        return read


def read_content(
    content: BinaryIO, table: Table, *, file_name: str = "", without: str = ""
) -> PublishedTable:
    """Read one published table from an open file, called ``file_name`` in its problems."""
    read = PublishedTable(table, file_name)
    # Bytes that are not UTF-8 travel on as surrogates, so that their cell can be named.
    lines = TextIOWrapper(content, "utf-8-sig", errors="surrogateescape", newline="")
    records = _records((line.replace(without, "") for line in lines), read)
    _, header = next(records, (1, []))
    if _header_fits(header, read):
        _read_records(records, read)
    lines.detach()
    return read


def _records(lines: Iterable[str], read: PublishedTable) -> Iterator[tuple[int, list[str]]]:
    """Give each record with the line it begins on."""
    reader = csv.reader(lines, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            read.is_readable = False
            read.report_at(line, 1, f"the row cannot be read: {error}")


def _header_fits(header: list[str], read: PublishedTable) -> bool:
    table = read.table
    for place, name in enumerate(header, start=1):
        if name not in table.by_name:
            read.report_at(1, place, f"there is no column {name!r}")
        elif name in read.places:
            read.report_at(1, place, f"the column {name} stands here twice")
        read.places.setdefault(name, place)
    for name in table.by_name:
        if name not in read.places:
            read.report_at(1, len(header) + 1, f"the column {name} is missing")
    read.is_readable = not read.problems
    return read.is_readable


def _read_records(records: Iterator[tuple[int, list[str]]], read: PublishedTable) -> None:
    table = read.table
    also_unique: dict[Row, int] = {}
    # What each column's cells were read as: most of them repeat one above.
    known: dict[str, dict[str, Value]] = {name: {} for name in table.by_name}
    for line, cells in records:
        if len(cells) != len(read.places):
            read.report_at(
                line,
                min(len(cells), len(read.places)) + 1,
                f"the row has {len(cells)} cells, the header {len(read.places)}",
            )
            continue
        values = _read_cells(line, cells, read, known)
        is_whole = len(values) == len(table.names)
        if not is_whole and any(name not in values for name in table.key):
            continue
        key = tuple(map(values.__getitem__, table.key))
        if key in read.lines:
            read.report(line, table.key[-1], f"repeats the row of line {read.lines[key]}")
            continue
        read.lines[key] = line
        if not is_whole:
            continue
        row = tuple(map(values.__getitem__, table.names))
        read.rows[key] = row
        if table.also_unique:
            place = table.pick(row, table.also_unique)
            if also_unique.setdefault(place, line) != line:
                first = also_unique[place]
                read.report(line, table.also_unique[-1], f"repeats the place of line {first}")


def _read_cells(
    line: int, cells: list[str], read: PublishedTable, known: Mapping[str, dict[str, Value]]
) -> dict[str, Value]:
    """Read the cells that hold what they should, and a folded title; report the others."""
    table = read.table
    values: dict[str, Value] = {}
    for name, read_before in known.items():
        cell = cells[read.places[name] - 1]
        if cell not in read_before:
            try:
                read_before[cell] = _read_cell(cell, table.by_name[name])
            except CellRejected as error:
                read.report(line, name, str(error))
                continue
        values[name] = read_before[cell]
    if table.folded in values:
        _fold_title(line, values, read)
    is_whole = len(values) == len(table.names)
    if table.check and (is_whole or all(name in values for name in table.check.columns)):
        for name, message in table.check.find(values):
            read.report(line, name, message)
    for reference in table.references:
        if is_whole or all(name in values for name in reference.columns):
            keys = reference.keys(tuple(map(values.__getitem__, reference.columns)))
            if keys:
                read.named.extend([(line, reference, key) for key in keys])
    return values


def _read_cell(cell: str, column: Column) -> Value:
    _check_characters(cell)
    return column.read(cell)


def _fold_title(line: int, values: dict[str, Value], read: PublishedTable) -> None:
    name = read.table.folded
    title = str(values[name])
    try:
        most = read.table.by_name[name].most
        values[f"{name}_folded"] = _folded(title, most) if title else ""
    except CellRejected as error:
        read.report(line, name, str(error))


def _folded(title: str, most: int | None) -> str:
    folded = fold(title)
    if not folded or (most and len(folded) > most):
        raise CellRejected(f"{title!r} has no folded form of at most {most} characters")
    return folded


def _check_characters(cell: str) -> None:
    if not cell.isprintable():
        place = next(ord(character) for character in cell if not character.isprintable())
        if place in UNREADABLE_BYTES:
            raise CellRejected(f"is not UTF-8: it holds the byte 0x{place - 0xDC00:02X}")
        raise CellRejected(f"holds U+{place:04X}, which does not print")
    if cell != cell.strip():
        raise CellRejected("begins or ends with a space")
    if not unicodedata.is_normalized("NFC", cell):
        raise CellRejected("is not in Unicode's normal form C")

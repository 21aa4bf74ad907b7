"""The points test of Schedule 6D: the published points of what was entered, with the cap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

AGE = "6D.1"
CAPPED = ("6D.3", "6D.4")  # employment overseas and in Australia, capped together by 6D.5
AGE_LIMIT = 45  # years; the visas ask for less on the day of the invitation
UNDER_AGE = 18  # years; the table starts there


class LineKind(StrEnum):
    """What a line of the table is, named as in the catalogue."""

    CRITERION = "criterion"
    CAP = "cap"
    PASS_MARK = "pass_mark"  # noqa: S105 (a mark, not a word to pass)


@dataclass(frozen=True, kw_only=True)
class PointsLine:
    """One line of the published table."""

    part: str
    part_title: str
    kind: LineKind
    key: str
    criterion: str
    points: int
    visas: frozenset[str]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the table; one of its lines is chosen at most."""

    name: str
    title: str
    lines: tuple[PointsLine, ...]

    @property
    def visas(self) -> frozenset[str]:
        """The visas for which any of its lines counts."""
        return frozenset().union(*(line.visas for line in self.lines))


@dataclass(frozen=True, kw_only=True)
class PointsTable:
    """The table as parts in order, with the cap over employment and the pass mark."""

    parts: tuple[Part, ...]
    employment_cap: int
    pass_mark: int

    @property
    def visas(self) -> tuple[str, ...]:
        """The visas of the table, in order."""
        return tuple(sorted(frozenset().union(*(part.visas for part in self.parts))))


@dataclass(frozen=True, kw_only=True)
class PartPoints:
    """A part, the line that was chosen there, and its points for one visa (0 if not for it)."""

    part: Part
    line: PointsLine | None
    points: int


@dataclass(frozen=True, kw_only=True)
class PointsSum:
    """What the table adds up to for one visa; it says nothing about a person."""

    visa: str
    parts: tuple[PartPoints, ...]
    employment: int
    employment_counted: int
    total: int

    @property
    def is_capped(self) -> bool:
        return self.employment > self.employment_counted


class TableIncomplete(ValueError):
    """The table lacks its cap, its pass mark or its criteria, so nothing can be added up."""


def read_table(lines: Iterable[PointsLine]) -> PointsTable:
    """
    Arrange the published lines, which come in the order of the table.

    :raises TableIncomplete: if there is no criterion, or not one cap and one pass mark
    """
    rows = list(lines)
    criteria = [line for line in rows if line.kind is LineKind.CRITERION]
    if not criteria:
        raise TableIncomplete(LineKind.CRITERION)
    return PointsTable(
        parts=tuple(
            Part(name=name, title=title, lines=tuple(part))
            for (name, title), part in groupby(
                criteria, key=lambda line: (line.part, line.part_title)
            )
        ),
        employment_cap=_only(rows, LineKind.CAP),
        pass_mark=_only(rows, LineKind.PASS_MARK),
    )


def add_up(table: PointsTable, *, chosen: Mapping[str, str], visa: str) -> PointsSum:
    """
    Add the points of the chosen lines for a visa subclass; ``chosen`` maps a part to a key.

    A key that its part does not have earns nothing, and so does a line that is not for this
    visa. Employment overseas and in Australia together counts up to the cap (item 6D.5).
    """
    parts = tuple(_chosen(part, key=chosen.get(part.name), visa=visa) for part in table.parts)
    employment = sum(one.points for one in parts if one.part.name in CAPPED)
    counted = min(employment, table.employment_cap)
    return PointsSum(
        visa=visa,
        parts=parts,
        employment=employment,
        employment_counted=counted,
        total=sum(one.points for one in parts) - employment + counted,
    )


def _chosen(part: Part, *, key: str | None, visa: str) -> PartPoints:
    line = next((line for line in part.lines if line.key == key), None)
    points = line.points if line is not None and visa in line.visas else 0
    return PartPoints(part=part, line=line, points=points)


def _only(lines: Sequence[PointsLine], kind: LineKind) -> int:
    found = [line.points for line in lines if line.kind is kind]
    if len(found) != 1:
        raise TableIncomplete(kind)
    return found[0]

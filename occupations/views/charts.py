"""Figures as thin bars, drawn here as SVG: lengths and places, never words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from occupations.facts.selection import (
    ExpressionFacts,
    Expressions,
    ShortageFact,
    ShortageFacts,
    VisaExpressions,
)
from occupations.facts.skills import SkillsFacts

WIDTH, HEIGHT = 320, 90  # of the columns of a chart, in the units of its viewBox
_LEAST_STEPS = 8
_MOST_TICKS = 12
_HALF_TICK = 10  # of the width of a label such as 120
_MOST_STATES_TOLD = 2
_STREAMS = {
    "SNR": "state nominated, regional",
    "FSR": "family sponsored, regional",
    "SAS": "nominated by a state",
    "PTS": "points tested",
    "STN": "state nominated",
    "FAM": "family sponsored",
}
_STATUSES = {
    "submitted": "Submitted",
    "invited": "Invited",
    "lodged": "Lodged",
    "hold": "On hold",
    "closed": "Closed",
}
_TILES = {
    "nt": (1, 0),
    "qld": (2, 0),
    "wa": (0, 1),
    "sa": (1, 1),
    "nsw": (2, 1),
    "vic": (1, 2),
    "act": (2, 2),
    "tas": (1, 3),
}
_TILE = 46


@dataclass(frozen=True)
class Bar:
    """A bar of a list: its label, its length out of 100, and the figure beside it."""

    label: str
    length: str
    figure: str
    note: str = ""


@dataclass(frozen=True)
class Tile:
    """A state on a map of tiles, with its place in the units of the viewBox."""

    fact: ShortageFact
    label: str
    x: int
    y: int


@dataclass(frozen=True)
class Point:
    """A column of a chart; ``tick`` is its label below, or nothing where there is no room."""

    x: str
    y: str
    width: str
    height: str
    is_few: bool
    tick: str
    middle: str


@dataclass(frozen=True)
class Cell:
    """A count in a table; a mark says that the copy gives it for some states only."""

    text: str = ""
    states: str = ""
    is_partial: bool = False


@dataclass(frozen=True)
class ExpressionChart:
    """Expressions of interest for one stream of a visa: columns by points, and the table."""

    visa: str
    title: str
    stream: str
    points: tuple[Point, ...]
    most: str
    statuses: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]

    @property
    def has_partial(self) -> bool:
        return any(cell.is_partial for _, cells in self.rows for cell in cells)


def family_bars(skills: SkillsFacts | None) -> tuple[Bar, ...]:
    """Draw the share of time of each task family."""
    families = skills.families if skills else ()
    return tuple(
        Bar(
            label=one.family,
            length=f"{float(one.share_of_time) * 100:.1f}",
            figure=f"{float(one.share_of_time):.0%}",
        )
        for one in families
    )


def competency_bars(skills: SkillsFacts | None) -> tuple[Bar, ...]:
    """Draw the score of each core competency out of ten."""
    return tuple(
        Bar(one.competency, str(one.score * 10), str(one.score), one.proficiency)
        for one in (skills.competencies if skills else ())
    )


def shortage_tiles(shortages: ShortageFacts | None) -> tuple[Tile, ...]:
    """Lay the states and territories out roughly as they lie."""
    return tuple(
        Tile(one, one.territory.upper(), _TILES[one.territory][0] * _TILE, y * _TILE)
        for one in (shortages.states if shortages else ())
        for y in (_TILES[one.territory][1],)
    )


def expression_charts(expressions: ExpressionFacts | None) -> tuple[ExpressionChart, ...]:
    """Draw the submitted expressions of each stream by points, with all statuses in a table."""
    return tuple(_chart(one) for one in (expressions.visas if expressions else ()))


def _chart(visa: VisaExpressions) -> ExpressionChart:
    submitted = {one.points: one for one in visa.counts if one.status == "submitted"}
    statuses = [name for name in _STATUSES if any(one.status == name for one in visa.counts)]
    return ExpressionChart(
        visa=visa.visa,
        title=visa.visa_title,
        stream=_STREAMS.get(visa.stream, visa.stream),
        points=tuple(_points(submitted)),
        most=f"{max((one.count for one in submitted.values()), default=0):,}",
        statuses=tuple(_STATUSES[name] for name in statuses),
        rows=tuple(
            (points, _cells(list(found), statuses=statuses))
            for points, found in groupby(visa.counts, key=lambda one: one.points)
        ),
    )


def _points(submitted: Mapping[int, Expressions]) -> Iterable[Point]:
    if not submitted:
        return
    least, most = min(submitted), max(submitted)
    steps = max((most - least) // 5 + 1, _LEAST_STEPS)
    highest = max(one.count for one in submitted.values())
    step = WIDTH / steps
    every = 10 if steps > _MOST_TICKS else 5
    for points, one in sorted(submitted.items()):
        height = max(HEIGHT * one.count / highest, 2)
        left = (points - least) / 5 * step
        yield Point(
            x=f"{left + 1:.1f}",
            y=f"{HEIGHT - height:.1f}",
            width=f"{step - 3:.1f}",
            height=f"{height:.1f}",
            is_few=one.is_fewer_than_twenty,
            tick=str(points) if points % every == 0 else "",
            middle=f"{min(left + step / 2, WIDTH - _HALF_TICK):.1f}",
        )


def _cells(found: Sequence[Expressions], *, statuses: Sequence[str]) -> tuple[Cell, ...]:
    by_status = {one.status: one for one in found}
    return tuple(_cell(by_status[name]) if name in by_status else Cell() for name in statuses)


def _cell(one: Expressions) -> Cell:
    states = [state for state in one.states.split(", ") if state not in {"", "-"}]
    is_told = len(states) <= _MOST_STATES_TOLD
    return Cell(
        text="under 20" if one.is_fewer_than_twenty else f"{one.count:,}",
        states=" and ".join("any state" if state == "ANY" else state for state in states)
        if is_told
        else "",
        is_partial=not is_told,
    )

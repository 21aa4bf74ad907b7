"""Pictures of figures, measured for SVG: columns for days, and bars for parts of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

WIDTH, HEIGHT = 560, 150  # of the ground that columns stand on
LEFT, RIGHT, TOP, BOTTOM = 64, 22, 12, 26  # room for figures, for the last day, and for the days
GAP = 0.25  # of a column's place
BAR = 240  # the longest bar
STEPS = (1, 2, 5)  # of the figures beside a picture, times powers of ten
DAYS_BETWEEN = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A word or a figure beside the picture, and where it stands."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A picture of days: a column for each, the figures beside them, the dates below."""

    boxes: tuple[Box, ...]
    levels: tuple[Mark, ...]
    days: tuple[Mark, ...]
    width: int = LEFT + WIDTH + RIGHT
    height: int = TOP + HEIGHT + BOTTOM
    left: int = LEFT
    right: int = LEFT + WIDTH
    ground: int = TOP + HEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row: its name, its figure, and how long its bar is."""

    name: str
    told: str
    length: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A day's figure, and the part of it that is set off; None where there is none."""

    on: date
    value: int | None
    part: int = 0
    told: str = ""


def columns(days: Sequence[Column], *, first: date, last: date) -> Columns:
    """Draw a column for each day from ``first`` to ``last``; a day without a figure stays empty."""
    number = (last - first).days + 1
    place = WIDTH / number
    top = _ceiling(max((each.value or 0 for each in days), default=0))
    boxes = []
    for each in days:
        if each.value is None:
            continue
        x = LEFT + (each.on - first).days * place + place * GAP / 2
        whole, part = each.value * HEIGHT / top, each.part * HEIGHT / top
        boxes.append(_box(x, whole, place=place, kind="whole", told=each.told))
        if part:
            boxes.append(_box(x, part, place=place, kind="part", told=each.told))
    step = top // 2 if top % 2 == 0 else top
    return Columns(
        boxes=tuple(boxes),
        levels=tuple(
            Mark(x=LEFT - 8, y=_round(TOP + HEIGHT - level * HEIGHT / top), text=f"{level:,}")
            for level in range(0, top + 1, step)
        ),
        days=tuple(
            Mark(
                x=_round(LEFT + (back + 0.5) * place),
                y=TOP + HEIGHT + 18,
                text=f"{date.fromordinal(first.toordinal() + back):%-d %b}",
            )
            for back in range(number - 1, -1, -DAYS_BETWEEN * ceil(number / 60))
        ),
    )


def bars(rows: Sequence[tuple[str, int, str]], *, told: Sequence[str] = ()) -> list[Bar]:
    """Draw a bar for each row of a name, a figure and a kind; the longest fills the width."""
    most = max((value for _, value, _ in rows), default=0) or 1
    return [
        Bar(
            name=name,
            told=told[place] if told else f"{value:,}",
            length=_round(value * BAR / most),
            kind=kind,
        )
        for place, (name, value, kind) in enumerate(rows)
    ]


def _box(x: float, height: float, *, place: float, kind: str, told: str) -> Box:
    return Box(
        x=_round(x),
        y=_round(TOP + HEIGHT - height),
        width=_round(place * (1 - GAP)),
        height=_round(height),
        kind=kind,
        told=told,
    )


def _ceiling(most: int) -> int:
    """Give the next round figure, at least 2, that nothing in the picture is above."""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= max(most, 2):
                return step * power
        power *= 10


def _round(number: float) -> float:
    return round(number, 1)

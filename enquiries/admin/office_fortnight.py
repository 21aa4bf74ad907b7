"""The next two weeks of the office as a picture: when we call, what is taken, what is too much."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from enquiries import slots
from enquiries.models import CallbackSlot, Closure
from enquiries.slots import Office, Slot

DAYS = 14
CELL = 12  # units of the picture for half an hour
MINUTES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Half an hour in the picture of a day."""

    x: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the office: its hours or why there are none, its places and what is booked."""

    on: date
    hours: tuple[str, ...]
    why: str
    places: int
    taken: int
    over: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """A full hour above the pictures."""

    x: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fortnight:
    """Fourteen days, and the hours that their pictures share."""

    days: tuple[Day, ...]
    hours: tuple[Hour, ...]
    width: int


def fortnight(office: Office, *, over: Mapping[datetime, int], now: datetime) -> Fortnight:
    """
    Gather today and the 13 days after it, as the office stands, in two queries.

    ``over`` counts the calls booked above what we can make, by the starts of their slots.
    """
    today = now.astimezone(office.zone).date()
    days = {
        day: slots.slots_on(day, office=office)
        for day in (today + timedelta(days=number) for number in range(DAYS))
    }
    starts = [slot.starts_at for found in days.values() for slot in found]
    starts += [at for at in over if at.astimezone(office.zone).date() in days]
    first, last = _first_and_last(starts, office=office)
    taken = _taken(days)
    closures = dict(Closure.objects.filter(on__in=days).values_list("on", "why"))
    return Fortnight(
        days=tuple(
            _day(
                day,
                found=found,
                office=office,
                taken=taken,
                over={at: n for at, n in over.items() if at.astimezone(office.zone).date() == day},
                why=closures.get(day, ""),
                first=first,
            )
            for day, found in days.items()
        ),
        hours=tuple(
            Hour(x=(half - first) * CELL, text=f"{half // 2}:00")
            for half in range(first, last)
            if half % 4 == 0
        ),
        width=(last - first) * CELL,
    )


def _day(
    day: date,
    *,
    found: list[Slot],
    office: Office,
    taken: Mapping[datetime, int],
    over: Mapping[datetime, int],
    why: str,
    first: int,
) -> Day:
    kinds = {slot.starts_at: _kind(slot, taken=taken) for slot in found}
    kinds |= dict.fromkeys(over, "over")
    return Day(
        on=day,
        hours=tuple(_hours(found, office=office)),
        why=why or "; ".join(_holidays(day, office=office)) or ("" if found else "No hours"),
        places=sum(slot.capacity for slot in found),
        taken=sum(taken[at] for at in taken if at.astimezone(office.zone).date() == day),
        over=sum(over.values()),
        cells=tuple(
            Cell(x=(_half(at, office=office) - first) * CELL, kind=kind)
            for at, kind in sorted(kinds.items())
        ),
    )


def _kind(slot: Slot, *, taken: Mapping[datetime, int]) -> str:
    used = taken.get(slot.starts_at, 0)
    if used >= slot.capacity:
        return "full"
    return "part" if used else "free"


def _hours(found: list[Slot], *, office: Office) -> Iterator[str]:
    """Tell the hours of a day, each unbroken stretch as one."""
    stretch: list[Slot] = []
    for slot in [*found, None]:
        if stretch and (slot is None or slot.starts_at != stretch[-1].ends_at):
            opens, closes = (
                at.astimezone(office.zone) for at in (stretch[0].starts_at, stretch[-1].ends_at)
            )
            yield f"{opens:%H:%M}\u2013{closes:%H:%M}"
            stretch = []
        if slot:
            stretch.append(slot)


def _holidays(day: date, *, office: Office) -> Iterator[str]:
    for state in sorted({period.state for period in office.periods}):
        if name := slots.public_holidays(state, year=day.year).get(day):
            yield f"{name} in {state}"


def _taken(days: Mapping[date, list[Slot]]) -> dict[datetime, int]:
    first, last = min(days) - slots.DAY, max(days) + slots.DAY * 2
    within = CallbackSlot.objects.filter(
        starts_at__date__gte=first, starts_at__date__lte=last, used__gt=0
    )
    return dict(within.values_list("starts_at", "used"))


def _first_and_last(starts: list[datetime], *, office: Office) -> tuple[int, int]:
    """Give the half hours between which all of a fortnight's pictures lie, in full hours."""
    halves = [_half(at, office=office) for at in starts] or [18, 33]
    return min(halves) // 2 * 2, (max(halves) // 2 + 1) * 2


def _half(at: datetime, *, office: Office) -> int:
    """Count the half hours from midnight by the office's clock."""
    clock: time = at.astimezone(office.zone).time()
    return clock.hour * 2 + clock.minute // MINUTES

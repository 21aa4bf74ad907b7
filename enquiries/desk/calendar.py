"""The calendar of callbacks: days of the office with their half hours, places and calls."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from enquiries import slots
from enquiries.models import Callback, Closure
from enquiries.office import read_office
from enquiries.slots import DAY, Office, Slot

MOST = 2000  # calls in one picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A booked call, and whether its time is over."""

    callback: Callback
    starts_at: datetime
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfHour:
    """Half an hour of a day: how many calls we can make, and which are booked."""

    starts_at: datetime
    capacity: int
    calls: tuple[Planned, ...]
    is_now: bool

    @property
    def over(self) -> int:
        return max(len(self.calls) - self.capacity, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day by the site's clock: why it is closed, if it is, and its half hours."""

    on: date
    is_today: bool
    why_closed: str
    half_hours: tuple[HalfHour, ...]

    @property
    def places(self) -> int:
        return sum(each.capacity for each in self.half_hours)

    @property
    def calls(self) -> list[Planned]:
        return [call for each in self.half_hours for call in each.calls]

    @property
    def booked(self) -> int:
        return len(self.calls)

    @property
    def over(self) -> int:
        return sum(each.over for each in self.half_hours)


def calendar_days(first: date, *, days: int, now: datetime) -> list[CalendarDay]:
    """Lay out the calls of some days from ``first`` on, as the office stands, in six queries."""
    office = read_office(now=now)
    begins = datetime.combine(first, time(), tzinfo=office.zone)
    ends = datetime.combine(first + DAY * days, time(), tzinfo=office.zone)
    booked = (
        Callback.objects.current()
        .filter(starts_at__gte=begins, starts_at__lt=ends)
        .select_related("enquiry", "enquiry__owner")
        .order_by("starts_at", "pk")
    )
    calls: dict[datetime, list[Planned]] = {}
    for callback in booked[:MOST]:
        if callback.starts_at and callback.ends_at:
            is_over = callback.ends_at <= now
            planned = Planned(callback=callback, starts_at=callback.starts_at, is_over=is_over)
            calls.setdefault(callback.starts_at, []).append(planned)
    closures = dict(
        Closure.objects.filter(on__gte=first, on__lt=ends.date()).values_list("on", "why")
    )
    return [
        _day(first + DAY * number, office=office, calls=calls, closures=closures, now=now)
        for number in range(days)
    ]


def _day(
    day: date,
    *,
    office: Office,
    calls: Mapping[datetime, Sequence[Planned]],
    closures: Mapping[date, str],
    now: datetime,
) -> CalendarDay:
    found = {} if day in closures else {s.starts_at: s for s in slots.slots_on(day, office=office)}
    starts = set(found) | {at for at in calls if at.astimezone(office.zone).date() == day}
    return CalendarDay(
        on=day,
        is_today=day == now.astimezone(office.zone).date(),
        why_closed=closures.get(day, "") or "; ".join(_holidays(day, office=office)),
        half_hours=tuple(
            _half_hour(at, slot=found.get(at), calls=calls.get(at, ()), now=now)
            for at in sorted(starts)
        ),
    )


def _half_hour(
    at: datetime, *, slot: Slot | None, calls: Sequence[Planned], now: datetime
) -> HalfHour:
    return HalfHour(
        starts_at=at,
        capacity=slot.capacity if slot else 0,
        calls=tuple(calls),
        is_now=at <= now < at + slots.LENGTH,
    )


def _holidays(day: date, *, office: Office) -> Iterator[str]:
    for state in sorted({period.state for period in office.periods}):
        if name := slots.public_holidays(state, year=day.year).get(day):
            yield f"{name} in {state}"

"""Office hours, public holidays and time zones → the half hours in which we can call."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

LENGTH = timedelta(minutes=30)
EARLIEST, LATEST = time(8), time(20)  # where the person is
FURTHEST = timedelta(days=366)  # how far ahead a working day is looked for
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """
    Hours of one weekday (Monday is 0) by the office's clock, and how many calls at once.

    They begin and end on the half hour. On the public holidays of ``state`` they fall away.
    """

    weekday: int
    opens: time
    closes: time
    capacity: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A time in which one member of staff makes no calls."""

    who: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """When we call: the week, what interrupts it, how far ahead one may book, how soon we act."""

    zone: ZoneInfo
    periods: tuple[Period, ...]
    closed_on: frozenset[date] = frozenset()
    away: tuple[Away, ...] = ()
    notice: timedelta = timedelta(hours=1)
    horizon: int = 10  # working days, today among them
    first_answer_minutes: int = 240  # business minutes to the first call or answer

    def at_least(self, *, horizon: int) -> "Office":
        """Give the same office, open for bookings at least so many working days ahead."""
        return replace(self, horizon=max(self.horizon, horizon))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Half an hour in which we can make ``capacity`` calls at once."""

    starts_at: datetime
    capacity: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time (UTC) in which the office is open without a break."""

    starts_at: datetime
    ends_at: datetime


def open_slots(office: Office, *, now: datetime) -> list[Slot]:
    """List every slot that can be booked now, soonest first, wherever the person is."""
    today = now.astimezone(office.zone).date()
    return [
        slot
        for day in _working_days(office, today=today)
        for slot in slots_on(day, office=office)
        if slot.starts_at >= now + office.notice
    ]


def slot_at(starts_at: datetime, *, office: Office, now: datetime) -> Slot | None:
    """Give the slot that starts at ``starts_at``, if it can be booked now."""
    return next((slot for slot in open_slots(office, now=now) if slot.starts_at == starts_at), None)


def slots_on(day: date, *, office: Office) -> list[Slot]:
    """List the slots of one day of the office, whatever the notice and the horizon."""
    capacities: dict[datetime, int] = {}
    for period in _periods_on(day, office=office):
        ends_at = _shows(day, period.closes, zone=office.zone)
        starts_at = _shows(day, period.opens, zone=office.zone)
        while starts_at + LENGTH <= ends_at:
            capacities[starts_at] = capacities.get(starts_at, 0) + period.capacity
            starts_at += LENGTH
    found = (
        Slot(starts_at=starts_at, capacity=capacity - _away_at(starts_at, office=office))
        for starts_at, capacity in sorted(capacities.items())
    )
    return [slot for slot in found if slot.capacity > 0]


def slots_between(first: date, last: date, *, office: Office) -> list[Slot]:
    """List the slots of the days of the office from ``first`` to ``last``, as ``slots_on``."""
    days = (first + DAY * number for number in range((last - first).days + 1))
    return [slot for day in days for slot in slots_on(day, office=office)]


def spans_on(day: date, *, office: Office) -> list[Span]:
    """List when the office is open on one of its days, whoever is away, in the order of time."""
    spans: list[Span] = []
    hours = (
        (_shows(day, period.opens, zone=office.zone), _shows(day, period.closes, zone=office.zone))
        for period in _periods_on(day, office=office)
    )
    for opens_at, closes_at in sorted(hours):
        if spans and opens_at <= spans[-1].ends_at:  # of another state, at the same time
            last = spans.pop()
            spans.append(replace(last, ends_at=max(last.ends_at, closes_at)))
        else:
            spans.append(Span(starts_at=opens_at, ends_at=closes_at))
    return spans


def most_unconfirmed(slots_of_a_day: list[Slot]) -> int:
    """Give how many places of a day may be held by people who have not confirmed their e-mail."""
    return max(1, sum(slot.capacity for slot in slots_of_a_day) // 2)


def is_daytime(starts_at: datetime, *, zone: tzinfo) -> bool:
    """Say whether all of the half hour lies between 8:00 and 20:00 of one day in ``zone``."""
    starts, ends = starts_at.astimezone(zone), (starts_at + LENGTH).astimezone(zone)
    same_day = starts.date() == ends.date()
    return same_day and starts.time() >= EARLIEST and ends.time() <= LATEST


def in_daytime(now: datetime, *, zone: ZoneInfo) -> bool:
    """Say whether it is from 8:00 to before 20:00 in ``zone``: the only hours in which we call."""
    return EARLIEST <= now.astimezone(zone).time() < LATEST


def next_daytime(now: datetime, *, zone: ZoneInfo) -> datetime:
    """Give ``now`` if it is daytime in ``zone``, else the next instant at which it is (UTC)."""
    there = now.astimezone(zone)
    if in_daytime(now, zone=zone):
        return now.astimezone(UTC)
    day = there.date() + DAY * (there.time() >= LATEST)
    return datetime.combine(day, EARLIEST, tzinfo=zone).astimezone(UTC)


@cache
def public_holidays(state: str, *, year: int) -> Mapping[date, str]:
    """Name the public holidays of an Australian state or territory, as "NSW", in a year."""
    return dict(country_holidays("AU", subdiv=state, years=year))


def load_holidays() -> None:
    """Load the library of public holidays, about a second's work, before a visitor waits for it."""
    country_holidays("AU")


def next_working_day(office: Office, *, today: date) -> date:
    """Give the first day from ``today`` on which the office opens; ``today`` if it never does."""
    return next(_working_days(office, today=today), today)


def _working_days(office: Office, *, today: date) -> Iterator[date]:
    """Give the days on which the office opens, today first, as far ahead as one may book."""
    day, found = today, 0
    while found < office.horizon and day < today + FURTHEST:
        if _periods_on(day, office=office):
            found += 1
            yield day
        day += DAY


def _periods_on(day: date, *, office: Office) -> list[Period]:
    if day in office.closed_on:
        return []
    return [
        period
        for period in office.periods
        if period.weekday == day.weekday()
        and day not in public_holidays(period.state, year=day.year)
    ]


def _shows(day: date, hour: time, *, zone: ZoneInfo) -> datetime:
    """
    Give the first half hour (UTC) at which the clock of ``zone`` shows ``hour`` or later.

    When clocks go back, that is the first of two; when they skip the hour, the one after it.
    """
    wanted = datetime.combine(day, hour)
    instant = min(
        wanted.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        for fold in (0, 1)  # in an hour that is skipped, the second reading is the earlier one
    )
    while instant.astimezone(zone).replace(tzinfo=None) < wanted:
        instant += LENGTH
    return instant


def _away_at(starts_at: datetime, *, office: Office) -> int:
    """Count the members of staff who are away in a part of the slot at ``starts_at``."""
    ends_at = starts_at + LENGTH
    return len(
        {each.who for each in office.away if each.starts_at < ends_at and each.ends_at > starts_at}
    )

"""
The calendar of callbacks: days of the office with their half hours, places and calls.

All calls are counted. Of a day with more than anybody would read through, the calls of one member
of staff alone are listed, and those of one half hour that they open.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib.auth.models import User
from django.db.models import Count, QuerySet

from enquiries import slots
from enquiries.models import Callback, Closure
from enquiries.slots import DAY, Office, Slot

MOST_OF_A_DAY, MOST = 100, 1000  # calls listed of a day that nobody narrowed, and in one picture
_SHOWN = (
    *("starts_at", "ends_at", "zone", "local_on", "enquiry__given_name", "enquiry__family_name"),
    *("enquiry__is_minor", "enquiry__owner__username"),
    *("enquiry__owner__first_name", "enquiry__owner__last_name"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A booked call, and whether its time is over."""

    callback: Callback
    starts_at: datetime
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfHour:
    """Half an hour of a day: how many calls we can make and are booked, and those listed."""

    starts_at: datetime
    capacity: int
    booked: int
    calls: tuple[Planned, ...]
    is_now: bool

    @property
    def over(self) -> int:
        return max(self.booked - self.capacity, 0)

    @property
    def unlisted(self) -> int:
        return self.booked - len(self.calls)


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
        return sum(each.booked for each in self.half_hours)

    @property
    def over(self) -> int:
        return sum(each.over for each in self.half_hours)

    @property
    def is_crowded(self) -> bool:
        return any(each.unlisted for each in self.half_hours)


def calendar_days(
    first: date, *, days: int, office: Office, by: User, now: datetime, opened: datetime | None
) -> list[CalendarDay]:
    """
    Lay out the calls of some days from ``first`` on for ``by``, in three queries.

    Of crowded days, it lists their own calls and those of the half hour that is ``opened``.
    """
    begins = datetime.combine(first, time(), tzinfo=office.zone)
    ends = datetime.combine(first + DAY * days, time(), tzinfo=office.zone)
    found = Callback.objects.current().filter(starts_at__gte=begins, starts_at__lt=ends)
    booked = dict(found.values_list("starts_at").annotate(Count("pk")).order_by())
    calls: dict[datetime, list[Planned]] = {}
    for callback in _listed(found, booked=booked, office=office, by=by, opened=opened):
        if callback.starts_at and callback.ends_at:
            is_over = callback.ends_at <= now
            planned = Planned(callback=callback, starts_at=callback.starts_at, is_over=is_over)
            calls.setdefault(callback.starts_at, []).append(planned)
    closures = dict(
        Closure.objects.filter(on__gte=first, on__lt=ends.date()).values_list("on", "why")
    )
    return [
        _day(
            first + DAY * number,
            office=office,
            booked=booked,
            calls=calls,
            closures=closures,
            now=now,
        )
        for number in range(days)
    ]


def _listed(
    found: QuerySet[Callback],
    *,
    booked: Mapping[datetime, int],
    office: Office,
    by: User,
    opened: datetime | None,
) -> QuerySet[Callback]:
    of_days = Counter[date]()
    for at, count in booked.items():
        of_days[at.astimezone(office.zone).date()] += count
    crowded = {day for day, count in of_days.items() if count > MOST_OF_A_DAY}
    if crowded:
        quiet = [at for at in booked if at.astimezone(office.zone).date() not in crowded]
        open_ones = found.filter(starts_at__in=[*quiet, opened] if opened else quiet)
        mine = found.filter(enquiry__owner=by)
        found = Callback.objects.filter(
            pk__in=open_ones.order_by().values("pk").union(mine.order_by().values("pk"))
        )
    rows = found.select_related("enquiry", "enquiry__owner").only(*_SHOWN)
    return rows.order_by("starts_at", "pk")[:MOST]


def _day(
    day: date,
    *,
    office: Office,
    booked: Mapping[datetime, int],
    calls: Mapping[datetime, Sequence[Planned]],
    closures: Mapping[date, str],
    now: datetime,
) -> CalendarDay:
    open_slots = () if day in closures else slots.slots_on(day, office=office)
    found: dict[datetime, Slot] = {slot.starts_at: slot for slot in open_slots}
    starts = set(found) | {at for at in booked if at.astimezone(office.zone).date() == day}
    return CalendarDay(
        on=day,
        is_today=day == now.astimezone(office.zone).date(),
        why_closed=closures.get(day, "") or "; ".join(_holidays(day, office=office)),
        half_hours=tuple(
            HalfHour(
                starts_at=at,
                capacity=found[at].capacity if at in found else 0,
                booked=booked.get(at, 0),
                calls=tuple(calls.get(at, ())),
                is_now=at <= now < at + slots.LENGTH,
            )
            for at in sorted(starts)
        ),
    )


def _holidays(day: date, *, office: Office) -> Iterator[str]:
    for state in sorted({period.state for period in office.periods}):
        if name := slots.public_holidays(state, year=day.year).get(day):
            yield f"{name} in {state}"

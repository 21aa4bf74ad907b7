"""
What happened day by day: the figures of days that are over, kept, and those of today, counted live.

A day is one of the office's, by the site's clock. No count here reads more than a day's rows, or
more than a fixed number of them, however many enquiries there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from statistics import median
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value

from enquiries.models import (
    CallAttempt,
    Callback,
    CallOpinion,
    DayFigures,
    Enquiry,
    OutboxMessage,
)
from enquiries.office import read_office, site_zone
from enquiries.slots import DAY, Office
from enquiries.working_time import business_minutes

AT_ONCE = 60  # days written in one run; what is left waits for the next
MOST_FIRST_CALLS = 2000  # of a day, whose median is taken
MOST_WAITING = 1000  # counted in each age
HOUR = timedelta(hours=1)
AGES = (
    ("under 4 hours", timedelta(0), 4 * HOUR),
    ("4 to 24 hours", 4 * HOUR, DAY),
    ("1 to 3 days", DAY, 3 * DAY),
    ("3 to 7 days", 3 * DAY, 7 * DAY),
    ("7 to 30 days", 7 * DAY, 30 * DAY),
    ("over 30 days", 30 * DAY, None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many open enquiries are of an age; ``is_more`` says that there are more than that."""

    age: str
    count: int
    is_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    How things stand at this moment.

    Open enquiries by age; since when the oldest due row of the outbox waits, and how many were set
    aside; what people said of calls, by answer.
    """

    waiting: list[Waiting]
    oldest_due_at: datetime | None
    set_aside: int
    opinions: dict[str, int]


def sum_up_days(*, now: datetime) -> int:
    """
    Write the figures of the days that are over and have none yet, oldest first.

    At most 60 days a run; the same run again writes nothing. Says how many days it wrote.
    """
    today = now.astimezone(site_zone()).date()
    last = DayFigures.objects.order_by("-on").values_list("on", flat=True).first()
    day = last + DAY if last else _first_day()
    if day is None:
        return 0
    office = read_office(now=now)
    written = 0
    while day < today and written < AT_ONCE:
        figures = figures_of(day, office=office)
        DayFigures.objects.get_or_create(on=day, defaults=_columns(figures))
        day += DAY
        written += 1
    return written


def figures_of(day: date, *, office: Office) -> DayFigures:
    """Count what happened on one day so far, in two queries; the row is not stored."""
    begins, ends = _bounds(day)
    counts: dict[str, dict[str, int]] = {}
    for what, key, count in _counted(begins, ends):
        counts.setdefault(what, {})[key] = count
    minutes = [
        business_minutes(created_at, at, office=office)
        for created_at, at in _first_calls(begins, ends)
    ]
    return DayFigures(
        on=day,
        received=counts.get("received", {}).get("", 0),
        first_calls=len(minutes),
        first_call_minutes=round(median(minutes)) if minutes else None,
        promised=counts.get("promised", {}).get("", 0),
        kept=counts.get("kept", {}).get("", 0),
        outcomes=counts.get("outcome", {}),
        closed=counts.get("closed", {}),
    )


def recent_days(days: int, *, now: datetime) -> list[DayFigures]:
    """Give the figures of some days up to today, oldest first, and today's as they are so far."""
    today = now.astimezone(site_zone()).date()
    first = today - DAY * (days - 1)
    past = DayFigures.objects.filter(on__gte=first, on__lt=today).order_by("on")
    office = _office_each_minute(now.replace(second=0, microsecond=0))
    return [*past, figures_of(today, office=office)]


def standing(*, now: datetime, opinions_since: datetime) -> Standing:
    """Count what waits, up to a thousand of each, and what people said since, in two queries."""
    parts = [
        _as_counts(
            Enquiry.objects.filter(pk__in=_of_age(least, most, now=now)), what=age, key=Value("")
        )
        for age, least, most in AGES
    ]
    aside = OutboxMessage.objects.set_aside().filter(done_at=None).order_by().values("pk")
    bounded = OutboxMessage.objects.filter(pk__in=aside[: MOST_WAITING + 1])
    parts.append(_as_counts(bounded, what="aside", key=Value("")))
    given = CallOpinion.objects.filter(at__gte=opinions_since)
    parts.append(_as_counts(given, what="helped", key=F("helped")))
    counts: dict[str, dict[str, int]] = {}
    for what, key, count in parts[0].union(*parts[1:], all=True).order_by():
        counts.setdefault(what, {})[key] = count
    due = OutboxMessage.objects.waiting().filter(available_at__lte=now)
    oldest = due.order_by("available_at", "id").values_list("available_at", flat=True)
    return Standing(
        waiting=[_waiting(age, counts.get(age, {}).get("", 0)) for age, *_ in AGES],
        oldest_due_at=oldest.first(),
        set_aside=min(counts.get("aside", {}).get("", 0), MOST_WAITING),
        opinions=counts.get("helped", {}),
    )


def _waiting(age: str, count: int) -> Waiting:
    return Waiting(age=age, count=min(count, MOST_WAITING), is_more=count > MOST_WAITING)


def _first_day() -> date | None:
    first = Enquiry.objects.order_by("created_at", "id").values_list("created_at", flat=True)
    created_at = first.first()
    return created_at.astimezone(site_zone()).date() if created_at else None


def _bounds(day: date) -> tuple[datetime, datetime]:
    zone = site_zone()
    begins, ends = (datetime.combine(each, time(), tzinfo=zone) for each in (day, day + DAY))
    return begins, ends


@lru_cache(maxsize=2)
def _office_each_minute(minute: datetime) -> Office:
    return read_office(now=minute)


def _counted(begins: datetime, ends: datetime) -> QuerySet[Any, Any]:
    attempts = CallAttempt.objects.filter(at__gte=begins, at__lt=ends)
    promised = Callback.objects.filter(
        Q(cancelled_at=None) | Q(cancelled_at__gte=F("starts_at")),
        slot__starts_at__gte=begins,
        slot__starts_at__lt=ends,
    )
    called = CallAttempt.objects.filter(
        enquiry=OuterRef("enquiry"), at__gte=OuterRef("starts_at"), at__lt=OuterRef("ends_at")
    )
    received = Enquiry.objects.filter(created_at__gte=begins, created_at__lt=ends)
    closed = Enquiry.objects.filter(closed_at__gte=begins, closed_at__lt=ends)
    counts: QuerySet[Any, Any] = _as_counts(received, what="received", key=Value("")).union(
        _as_counts(closed, what="closed", key=F("state")),
        _as_counts(attempts, what="outcome", key=F("outcome")),
        _as_counts(promised, what="promised", key=Value("")),
        _as_counts(promised.filter(Exists(called)), what="kept", key=Value("")),
        all=True,
    )
    return counts.order_by()


def _as_counts(rows: QuerySet[Any], *, what: str, key: F | Value) -> QuerySet[Any, Any]:
    counted: QuerySet[Any, Any] = (
        rows.order_by()
        .values(counted=Value(what, CharField()), part=key)
        .annotate(rows=Count("pk"))
        .values_list("counted", "part", "rows")
    )
    return counted


def _first_calls(begins: datetime, ends: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Give when each enquiry came that was called for the first time that day, and that call."""
    earlier = CallAttempt.objects.filter(enquiry=OuterRef("enquiry"), at__lt=OuterRef("at"))
    attempts = CallAttempt.objects.filter(~Exists(earlier), at__gte=begins, at__lt=ends)
    yield from attempts.order_by("at").values_list("enquiry__created_at", "at")[:MOST_FIRST_CALLS]


def _of_age(least: timedelta, most: timedelta | None, *, now: datetime) -> QuerySet[Enquiry, Any]:
    found = Enquiry.objects.open().filter(created_at__lte=now - least)
    if most is not None:
        found = found.filter(created_at__gt=now - most)
    return found.order_by("created_at", "id").values("pk")[: MOST_WAITING + 1]


def _columns(figures: DayFigures) -> dict[str, Any]:
    names = (field.name for field in DayFigures._meta.fields)
    return {name: getattr(figures, name) for name in names if name not in {"id", "on"}}

"""The office's periods → business minutes, from one instant to another or onwards from one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from enquiries.slots import DAY, FURTHEST, MINUTE, Office, Span, spans_on


def business_minutes(starts_at: datetime, ends_at: datetime, *, office: Office) -> int:
    """
    Count the whole minutes in which the office is open from ``starts_at`` to ``ends_at``.

    They are minutes that pass, also on a day on which clocks change. Where periods overlap, a
    minute counts once. It is 0 if the end is not after the start.
    """
    # In one zone Python compares and subtracts what clocks show; only in UTC what passes.
    starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    passed = timedelta(0)
    for span in _spans_from(starts_at, until=ends_at, office=office):
        passed += max(
            min(span.ends_at, ends_at) - max(span.starts_at, starts_at),
            timedelta(0),
        )
    return passed // MINUTE


def add_business_minutes(starts_at: datetime, *, minutes: int, office: Office) -> datetime | None:
    """
    Give the instant (UTC) at which so many business ``minutes`` have passed since ``starts_at``.

    With 0 minutes it is the start itself, or the next opening. None if the office does not open
    for so long within a year.
    """
    starts_at, left = starts_at.astimezone(UTC), MINUTE * minutes
    for span in _spans_from(starts_at, until=starts_at + FURTHEST, office=office):
        begins_at = max(span.starts_at, starts_at)
        if begins_at < span.ends_at and begins_at + left <= span.ends_at:
            return begins_at + left
        left -= max(span.ends_at - begins_at, timedelta(0))
    return None


def next_opening(now: datetime, *, office: Office) -> datetime | None:
    """Give ``now`` if the office is open, else when it next opens (UTC); None if never."""
    return add_business_minutes(now, minutes=0, office=office)


def is_open(now: datetime, *, office: Office) -> bool:
    """Say whether the office is open; at the instant of closing it is not any more."""
    return next_opening(now, office=office) == now.astimezone(UTC)


def is_by_day(now: datetime, *, office: Office) -> bool:
    """Say whether it is between the first opening and the last closing of a business day."""
    spans = spans_on(now.astimezone(office.zone).date(), office=office)
    return bool(spans) and spans[0].starts_at <= now < spans[-1].ends_at


def closing_before(day: date, *, office: Office) -> datetime | None:
    """
    Give the end of the last business day before ``day``, a day of the office's own zone.

    None if the office did not open for so long within a year.
    """
    for number in range(1, FURTHEST.days):
        if spans := spans_on(day - DAY * number, office=office):
            return spans[-1].ends_at
    return None


def closing_after(instant: datetime, *, office: Office) -> datetime | None:
    """
    Give the end of the first business day that ends after ``instant`` (UTC).

    A day ends with its last period. None if the office does not open within a year.
    """
    instant, day = instant.astimezone(UTC), instant.astimezone(office.zone).date()
    for number in range(FURTHEST.days):
        spans = spans_on(day + DAY * number, office=office)
        if spans and spans[-1].ends_at > instant:
            return spans[-1].ends_at
    return None


def _spans_from(starts_at: datetime, *, until: datetime, office: Office) -> Iterator[Span]:
    """Give when the office is open on the days from one instant to another, soonest first."""
    day, last = (each.astimezone(office.zone).date() for each in (starts_at, until))
    while day <= last:
        yield from spans_on(day, office=office)
        day += DAY

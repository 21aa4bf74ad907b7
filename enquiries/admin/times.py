"""How instants read to staff: in the site's time, where the person is, and as an age."""

from calendar import day_abbr, month_abbr
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

from enquiries import places, slots
from enquiries.models import Callback

# Read once: to ask for them takes as long as the rest of a row of the queue.
_DAYS, _MONTHS = tuple(day_abbr), tuple(month_abbr)


def local_now(zone: str, *, now: datetime) -> str:
    """Give the time where a person is, as in “10:42 in Manila”."""
    theirs = places.zone_named(zone)
    told = clock(now.astimezone(theirs)) if theirs else "Time unknown"
    return f"{told} in {places.city(zone)}"


def not_now(zone: str, *, now: datetime) -> str:
    """Say why we may not call into ``zone`` now, by the hours of the slots; empty if we may."""
    theirs = places.zone_named(zone)
    if theirs is None:
        return "perhaps not the time"
    there = now.astimezone(theirs).time()
    if there < slots.EARLIEST:
        return "too early"
    return "too late" if there >= slots.LATEST else ""


def local_at(zone: str, *, at: datetime) -> str:
    """Give an instant in the time where a person is, as in “Tue 24 Nov, 8:00 in Manila”."""
    theirs = places.zone_named(zone)
    if theirs is None:
        return f"Time unknown in {places.city(zone)}"
    local = at.astimezone(theirs)
    return f"{day(local)}, {clock(local)} in {places.city(zone)}"


def in_both_zones(callback: Callback) -> tuple[str, ...]:
    """Give a callback's time where the person is, then at the site; one line if they agree."""
    if callback.starts_at is None or callback.ends_at is None:
        return ("Any time",)
    return span_in_both_zones(callback.starts_at, callback.ends_at, zone=callback.zone)


def span_in_both_zones(starts_at: datetime, ends_at: datetime, *, zone: str) -> tuple[str, ...]:
    """Give a span of time in ``zone``, then at the site; one line if they agree."""
    lines = []
    for each in (zone, timezone.get_default_timezone_name()):
        if known := places.zone_named(each):
            starts, ends = (instant.astimezone(known) for instant in (starts_at, ends_at))
            lines.append((f"{day(starts)}, {clock(starts)}\u2013{clock(ends)}", places.city(each)))
    if lines[0][0] == lines[-1][0]:
        del lines[:-1]
    return tuple(f"{when} in {city}" for when, city in lines)


def beside_ours(instant: datetime, *, theirs: ZoneInfo) -> str:
    """Give an instant by a person's clock and by ours, as in “10:00 = 15:30 Sydney”."""
    there, here = (instant.astimezone(zone) for zone in (theirs, timezone.get_default_timezone()))
    if there.replace(tzinfo=None) == here.replace(tzinfo=None):
        return clock(there)
    other_day = f" on {day(here)}" if there.date() != here.date() else ""
    ours = places.city(timezone.get_default_timezone_name())
    return f"{clock(there)} = {clock(here)} {ours}{other_day}"


def at_site(instant: datetime) -> str:
    """Give an instant in the site's time, as in “Tue 24 Nov, 10:00”."""
    local = instant.astimezone(timezone.get_default_timezone())
    return f"{day(local)}, {clock(local)}"


def to_the_second(instant: datetime) -> str:
    """Give an instant in the site's time, as the records do: “23 Nov 2026, 16:05:09”."""
    return date_format(timezone.localtime(instant), "j M Y, H:i:s")


def age(since: datetime, *, now: datetime) -> str:
    """Say in one unit how long ago an instant was."""
    passed = now - since
    if passed < timedelta(hours=1):
        return f"{max(passed // timedelta(minutes=1), 0)} min"
    if passed < timedelta(days=1):
        return f"{passed // timedelta(hours=1)} h"
    days = passed // timedelta(days=1)
    return f"{days} day{'' if days == 1 else 's'}"


def day(local: datetime) -> str:
    """Name a day, as in “Tue 24 Nov”."""
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month]}"


def clock(local: datetime) -> str:
    """Give the time of day, as in “08:05”."""
    return f"{local.hour:02}:{local.minute:02}"

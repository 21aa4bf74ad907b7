"""How instants read to staff: in the site's time, where the person is, and as an age."""

from datetime import datetime, timedelta

from django.utils import timezone

from enquiries import places, slots
from enquiries.models import Callback


def local_now(zone: str, *, now: datetime) -> str:
    """Give the time where a person is, as in “10:42 in Manila”."""
    theirs = places.zone_named(zone)
    told = f"{now.astimezone(theirs):%H:%M}" if theirs else "Time unknown"
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


def in_both_zones(callback: Callback) -> tuple[str, ...]:
    """Give a callback's time where the person is, then at the site; one line if they agree."""
    if callback.starts_at is None or callback.ends_at is None:
        return ("Any time",)
    lines = []
    for zone in (callback.zone, timezone.get_default_timezone_name()):
        if known := places.zone_named(zone):
            starts, ends = (
                instant.astimezone(known) for instant in (callback.starts_at, callback.ends_at)
            )
            lines.append((f"{_day(starts)}, {starts:%H:%M}\u2013{ends:%H:%M}", places.city(zone)))
    if lines[0][0] == lines[-1][0]:
        del lines[:-1]
    return tuple(f"{when} in {city}" for when, city in lines)


def at_site(instant: datetime) -> str:
    """Give an instant in the site's time, as in “Tue 24 Nov, 10:00”."""
    local = instant.astimezone(timezone.get_default_timezone())
    return f"{_day(local)}, {local:%H:%M}"


def age(since: datetime, *, now: datetime) -> str:
    """Say in one unit how long ago an instant was."""
    passed = now - since
    if passed < timedelta(hours=1):
        return f"{max(passed // timedelta(minutes=1), 0)} min"
    if passed < timedelta(days=1):
        return f"{passed // timedelta(hours=1)} h"
    days = passed // timedelta(days=1)
    return f"{days} day{'' if days == 1 else 's'}"


def _day(local: datetime) -> str:
    return f"{local:%a} {local.day} {local:%b}"

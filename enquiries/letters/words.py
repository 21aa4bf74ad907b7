"""Words that letters and pages share: a greeting, an initial, a time in both zones."""

import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from enquiries import places
from enquiries.models import Callback

LONGEST_NAME = 40  # letters


def greeting(name: str) -> str:
    """Greet by a name of at most 40 letters; anything that could be a link is left out."""
    return f"Hello {harmless_name(name)}".strip()


def harmless_name(name: str) -> str:
    """Give a name of at most 40 letters as it was typed; empty if it could be a link."""
    name = " ".join(name.split())
    harmless = all(
        unicodedata.category(sign)[0] in "LM" or sign in " -'\u2019" for sign in name
    )  # letters, and what stands between them
    return name if harmless and len(name) <= LONGEST_NAME else ""


def initial(given_name: str) -> str:
    """Name a child by the initial only."""
    first = given_name.strip()[:1].upper()
    return f"{first}." if first.isalpha() else "a young person"


def slot_in_both_zones(callback: Callback | None, *, whose: str = "your") -> str:
    """Tell the time of a call in the person's zone and in ours; empty if it has none."""
    if callback is None or callback.starts_at is None or callback.ends_at is None:
        return ""
    return in_both_zones(
        starts_at=callback.starts_at,
        ends_at=callback.ends_at,
        zone=callback.zone,
        site_zone=settings.SITE_TIME_ZONE,
        whose=whose,
    )


def in_both_zones(
    *, starts_at: datetime, ends_at: datetime, zone: str, site_zone: str, whose: str = "your"
) -> str:
    """Tell a slot in the person's time and in ours; only once if both show the same."""
    ours = ZoneInfo(site_zone)
    theirs = places.zone_named(zone) or ours
    here, there = starts_at.astimezone(ours), starts_at.astimezone(theirs)
    their_hours = _hours(starts_at, ends_at, theirs)
    our_hours = _hours(starts_at, ends_at, ours)
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return f"{_day(there)}, {their_hours} {places.city(site_zone)} time"
    our_day = "" if here.date() == there.date() else f"{_day(here)}, "
    return (
        f"{_day(there)}, {their_hours} {whose} time ({places.city(zone)}) "
        f"= {our_day}{our_hours} {places.city(site_zone)} time"
    )


def hours_in_both_zones(
    *, starts_at: datetime, ends_at: datetime, zone: ZoneInfo, site_zone: ZoneInfo
) -> str:
    """Tell a slot of a day that is known already: in the person's hours and in ours."""
    here, there = starts_at.astimezone(site_zone), starts_at.astimezone(zone)
    their_hours = _hours(starts_at, ends_at, zone)
    our_hours = f"{_hours(starts_at, ends_at, site_zone)} {places.city(site_zone.key)} time"
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return our_hours
    our_day = "" if here.date() == there.date() else f"{_day(here)}, "
    return f"{their_hours} your time = {our_day}{our_hours}"


def until(instant: datetime, *, zone: str) -> str:
    """Tell the last minute of something, in the time of the person who reads it."""
    local = instant.astimezone(places.zone_named(zone) or ZoneInfo(settings.SITE_TIME_ZONE))
    return f"{local:%H:%M} on {_day(local)}, {places.city(str(local.tzinfo))} time"


def _day(local: datetime) -> str:
    return f"{local:%A} {local.day} {local:%B %Y}"


def _hours(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    return f"{starts_at.astimezone(zone):%H:%M}–{ends_at.astimezone(zone):%H:%M}"  # noqa: RUF001

"""The times of a call that the form offers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString

from enquiries import slots
from enquiries.forms import slot_options

MINUTE = timedelta(minutes=1)


def site_zone() -> ZoneInfo:
    """Give the zone of our office."""
    return ZoneInfo(settings.SITE_TIME_ZONE)


def offered(
    *, now: datetime, zone: ZoneInfo | None, chosen: datetime | None = None
) -> list[datetime]:
    """List the starts of the next slots, and of the chosen one while it is open."""
    zones = {"site_zone": site_zone(), "enquirer_zone": zone or site_zone()}
    starts = {slot.starts_at for slot in slots.next_slots(now=now, **zones)}
    if chosen and slots.slot_at(chosen, now=now, **zones):
        starts.add(chosen)
    return sorted(starts)


def options(starts: Sequence[datetime], *, zone: ZoneInfo | None) -> SafeString:
    """Write the starts of slots as options, in the person's zone and in ours."""
    return slot_options(starts, length=slots.LENGTH, zone=zone, site_zone=site_zone())


def options_for_now(*, now: datetime, zone: ZoneInfo | None) -> SafeString:
    """Write the slots on offer; once a minute, not once a visitor."""
    return _options_at(now.replace(second=0, microsecond=0) + MINUTE, zone)


@lru_cache(maxsize=128)
def _options_at(minute: datetime, zone: ZoneInfo | None) -> SafeString:
    return options(offered(now=minute, zone=zone), zone=zone)

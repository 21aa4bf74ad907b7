"""The times of a call that the form offers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from enquiries import office, slots
from enquiries.forms import slot_options

MINUTE = timedelta(minutes=1)
MOST_A_DAY = 3


def site_zone() -> ZoneInfo:
    """Give the zone of our office."""
    return office.site_zone()


def offered(
    *, now: datetime, zone: ZoneInfo | None, chosen: datetime | None = None
) -> list[datetime]:
    """List the starts of the next slots, and of the chosen one while it is free."""
    known = zone or site_zone()
    free = [slot.starts_at for slot in office.free_slots(now=now, zone=known)]
    starts: list[datetime] = []
    for day in office.offered_days(now=now, zone=known):
        of_day = [at for at in free if at.astimezone(known).date() == day.on]
        starts += of_day if len(of_day) <= MOST_A_DAY else _spread(of_day)
    return sorted({*starts[: office.MOST_OFFERED], *({chosen} & {*free} if chosen else ())})


def options(starts: Sequence[datetime], *, zone: ZoneInfo | None) -> SafeString:
    """Write the starts of slots as options, in the person's zone and in ours."""
    return slot_options(starts, length=slots.LENGTH, zone=zone, site_zone=site_zone())


def options_for_now(*, now: datetime, zone: ZoneInfo | None) -> SafeString:
    """Write the slots on offer; once a minute, not once a visitor."""
    return _options_at(now.replace(second=0, microsecond=0) + MINUTE, zone)


@lru_cache(maxsize=128)
def _options_at(minute: datetime, zone: ZoneInfo | None) -> SafeString:
    return options(offered(now=minute, zone=zone), zone=zone)


def _spread(starts: list[datetime]) -> list[datetime]:
    return [starts[0], starts[len(starts) // 2], starts[-1]]

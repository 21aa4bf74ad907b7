"""Office hours and time zones → callback slots."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LENGTH = timedelta(minutes=30)
NOTICE = timedelta(hours=1)
HORIZON = 10  # working days
MOST_OFFERED = 12
MOST_A_DAY = 3
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
DAY_SHIFT = (time(9), time(17))
EVENING_SHIFT = (time(18), time(21))
OFFICE_HOURS = {
    MONDAY: (DAY_SHIFT,),
    TUESDAY: (DAY_SHIFT, EVENING_SHIFT),
    WEDNESDAY: (DAY_SHIFT,),
    THURSDAY: (DAY_SHIFT, EVENING_SHIFT),
    FRIDAY: (DAY_SHIFT,),
}
EARLIEST, LATEST = time(8), time(20)  # where the person is


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Half an hour in which we can call."""

    starts_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + LENGTH


def open_slots(*, now: datetime, site_zone: ZoneInfo, enquirer_zone: ZoneInfo) -> list[Slot]:
    """
    List every slot of the next 10 working days that is daytime where the person is.

    None starts within the next hour.
    """
    return [
        slot
        for day in _working_days(now.astimezone(site_zone).date())
        for slot in _slots_on(day, zone=site_zone)
        if slot.starts_at >= now + NOTICE and _in_daytime(slot, zone=enquirer_zone)
    ]


def next_slots(*, now: datetime, site_zone: ZoneInfo, enquirer_zone: ZoneInfo) -> list[Slot]:
    """
    Offer at most 12 open slots, soonest first.

    They are spread over several days of the person: an early, a middle and a late one each day.
    """
    by_day: dict[date, list[Slot]] = defaultdict(list)
    for slot in open_slots(now=now, site_zone=site_zone, enquirer_zone=enquirer_zone):
        by_day[slot.starts_at.astimezone(enquirer_zone).date()].append(slot)
    offered = [slot for slots in by_day.values() for slot in _spread(slots)]
    return offered[:MOST_OFFERED]


def slot_at(
    starts_at: datetime, *, now: datetime, site_zone: ZoneInfo, enquirer_zone: ZoneInfo
) -> Slot | None:
    """Give the open slot that starts at ``starts_at``, if there is one."""
    slot = Slot(starts_at=starts_at)
    found = open_slots(now=now, site_zone=site_zone, enquirer_zone=enquirer_zone)
    return slot if slot in found else None


def _working_days(today: date) -> Iterator[date]:
    day, found = today, 0
    while found < HORIZON:
        if day.weekday() in OFFICE_HOURS:
            found += 1
            yield day
        day += timedelta(days=1)


def _slots_on(day: date, *, zone: ZoneInfo) -> Iterator[Slot]:
    for opens, closes in OFFICE_HOURS[day.weekday()]:
        starts_at, end = (
            datetime.combine(day, hour, tzinfo=zone).astimezone(UTC) for hour in (opens, closes)
        )
        while starts_at + LENGTH <= end:
            yield Slot(starts_at=starts_at)
            starts_at += LENGTH


def _in_daytime(slot: Slot, *, zone: ZoneInfo) -> bool:
    starts, ends = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    same_day = starts.date() == ends.date()
    return same_day and starts.time() >= EARLIEST and ends.time() <= LATEST


def _spread(slots: list[Slot]) -> list[Slot]:
    if len(slots) <= MOST_A_DAY:
        return slots
    return [slots[0], slots[len(slots) // 2], slots[-1]]

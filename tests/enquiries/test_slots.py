from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from enquiries.slots import next_slots, open_slots, slot_at

SYDNEY = ZoneInfo("Australia/Sydney")
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SYDNEY)


def starts(slots, zone=SYDNEY):
    return [slot.starts_at.astimezone(zone) for slot in slots]


def test_office_hours_are_offered_in_half_hours_for_ten_working_days():
    slots = starts(open_slots(now=MONDAY_NOON, site_zone=SYDNEY, enquirer_zone=SYDNEY))
    days = sorted({start.date() for start in slots})
    assert len(days) == 10
    assert all(day.weekday() < 5 for day in days)
    tuesday = [start.time() for start in slots if start.date() == days[1]]
    assert tuesday[0] == time(9)
    assert time(16, 30) in tuesday
    assert time(17) not in tuesday
    assert tuesday[-4:] == [time(18), time(18, 30), time(19), time(19, 30)]
    assert len(tuesday) == 16 + 4  # the evening ends at 20:00, as late as we call


@pytest.mark.parametrize(
    ("minutes", "first"),
    [
        pytest.param(0, time(13), id="an hour before"),
        pytest.param(1, time(13, 30), id="less than an hour before"),
    ],
)
def test_a_slot_starts_no_sooner_than_in_an_hour(minutes, first):
    now = MONDAY_NOON + timedelta(minutes=minutes)
    slots = next_slots(now=now, site_zone=SYDNEY, enquirer_zone=SYDNEY)
    assert starts(slots)[0].time() == first


def test_at_most_twelve_slots_are_offered_over_several_days():
    slots = starts(next_slots(now=MONDAY_NOON, site_zone=SYDNEY, enquirer_zone=SYDNEY))
    assert len(slots) == 12
    assert len({start.date() for start in slots}) == 4
    assert slots == sorted(slots)


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/London", "Africa/Lagos", "Asia/Kolkata", "America/New_York", "America/Los_Angeles",
        "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Australia/Lord_Howe",
    ],
)  # fmt: skip
@pytest.mark.parametrize("month", [1, 4, 7, 10])
def test_nobody_is_called_before_eight_or_after_twenty_where_they_are(zone, month):
    now = datetime(2026, month, 1, tzinfo=UTC)
    theirs = ZoneInfo(zone)
    for slot in open_slots(now=now, site_zone=SYDNEY, enquirer_zone=theirs):
        begins, ends = slot.starts_at.astimezone(theirs), slot.ends_at.astimezone(theirs)
        assert time(8) <= begins.time()
        assert ends.time() <= time(20)
        assert begins.date() == ends.date()


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Dublin", "Africa/Lagos"])
@pytest.mark.parametrize("month", [1, 7])
def test_the_evenings_reach_people_half_a_world_away(zone, month):
    now = datetime(2026, month, 5, tzinfo=UTC)
    slots = next_slots(now=now, site_zone=SYDNEY, enquirer_zone=ZoneInfo(zone))
    assert slots
    assert all(start.hour >= 16 for start in starts(slots))


def test_the_hours_stay_the_same_when_the_clocks_change():
    friday = datetime(2026, 10, 2, 17, tzinfo=SYDNEY)  # clocks go forward on Sunday
    slots = starts(open_slots(now=friday, site_zone=SYDNEY, enquirer_zone=SYDNEY))
    monday = [start for start in slots if start.date().isoformat() == "2026-10-05"]
    assert monday[0] == datetime(2026, 10, 5, 9, tzinfo=SYDNEY)
    assert monday[0].astimezone(UTC).hour == 22
    assert len(monday) == 16


def test_slots_do_not_overlap():
    slots = open_slots(now=MONDAY_NOON, site_zone=SYDNEY, enquirer_zone=SYDNEY)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(slots))


def test_an_open_slot_is_found_by_its_start():
    zones = {"site_zone": SYDNEY, "enquirer_zone": SYDNEY}
    slot = open_slots(now=MONDAY_NOON, **zones)[5]
    assert slot_at(slot.starts_at, now=MONDAY_NOON, **zones) == slot
    assert slot_at(slot.starts_at + timedelta(minutes=1), now=MONDAY_NOON, **zones) is None
    assert slot_at(slot.starts_at, now=slot.starts_at, **zones) is None

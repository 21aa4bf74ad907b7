"""When we can call, told without a database: the clock, the calendar and both zones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from enquiries import places
from enquiries.slots import (
    EARLIEST,
    LATEST,
    LENGTH,
    Away,
    Office,
    Period,
    in_daytime,
    is_daytime,
    load_holidays,
    most_unconfirmed,
    next_daytime,
    open_slots,
    public_holidays,
    slot_at,
    slots_between,
    slots_on,
)
from tests.enquiries.usual_office import SYDNEY, USUAL_OFFICE

MONDAY, SUNDAY = 0, 6
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SYDNEY)


def period(weekday, opens, closes, *, capacity=1, state="NSW"):
    return Period(
        weekday=weekday, opens=time(*opens), closes=time(*closes), capacity=capacity, state=state
    )


def starts(slots, zone=SYDNEY):
    return [slot.starts_at.astimezone(zone) for slot in slots]


def hours(day, *, zone, **periods):
    """Tell the clock's times of a day's slots, in ``zone`` and in UTC."""
    office = Office(zone=ZoneInfo(zone), periods=periods["periods"])
    return [
        (f"{slot.starts_at.astimezone(office.zone):%H:%M}", f"{slot.starts_at:%H:%M}")
        for slot in slots_on(day, office=office)
    ]


def test_office_hours_are_offered_in_half_hours_for_ten_working_days():
    slots = starts(open_slots(USUAL_OFFICE, now=MONDAY_NOON))
    days = sorted({start.date() for start in slots})
    assert len(days) == 10
    assert all(day.weekday() < 5 for day in days)
    tuesday = [start.time() for start in slots if start.date() == days[1]]
    assert tuesday[0] == time(9)
    assert time(16, 30) in tuesday
    assert time(17) not in tuesday
    assert tuesday[-2:] == [time(20), time(20, 30)]
    assert len(tuesday) == 16 + 6


@pytest.mark.parametrize(
    ("minutes", "first"),
    [
        pytest.param(0, time(13), id="an hour before"),
        pytest.param(1, time(13, 30), id="less than an hour before"),
    ],
)
def test_a_slot_starts_no_sooner_than_the_notice(minutes, first):
    now = MONDAY_NOON + timedelta(minutes=minutes)
    assert starts(open_slots(USUAL_OFFICE, now=now))[0].time() == first
    patient = replace(USUAL_OFFICE, notice=timedelta(days=1))
    assert starts(open_slots(patient, now=now))[0] == datetime.combine(
        date(2026, 11, 24), time(12) if minutes == 0 else time(12, 30), tzinfo=SYDNEY
    )


def test_the_horizon_counts_days_on_which_we_work():
    before_christmas = datetime(2026, 12, 23, 8, tzinfo=SYDNEY)  # a Wednesday
    office = replace(USUAL_OFFICE, horizon=4, closed_on=frozenset({date(2026, 12, 29)}))
    days = {start.date() for start in starts(open_slots(office, now=before_christmas))}
    assert sorted(days) == [
        date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 30), date(2026, 12, 31)
    ]  # fmt: skip


def test_an_office_without_hours_offers_nothing():
    assert open_slots(replace(USUAL_OFFICE, periods=()), now=MONDAY_NOON) == []


def test_each_period_closes_on_the_public_holidays_of_its_own_state():
    office = Office(
        zone=SYDNEY,
        periods=(
            period(1, (9, 0), (10, 0), capacity=2, state="NSW"),
            period(1, (9, 30), (10, 30), capacity=3, state="VIC"),
        ),
    )
    cup_day, ordinary = date(2027, 11, 2), date(2027, 11, 9)  # Melbourne's holiday, not Sydney's
    assert public_holidays("VIC", year=2027)[cup_day] == "Melbourne Cup Day"
    assert [slot.capacity for slot in slots_on(ordinary, office=office)] == [2, 5, 3]
    assert [slot.capacity for slot in slots_on(cup_day, office=office)] == [2, 2]
    load_holidays()  # as a web process does before anybody asks
    assert slots_on(date(2027, 1, 26), office=office) == []  # Australia Day, a Tuesday


def test_nobody_calls_on_a_closed_day():
    closed = replace(USUAL_OFFICE, closed_on=frozenset({date(2026, 11, 24)}))
    assert slots_on(date(2026, 11, 24), office=closed) == []
    assert slots_on(date(2026, 11, 25), office=closed)


def test_each_person_away_takes_one_call_away_and_the_last_one_the_slot():
    nine, ten = (datetime(2026, 11, 24, hour, tzinfo=SYDNEY) for hour in (9, 10))
    ann = Away(who=1, starts_at=nine, ends_at=ten + timedelta(minutes=1))
    ann_again = Away(who=1, starts_at=nine, ends_at=ten)
    ben = Away(who=2, starts_at=nine + timedelta(minutes=59), ends_at=ten)
    office = replace(USUAL_OFFICE, away=(ann, ann_again, ben))
    found = slots_on(date(2026, 11, 24), office=office)[:3]
    assert [(f"{slot.starts_at.astimezone(SYDNEY):%H:%M}", slot.capacity) for slot in found] == [
        ("09:00", 1), ("10:00", 1), ("10:30", 2)
    ]  # fmt: skip


def test_half_of_a_days_places_are_for_people_who_confirmed():
    assert most_unconfirmed(slots_on(date(2026, 11, 23), office=USUAL_OFFICE)) == 16
    one = Office(zone=SYDNEY, periods=(period(MONDAY, (9, 0), (9, 30)),))
    assert most_unconfirmed(slots_on(date(2026, 11, 23), office=one)) == 1


def test_slots_do_not_overlap():
    slots = slots_between(date(2027, 1, 1), date(2027, 12, 31), office=USUAL_OFFICE)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(slots))


def test_an_open_slot_is_found_by_its_start():
    slot = open_slots(USUAL_OFFICE, now=MONDAY_NOON)[5]
    at = slot.starts_at
    assert slot_at(at, office=USUAL_OFFICE, now=MONDAY_NOON) == slot
    assert slot_at(at + timedelta(minutes=1), office=USUAL_OFFICE, now=MONDAY_NOON) is None
    assert slot_at(at, office=USUAL_OFFICE, now=at) is None


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        pytest.param(
            "Australia/Sydney", date(2027, 10, 3), "01:30/15:30 03:00/16:00 03:30/16:30",
            id="Sydney skips two to three",
        ),
        pytest.param(
            "Australia/Sydney", date(2027, 4, 4),
            "01:30/14:30 02:00/15:00 02:30/15:30 02:00/16:00 02:30/16:30 03:00/17:00 03:30/17:30",
            id="Sydney has two to three twice",
        ),
        pytest.param(
            "Australia/Lord_Howe", date(2027, 10, 3),
            "01:30/15:00 02:30/15:30 03:00/16:00 03:30/16:30",
            id="Lord Howe skips half an hour",
        ),
        pytest.param(
            "Europe/London", date(2026, 3, 29), "02:00/01:00 02:30/01:30 03:00/02:00 03:30/02:30",
            id="London skips one to two",
        ),
        pytest.param(
            "Asia/Kathmandu", date(2027, 10, 3),
            "01:30/19:45 02:00/20:15 02:30/20:45 03:00/21:15 03:30/21:45",
            id="Kathmandu never changes",
        ),
    ],
)  # fmt: skip
def test_the_hours_follow_the_offices_clock_through_gaps_and_folds(zone, day, expected):
    found = hours(day, zone=zone, periods=(period(SUNDAY, (1, 30), (4, 0)),))
    assert " ".join("/".join(each) for each in found) == expected


def test_hours_that_begin_or_end_in_a_gap_or_fold_are_cut_to_what_the_clock_shows():
    gap, fold = date(2027, 10, 3), date(2027, 4, 4)
    sydney = "Australia/Sydney"
    into_gap = hours(gap, zone=sydney, periods=(period(SUNDAY, (1, 0), (2, 30)),))
    assert [there for there, _ in into_gap] == ["01:00", "01:30"]
    out_of_gap = hours(gap, zone=sydney, periods=(period(SUNDAY, (2, 30), (4, 0)),))
    assert [there for there, _ in out_of_gap] == ["03:00", "03:30"]
    within_gap = hours(gap, zone=sydney, periods=(period(SUNDAY, (2, 0), (3, 0)),))
    assert within_gap == []
    first_of_two = hours(fold, zone=sydney, periods=(period(SUNDAY, (2, 0), (2, 30)),))
    assert first_of_two == [("02:00", "15:00")]


def test_a_day_that_a_place_skipped_has_no_hours():
    apia = ZoneInfo("Pacific/Apia")  # crossed the date line at the end of 29 December 2011
    office = Office(zone=apia, periods=(period(4, (9, 0), (17, 0)),))
    assert slots_on(date(2011, 12, 30), office=office) == []
    assert len(slots_on(date(2011, 12, 23), office=office)) == 16


@pytest.mark.parametrize(
    ("zone", "instant", "suits"),
    [
        ("Asia/Kathmandu", datetime(2027, 1, 5, 2, 0, tzinfo=UTC), False),  # 7:45
        ("Asia/Kathmandu", datetime(2027, 1, 5, 2, 15, tzinfo=UTC), True),
        ("Asia/Kathmandu", datetime(2027, 1, 5, 13, 45, tzinfo=UTC), True),  # to 20:00 sharp
        ("Asia/Kathmandu", datetime(2027, 1, 5, 14, 0, tzinfo=UTC), False),
        ("Pacific/Chatham", datetime(2027, 1, 4, 18, 0, tzinfo=UTC), False),  # 7:45 in summer
        ("Pacific/Chatham", datetime(2027, 1, 4, 18, 15, tzinfo=UTC), True),
        ("Pacific/Chatham", datetime(2027, 7, 4, 19, 15, tzinfo=UTC), True),  # 8:00 in winter
        ("Pacific/Chatham", datetime(2027, 7, 4, 19, 0, tzinfo=UTC), False),
        ("Australia/Lord_Howe", datetime(2027, 1, 4, 21, 0, tzinfo=UTC), True),  # 8:00 in summer
        ("Australia/Lord_Howe", datetime(2027, 7, 4, 21, 0, tzinfo=UTC), False),  # 7:30 in winter
        ("Pacific/Kiritimati", datetime(2027, 1, 4, 18, 0, tzinfo=UTC), True),  # tomorrow already
        ("Pacific/Kiritimati", datetime(2027, 1, 4, 17, 30, tzinfo=UTC), False),
        ("Pacific/Pago_Pago", datetime(2027, 1, 5, 6, 30, tzinfo=UTC), True),  # still yesterday
        ("Pacific/Pago_Pago", datetime(2027, 1, 5, 7, 0, tzinfo=UTC), False),
    ],
)
def test_a_call_suits_only_from_eight_to_twenty_where_the_person_is(zone, instant, suits):
    assert is_daytime(instant, zone=ZoneInfo(zone)) is suits


def test_no_slot_of_2027_is_outside_daytime_in_any_zone_of_the_world():
    slots = slots_between(date(2027, 1, 1), date(2027, 12, 31), office=USUAL_OFFICE)[::7]
    names = {zone for cities in places.zones().values() for zone in cities}
    wrong = [
        (zone.key, slot.starts_at)
        for zone in map(ZoneInfo, sorted(names))
        for slot in slots
        if is_daytime(slot.starts_at, zone=zone)
        and not EARLIEST
        <= slot.starts_at.astimezone(zone).time()
        < (slot.ends_at - timedelta(seconds=1)).astimezone(zone).time()
        < LATEST
    ]
    assert wrong == []


def test_half_an_hour_in_which_a_day_ends_or_a_clock_jumps_past_twenty_is_no_daytime():
    cairo = ZoneInfo("Africa/Cairo")
    before_midnight = datetime(2027, 1, 5, 23, 59, tzinfo=cairo)
    assert not is_daytime(before_midnight, zone=cairo)
    nuuk = ZoneInfo("America/Nuuk")  # goes forward at 22:00 on the day before Europe's Sunday
    assert not is_daytime(datetime(2027, 3, 27, 21, 30, tzinfo=nuuk), zone=nuuk)


def test_daytime_begins_at_eight_ends_before_twenty_and_comes_back():
    chatham = ZoneInfo("Pacific/Chatham")
    eight, twenty = (datetime(2027, 4, 4, hour, tzinfo=chatham) for hour in (8, 20))
    assert in_daytime(eight, zone=chatham)
    assert not in_daytime(eight - timedelta(seconds=1), zone=chatham)
    assert not in_daytime(twenty, zone=chatham)
    assert in_daytime(twenty - timedelta(seconds=1), zone=chatham)
    assert next_daytime(eight, zone=chatham) == eight
    assert next_daytime(eight - timedelta(hours=5), zone=chatham) == eight  # over a fold
    assert next_daytime(twenty, zone=chatham) == datetime(2027, 4, 5, 8, tzinfo=chatham)
    assert next_daytime(twenty, zone=chatham) + LENGTH == datetime(2027, 4, 4, 19, 45, tzinfo=UTC)

"""Business minutes over nights, weekends, holidays of two states, and the days of clock changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from enquiries.slots import Away, Office, Period
from enquiries.working_time import (
    add_business_minutes,
    business_minutes,
    closing_after,
    closing_before,
    is_by_day,
    is_open,
    next_opening,
)
from tests.enquiries.usual_office import SYDNEY, USUAL_OFFICE


def office(*hours, zone=SYDNEY, **altered):
    """Make an office of periods as (weekdays, opens, closes, state)."""
    return Office(
        zone=zone,
        periods=tuple(
            Period(weekday=day, opens=opens, closes=closes, capacity=1, state=state)
            for weekdays, opens, closes, state in hours
            for day in weekdays
        ),
        **altered,
    )


def at(text, zone=SYDNEY, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


WEEK, NINE, FIVE = range(5), time(9), time(17)
BOTH_STATES = office((WEEK, NINE, FIVE, "NSW"), (WEEK, time(12), time(19), "VIC"))
NIGHT = office((range(7), time(0), time(4), "NSW"))
LATE = office((range(7), time(22), time(23, 59), "NSW"))


@pytest.mark.parametrize(
    ("ours", "starts", "minutes", "ends"),
    [
        pytest.param(USUAL_OFFICE, "2026-11-23 13:00", 240, "2026-11-23 17:00", id="to closing"),
        pytest.param(USUAL_OFFICE, "2026-11-23 13:01", 240, "2026-11-24 09:01", id="over a night"),
        pytest.param(USUAL_OFFICE, "2026-11-23 23:59", 1, "2026-11-24 09:01", id="before midnight"),
        pytest.param(USUAL_OFFICE, "2026-11-24 00:00", 1, "2026-11-24 09:01", id="at midnight"),
        pytest.param(USUAL_OFFICE, "2026-11-24 16:30", 60, "2026-11-24 18:30", id="two periods"),
        pytest.param(USUAL_OFFICE, "2026-11-24 17:00", 15, "2026-11-24 18:15", id="between them"),
        pytest.param(USUAL_OFFICE, "2026-11-27 16:30", 60, "2026-11-30 09:30", id="a weekend"),
        pytest.param(USUAL_OFFICE, "2026-11-28 11:00", 60, "2026-11-30 10:00", id="on a Saturday"),
        pytest.param(USUAL_OFFICE, "2026-12-24 20:30", 60, "2026-12-29 09:30", id="Christmas"),
        pytest.param(USUAL_OFFICE, "2026-11-23 13:00", 0, "2026-11-23 13:00", id="no minute"),
        pytest.param(USUAL_OFFICE, "2026-11-23 18:00", 0, "2026-11-24 09:00", id="at the opening"),
        # Melbourne Cup Day (3 November 2026) is a holiday in Victoria alone.
        pytest.param(BOTH_STATES, "2026-11-03 16:00", 120, "2026-11-04 10:00", id="Victoria off"),
        pytest.param(BOTH_STATES, "2026-11-04 16:00", 120, "2026-11-04 18:00", id="both at work"),
        # Labour Day is on 5 October 2026 in New South Wales, and in March in Victoria.
        pytest.param(BOTH_STATES, "2026-10-05 09:00", 60, "2026-10-05 13:00", id="NSW off"),
        # Australia Day is a holiday in both.
        pytest.param(BOTH_STATES, "2027-01-25 18:30", 60, "2027-01-27 09:30", id="both off"),
        # On 4 October 2026 the clocks of Sydney go from 2:00 to 3:00.
        pytest.param(NIGHT, "2026-10-04 01:30", 60, "2026-10-04 03:30", id="clocks forward"),
        pytest.param(NIGHT, "2026-10-04 00:00", 180, "2026-10-04 04:00", id="a day of 3 hours"),
        # On 4 April 2027 they go back from 3:00 to 2:00: the night has five hours.
        pytest.param(NIGHT, "2027-04-04 00:00", 300, "2027-04-04 04:00", id="a night of 5 hours"),
        pytest.param(LATE, "2026-11-23 23:58", 1, "2026-11-23 23:59", id="to the last minute"),
        pytest.param(LATE, "2026-11-23 23:58", 2, "2026-11-24 22:01", id="past the last minute"),
    ],
)
def test_minutes_pass_only_while_the_office_is_open(ours, starts, minutes, ends):
    starts, ends = at(starts), at(ends)
    reached = add_business_minutes(starts, minutes=minutes, office=ours)
    assert reached == ends
    assert business_minutes(starts, ends, office=ours) == minutes


@pytest.mark.parametrize("ours", [USUAL_OFFICE, BOTH_STATES, NIGHT, LATE])
@pytest.mark.parametrize("first", ["2026-04-04 12:07", "2026-10-03 21:45", "2026-12-24 16:59"])
def test_counting_finds_as_many_minutes_as_were_added(ours, first):
    for minutes in (1, 15, 59, 240, 481, 1000):
        ends = add_business_minutes(at(first), minutes=minutes, office=ours)
        assert ends is not None
        assert business_minutes(at(first), ends, office=ours) == minutes


def test_the_clock_of_the_asker_does_not_matter():
    kathmandu, utc = at("2026-11-24 06:15", ZoneInfo("Asia/Kathmandu")), at("2026-11-24 00:30", UTC)
    assert kathmandu == utc == at("2026-11-24 11:30")
    ends = {
        add_business_minutes(each, minutes=30, office=USUAL_OFFICE) for each in (kathmandu, utc)
    }
    assert ends == {at("2026-11-24 12:00")}
    assert all(each and each.tzinfo is UTC for each in ends)


def test_an_hour_of_two_states_counts_once():
    noon, two = at("2026-11-04 12:00"), at("2026-11-04 14:00")
    assert business_minutes(noon, two, office=BOTH_STATES) == 120
    within = office((WEEK, NINE, FIVE, "NSW"), (WEEK, time(10), time(11), "VIC"))
    assert business_minutes(at("2026-11-04 00:00"), at("2026-11-05 00:00"), office=within) == 480


def test_part_of_a_minute_does_not_count():
    starts = at("2026-11-23 13:00") + timedelta(seconds=30)
    assert business_minutes(starts, at("2026-11-23 13:02"), office=USUAL_OFFICE) == 1


def test_nothing_passes_backwards_or_while_closed():
    assert (
        business_minutes(at("2026-11-23 14:00"), at("2026-11-23 13:00"), office=USUAL_OFFICE) == 0
    )
    assert (
        business_minutes(at("2026-11-24 14:00"), at("2026-11-23 13:00"), office=USUAL_OFFICE) == 0
    )
    assert (
        business_minutes(at("2026-11-28 00:00"), at("2026-11-29 23:59"), office=USUAL_OFFICE) == 0
    )


def test_closures_count_and_absences_do_not():
    closed = replace(USUAL_OFFICE, closed_on=frozenset({date(2026, 11, 24)}))
    starts = at("2026-11-23 16:30")
    assert add_business_minutes(starts, minutes=60, office=closed) == at("2026-11-25 09:30")
    away = Away(who=1, starts_at=starts, ends_at=starts + timedelta(days=9))
    alone = replace(USUAL_OFFICE, away=(away, replace(away, who=2)))
    assert add_business_minutes(starts, minutes=60, office=alone) == at("2026-11-24 09:30")


def test_an_office_that_never_opens_has_no_minutes():
    never = office()
    now = at("2026-11-23 13:00")
    assert add_business_minutes(now, minutes=1, office=never) is None
    assert next_opening(now, office=never) is None
    assert closing_after(now, office=never) is None
    assert closing_before(now.date(), office=never) is None
    assert not is_by_day(now, office=never)
    assert not is_open(now, office=never)
    assert add_business_minutes(now, minutes=10**6, office=USUAL_OFFICE) is None  # not in a year


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23 08:59", "2026-11-23 09:00"),
        ("2026-11-23 09:00", "2026-11-23 09:00"),
        ("2026-11-23 16:59", "2026-11-23 16:59"),
        ("2026-11-23 17:00", "2026-11-24 09:00"),
        ("2026-11-24 17:30", "2026-11-24 18:00"),
        ("2026-11-27 23:59", "2026-11-30 09:00"),
        ("2026-12-25 10:00", "2026-12-29 09:00"),  # Boxing Day is kept on the Monday
    ],
)
def test_the_office_is_open_from_opening_to_before_closing(now, opens):
    assert next_opening(at(now), office=USUAL_OFFICE) == at(opens)
    assert is_open(at(now), office=USUAL_OFFICE) is (now == opens)


@pytest.mark.parametrize(
    ("instant", "closing"),
    [
        ("2026-11-23 10:00", "2026-11-23 17:00"),
        ("2026-11-23 17:00", "2026-11-24 21:00"),
        ("2026-11-24 17:30", "2026-11-24 21:00"),
        ("2026-11-27 17:00", "2026-11-30 17:00"),
        ("2026-11-26 23:59", "2026-11-27 17:00"),
    ],
)
def test_a_business_day_ends_with_its_last_period(instant, closing):
    assert closing_after(at(instant), office=USUAL_OFFICE) == at(closing)


@pytest.mark.parametrize(
    ("day", "closing"),
    [
        (date(2026, 11, 23), "2026-11-20 17:00"),
        (date(2026, 11, 24), "2026-11-23 17:00"),
        (date(2026, 11, 25), "2026-11-24 21:00"),
    ],
)
def test_the_last_closing_before_a_day_is_of_the_last_business_day(day, closing):
    assert closing_before(day, office=USUAL_OFFICE) == at(closing)


@pytest.mark.parametrize(
    ("now", "is_day"),
    [
        ("2026-11-24 08:59", False),
        ("2026-11-24 09:00", True),
        ("2026-11-24 17:30", True),  # between two periods
        ("2026-11-24 21:00", False),
        ("2026-11-28 12:00", False),
    ],
)
def test_day_is_from_the_first_opening_to_the_last_closing(now, is_day):
    assert is_by_day(at(now), office=USUAL_OFFICE) is is_day

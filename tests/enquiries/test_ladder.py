"""The next try: another part of the person's day, in their daytime and in our hours."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from enquiries.ladder import Part, next_try, next_try_at, part_of_day
from enquiries.models import CallbackPolicy, Closure, OfficeHours
from enquiries.slots import in_daytime
from tests.enquiries.usual_office import SYDNEY


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=SYDNEY)


@pytest.mark.parametrize(
    ("clock", "part"),
    [
        ("08:00", Part.MORNING),
        ("11:59", Part.MORNING),
        ("12:00", Part.AFTERNOON),
        ("16:59", Part.AFTERNOON),
        ("17:00", Part.EVENING),
        ("23:59", Part.EVENING),
    ],
)
def test_a_day_has_three_parts_by_the_clock_of_the_person(clock, part):
    kathmandu = ZoneInfo("Asia/Kathmandu")
    instant = datetime.fromisoformat(f"2026-11-24 {clock}").replace(tzinfo=kathmandu)
    assert part_of_day(instant.astimezone(SYDNEY), zone=kathmandu) is part


def test_without_a_slot_there_is_no_next_try():
    assert next_try([], tries=[here("2026-11-23 13:00")], zone=SYDNEY) is None


def test_after_all_parts_were_tried_it_is_another_than_the_last():
    tries = [here(f"2026-11-23 {clock}") for clock in ("13:00", "18:00", "09:00")]
    starts = [here(f"2026-11-24 {clock}") for clock in ("09:00", "11:30", "12:00", "18:00")]
    assert next_try(starts, tries=tries, zone=SYDNEY) == here("2026-11-24 12:00")


def test_where_we_can_call_in_one_part_only_it_is_on_another_day():
    starts = [here("2026-11-23 10:30"), here("2026-11-24 09:00")]
    tries = [here("2026-11-23 09:00")]
    assert next_try(starts, tries=tries, zone=SYDNEY) == starts[1]
    assert next_try(starts[:1], tries=tries, zone=SYDNEY) == starts[0]  # or on the same at last


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "tries", "expected"),
    [
        pytest.param("Australia/Sydney", ["2026-11-23 13:00"], "2026-11-24 09:00", id="a night"),
        pytest.param("Australia/Sydney", ["2026-11-23 23:59"], "2026-11-24 09:00", id="midnight"),
        pytest.param("Australia/Sydney", ["2026-11-24 10:20"], "2026-11-24 12:00", id="same day"),
        pytest.param("Australia/Sydney", ["2026-11-24 11:10"], "2026-11-24 12:30", id="an hour on"),
        pytest.param(
            "Australia/Sydney",
            ["2026-11-23 13:00", "2026-11-24 09:05"],
            "2026-11-24 18:00",
            id="the part that is left",
        ),
        pytest.param("Australia/Sydney", ["2026-11-27 16:00"], "2026-11-30 09:00", id="weekend"),
        pytest.param(
            "Australia/Sydney",
            ["2026-12-24 13:00", "2026-12-24 19:00"],
            "2026-12-29 09:00",
            id="Christmas",
        ),
        pytest.param("Asia/Kathmandu", ["2026-11-23 14:00"], "2026-11-24 18:00", id="Kathmandu"),
        pytest.param(
            "Asia/Kathmandu",
            ["2026-11-23 14:00", "2026-11-24 18:05"],
            "2026-11-25 13:30",  # 8:15 there: in the evening there we are closed
            id="Kathmandu without an evening",
        ),
        pytest.param("Europe/London", ["2026-11-24 19:10"], "2026-11-26 19:00", id="mornings only"),
        # Clocks in Sydney went forward on Sunday, 4 October; Monday is Labour Day.
        pytest.param("Australia/Brisbane", ["2026-10-02 16:30"], "2026-10-06 09:00", id="forward"),
        # In London they go back on Sunday, 25 October: from then on our evening begins too early.
        pytest.param("Europe/London", ["2026-10-22 18:10"], "2026-10-27 19:00", id="back"),
    ],
)
def test_the_next_try_is_in_another_part_of_the_day(make_enquiry, zone, tries, expected):
    enquiry = make_enquiry(time_zone=zone)
    made = [here(each) for each in tries]
    found = next_try_at(enquiry, tries=made, now=made[-1])
    assert found is not None
    assert f"{found.astimezone(SYDNEY):%Y-%m-%d %H:%M}" == expected
    assert in_daytime(found, zone=ZoneInfo(zone))


@pytest.mark.django_db
def test_each_state_keeps_its_own_holidays(make_enquiry):
    OfficeHours.objects.update(state="VIC")
    cup_day = [here("2026-11-02 16:00")]  # on Tuesday Victoria is off
    assert next_try_at(make_enquiry(), tries=cup_day, now=cup_day[0]) == here("2026-11-04 09:00")
    OfficeHours.objects.create(weekday=1, opens=time(10), closes=time(12), capacity=1, state="NSW")
    found = next_try_at(make_enquiry(), tries=cup_day, now=here("2026-11-02 16:01"))
    assert found == here("2026-11-03 10:00")


@pytest.mark.django_db
def test_nobody_is_called_on_a_day_on_which_we_are_closed(make_enquiry):
    Closure.objects.create(on="2026-11-24", why="Moving house")
    tries = [here("2026-11-23 13:00")]
    assert next_try_at(make_enquiry(), tries=tries, now=tries[0]) == here("2026-11-25 09:00")


@pytest.mark.django_db
def test_a_slot_with_a_place_left_comes_first(make_enquiry, make_callback):
    for _ in range(2):
        make_callback(make_enquiry(), starts_at=here("2026-11-24 09:00"))
    tries = [here("2026-11-23 13:00")]
    assert next_try_at(make_enquiry(), tries=tries, now=tries[0]) == here("2026-11-24 09:30")


@pytest.fixture
def open_on_tuesday_at_nine():
    """Let the office be open for one call on Tuesdays, from 9:00 to 9:30."""
    OfficeHours.objects.all().delete()
    OfficeHours.objects.create(weekday=1, opens=time(9), closes=time(9, 30), capacity=1)


@pytest.mark.django_db
@pytest.mark.usefixtures("open_on_tuesday_at_nine")
def test_where_every_place_is_taken_a_slot_is_named_all_the_same(make_enquiry, make_callback):
    CallbackPolicy.objects.update(horizon_working_days=1)
    make_callback(make_enquiry(), starts_at=here("2026-11-24 09:00"))
    tries = [here("2026-11-23 13:00")]
    assert next_try_at(make_enquiry(), tries=tries, now=tries[0]) == here("2026-11-24 09:00")


@pytest.mark.django_db
@pytest.mark.usefixtures("open_on_tuesday_at_nine")
def test_where_our_hours_never_meet_their_day_there_is_no_next_try(make_enquiry):
    tries = [here("2026-11-23 13:00")]
    london = make_enquiry(time_zone="Europe/London")
    assert next_try_at(london, tries=tries, now=tries[0]) is None

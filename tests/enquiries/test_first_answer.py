"""The first-response clock: by when whoever asks is called, or answered."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from enquiries import office
from enquiries.models import CallbackPolicy, Closure, OfficeHours
from tests.enquiries.usual_office import SYDNEY

pytestmark = pytest.mark.django_db


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=SYDNEY)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        pytest.param("2026-11-23 09:00", "2026-11-23 13:00", id="four hours"),
        pytest.param("2026-11-23 15:00", "2026-11-24 11:00", id="over a night"),
        pytest.param("2026-11-23 23:59", "2026-11-24 13:00", id="the minute before midnight"),
        pytest.param("2026-11-24 16:00", "2026-11-24 21:00", id="to the end of an evening"),
        pytest.param("2026-11-27 15:00", "2026-11-30 11:00", id="over a weekend"),
        pytest.param("2026-12-24 20:00", "2026-12-29 12:00", id="over Christmas"),
        pytest.param("2026-10-02 15:00", "2026-10-06 11:00", id="clocks forward and Labour Day"),
    ],
)
def test_an_answer_is_due_after_four_business_hours(asked, due):
    assert office.answer_by(now=here(asked)) == here(due)


def test_leads_say_after_how_many_minutes():
    CallbackPolicy.objects.update(first_answer_minutes=15)
    assert office.answer_by(now=here("2026-11-23 16:50")) == here("2026-11-24 09:05")


def test_a_closure_stops_the_clock():
    Closure.objects.create(on="2026-11-24", why="Moving house")
    assert office.answer_by(now=here("2026-11-23 16:00")) == here("2026-11-25 12:00")


def test_a_call_at_a_chosen_time_is_due_then():
    now, chosen = here("2026-11-23 09:00"), here("2026-11-30 10:00")
    assert office.answer_by(now=now, zone=SYDNEY, starts_at=chosen) == chosen


@pytest.mark.parametrize(
    ("zone", "asked", "due"),
    [
        ("Australia/Perth", "2026-11-23 09:00", "2026-11-23 13:00"),
        ("Asia/Kathmandu", "2026-11-23 09:00", "2026-11-23 13:30"),  # 8:15 there
        ("Europe/London", "2026-11-23 09:00", "2026-11-24 19:00"),  # 8:00 there
    ],
)
def test_no_call_is_due_at_night(zone, asked, due):
    assert office.answer_by(now=here(asked), zone=ZoneInfo(zone)) == here(due)


def test_where_we_can_never_call_it_is_due_as_any_answer():
    OfficeHours.objects.filter(opens="18:00").delete()
    now = here("2026-11-23 09:00")
    assert office.answer_by(now=now, zone=ZoneInfo("Europe/London")) == here("2026-11-23 13:00")


def test_without_opening_hours_it_is_due_in_a_day():
    OfficeHours.objects.all().delete()
    now = here("2026-11-23 09:00")
    assert office.answer_by(now=now) == now + timedelta(days=1)

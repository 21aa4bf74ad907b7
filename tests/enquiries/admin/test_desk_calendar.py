"""The calendar of callbacks, and the feed of an adviser's own calls."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from enquiries.followups import schedule_follow_up
from enquiries.models import Closure, FollowUpReason
from enquiries.triage import claim

CALENDAR = "/admin/desk/calendar/"
SYDNEY = ZoneInfo("Australia/Sydney")


@pytest.fixture
def tuesday():
    """Give 11:00 in Sydney on Tuesday 24 November 2026."""
    return datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


def test_a_week_shows_each_call_in_both_times(make_enquiry, make_callback, adviser, lead, tuesday):
    now = tuesday - timedelta(days=1)
    mine = make_enquiry(given_name="Mine", time_zone="Asia/Manila", country="PH")
    make_callback(claim(mine, by=adviser, now=now), starts_at=tuesday, zone="Asia/Manila")
    make_callback(claim(make_enquiry(given_name="Toms"), by=lead, now=now), starts_at=tuesday)
    nobodys = make_enquiry(given_name="Nobodys")
    make_callback(nobodys, starts_at=tuesday, zone="America/New_York")
    make_callback(make_enquiry(given_name="Other"), starts_at=tuesday + timedelta(days=7))
    Closure.objects.create(on="2026-11-26", why="Office moves")
    text = adviser.client.get(CALENDAR, {"week": "2026-11-27"}).content.decode()
    assert "23 November to 29 November 2026" in text
    assert ">08:00 in Manila<" in text
    assert "Mon 23 Nov, 19:00 in New York" in text
    assert "11:00</span> Mine Example" in text
    assert "yours" in text
    assert "Tom Okafor" in text
    assert "nobody has it" in text
    assert "Office moves" in text
    assert "Other" not in text


def test_a_day_shows_its_half_hours_and_what_is_too_much(
    make_enquiry, make_callback, adviser, tuesday
):
    night = tuesday.replace(hour=15)
    make_callback(make_enquiry(), starts_at=night)
    answer = adviser.client.get(CALENDAR, {"day": "2026-11-25"})
    text = answer.content.decode()
    assert "Wednesday 25 November 2026" in text
    assert "1 call has no place at its time" in text
    assert "02:00" in text
    assert f'href="{CALENDAR}?day=2026-11-24"' in text
    assert f'href="{CALENDAR}?day=2026-11-26"' in text
    assert f'href="{CALENDAR}?week=2026-11-25"' in text


def test_public_holidays_are_named(adviser):
    text = adviser.client.get(CALENDAR, {"day": "2027-01-26"}).content.decode()
    assert "Australia Day in NSW" in text
    assert "We make no calls on this day." in text


def test_today_is_marked(adviser):
    text = adviser.client.get(CALENDAR, {"week": timezone.localdate()}).text
    assert "pill-today" in text
    assert f'href="{CALENDAR}?day={timezone.localdate()}" aria-current="date"' in text


@pytest.mark.parametrize("query", [{}, {"week": "nonsense"}, {"week": "9999-12-31"}])
def test_without_a_choice_stands_the_week_of_the_next_working_day(adviser, query):
    today = timezone.localdate()
    for days in range(7):
        Closure.objects.create(on=today + timedelta(days=days), why="Office moves")
    shown = adviser.client.get(CALENDAR, query).context
    assert not shown["is_now"]
    opening = [each["day"].on for each in shown["days"] if each["half_hours"]]
    assert opening[0] >= today + timedelta(days=7)


@pytest.fixture
def crowded(monkeypatch):
    """Make a third call too many for one day."""
    monkeypatch.setattr("enquiries.desk.calendar.MOST_OF_A_DAY", 2)


@pytest.mark.usefixtures("crowded")
def test_of_a_crowded_day_stand_ones_own_calls_and_the_half_hour_that_one_opens(
    make_enquiry, make_callback, adviser, tuesday
):
    half_past = tuesday + timedelta(minutes=30)
    mine = claim(make_enquiry(given_name="Mine"), by=adviser, now=tuesday - timedelta(days=1))
    make_callback(mine, starts_at=tuesday)
    make_callback(make_enquiry(given_name="Sooner"), starts_at=tuesday)
    make_callback(make_enquiry(given_name="Later"), starts_at=half_past)
    make_callback(make_enquiry(given_name="Tomorrow"), starts_at=tuesday + timedelta(days=1))
    week = adviser.client.get(CALENDAR, {"week": "2026-11-24"})
    assert "4 calls booked" in week.text
    assert _named(week) == ["Mine Example", "Tomorrow Example"]
    day = adviser.client.get(CALENDAR, {"day": "2026-11-24"})
    assert _named(day) == ["Mine Example"]
    assert "Show 1 more" in day.text
    at = f"{CALENDAR}?day=2026-11-24&amp;at=2026-11-24T00:30Z#at-1130"
    assert f'href="{at}"' in week.text
    assert f'href="{at}"' in day.text
    opened = adviser.client.get(at.partition("#")[0].replace("&amp;", "&"))
    assert _named(opened) == ["Mine Example", "Later Example"]
    assert 'id="at-1130"' in opened.text


@pytest.mark.usefixtures("crowded")
def test_the_calendar_asks_ten_queries_at_most(
    make_enquiry, make_callback, adviser, tuesday, django_assert_max_num_queries
):
    for hours in range(8):
        make_callback(make_enquiry(), starts_at=tuesday + timedelta(hours=hours))
    with django_assert_max_num_queries(10):
        adviser.client.get(CALENDAR, {"week": "2026-11-24"})


@pytest.mark.parametrize("at", ["nonsense", "0001-01-01", "9999-12-31T23:59Z"])
def test_a_half_hour_that_is_none_opens_nothing(adviser, at):
    assert adviser.client.get(CALENDAR, {"day": "2026-11-24", "at": at}).status_code == 200


def _named(answer):
    return [
        call["name"]
        for day in answer.context["days"]
        for half in day["half_hours"]
        for call in half["calls"]
    ]


@pytest.fixture
def feed_address(adviser):
    """Let an adviser make an address of their feed, and give it as it is written on the page."""

    def feed_address():
        adviser.client.post("/admin/desk/feed/")
        address = adviser.client.get("/admin/desk/feed/").context["address"]
        return address.removeprefix("http://localhost:8000")

    return feed_address


def test_the_feed_names_nobody(make_enquiry, make_callback, adviser, feed_address, client):
    now = timezone.now()
    booked = claim(make_enquiry(minor=True), by=adviser, now=now)
    starts_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    make_callback(booked, starts_at=starts_at)
    for due_at in (starts_at, starts_at + timedelta(hours=1)):
        schedule_follow_up(booked, due_at=due_at, reason=FollowUpReason.CALL_AGAIN, now=now)
    make_callback(make_enquiry(), starts_at=starts_at)
    answer = client.get(feed_address())
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    text = answer.content.decode()
    assert not any(told in text for told in ("Ann", "Gina", "4000000", "example.org"))
    call, follow_up = Calendar.from_ical(answer.content).walk("VEVENT")
    assert call["SUMMARY"] == f"Call {booked.reference}"
    assert call.decoded("DTSTART") == starts_at
    assert str(call["URL"]).endswith(f"/admin/enquiries/enquiry/{booked.pk}/change/")
    assert follow_up["SUMMARY"] == f"Call again: {booked.reference}"


def test_a_renewed_address_ends_the_one_before(adviser, feed_address, client):
    assert adviser.client.get("/admin/desk/feed/").context["address"] == ""
    first = feed_address()
    second = feed_address()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    adviser.is_active = False
    adviser.save()
    assert client.get(second).status_code == 404


def test_a_made_up_token_opens_nothing(client, db):
    for token in ("x", "W1sxLDFd:abc", "a:b:c"):
        assert client.get(f"/desk/calendar/{token}.ics").status_code == 404

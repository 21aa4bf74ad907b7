"""When people are reminded of their call, and when they are not any more."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from enquiries import bookings, letters
from enquiries.models import OutboxMessage
from enquiries.reminders import remind_at, send_staff_reminder

NOON_IN_SYDNEY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "call", "reminder"),
    [
        ("Australia/Sydney", "2026-11-24 12:00", "2026-11-24 10:00"),
        ("Australia/Sydney", "2026-11-24 10:00", "2026-11-24 08:00"),
        ("Australia/Sydney", "2026-11-24 09:30", "2026-11-23 18:00"),
        ("Asia/Kathmandu", "2026-11-24 08:15", "2026-11-23 18:00"),
        ("Pacific/Chatham", "2026-11-24 19:30", "2026-11-24 17:30"),
        ("Pacific/Kiritimati", "2027-01-01 08:00", "2026-12-31 18:00"),
        ("Europe/London", "2027-03-28 09:00", "2027-03-27 18:00"),  # the clocks go forward between
        ("Mars/Olympus", "2026-11-24 12:00", "2026-11-24 10:00"),
    ],
)
def test_people_are_reminded_by_day_where_they_are(zone, call, reminder):
    there = ZoneInfo("Australia/Sydney" if zone.startswith("Mars") else zone)
    starts_at = datetime.fromisoformat(call).replace(tzinfo=there).astimezone(UTC)
    at = remind_at(starts_at, zone=zone).astimezone(there)
    assert f"{at:%Y-%m-%d %H:%M}" == reminder


def waiting(topic):
    return OutboxMessage.objects.filter(topic=topic).order_by("pk")


@pytest.mark.django_db
def test_booking_promises_both_reminders(make_enquiry, now):
    bookings.book(make_enquiry(), starts_at=NOON_IN_SYDNEY, now=now)
    person, staff = (waiting(each).get() for each in ("callback_reminder", "staff_reminder"))
    between = staff.available_at - person.available_at  # each by the database's own clock
    assert abs(between - timedelta(hours=1, minutes=45)) < timedelta(minutes=1)


@pytest.mark.django_db
def test_a_call_at_any_time_has_no_reminder(make_enquiry, now):
    bookings.book(make_enquiry(), starts_at=None, now=now)
    assert OutboxMessage.objects.count() == 0


@pytest.mark.django_db
def test_who_has_just_booked_is_not_reminded_at_once(make_enquiry):
    two_hours_before = NOON_IN_SYDNEY - timedelta(hours=2, minutes=50)
    bookings.book(make_enquiry(), starts_at=NOON_IN_SYDNEY, now=two_hours_before)
    assert [each.topic for each in OutboxMessage.objects.all()] == ["staff_reminder"]


@pytest.fixture
def booked(make_enquiry, now):
    """Book a call at noon in Sydney, and give its enquiry."""
    enquiry = make_enquiry(email_confirmed_at=now)
    bookings.book(enquiry, starts_at=NOON_IN_SYDNEY, now=now)
    return enquiry


def send(topic, *, at, number=0):
    letters.send_letter(waiting(topic)[number], now=at)
    sent, mail.outbox[:] = [email.to[0] for email in mail.outbox], []
    return sent


BEFORE = NOON_IN_SYDNEY - timedelta(hours=2)


@pytest.mark.django_db
def test_the_person_and_staff_are_reminded(booked, settings):
    assert send("callback_reminder", at=BEFORE) == ["ann@example.org"]
    assert send("staff_reminder", at=BEFORE) == [settings.STAFF_EMAIL]


@pytest.mark.django_db
def test_of_a_moved_call_only_the_new_time_is_reminded_of(booked, now):
    later = NOON_IN_SYDNEY + timedelta(hours=3)
    bookings.rebook(booked, starts_at=later, now=now)
    for topic in "callback_reminder", "staff_reminder":
        assert send(topic, at=BEFORE) == []
        assert len(send(topic, at=BEFORE, number=1)) == 1


@pytest.mark.django_db
def test_of_a_cancelled_call_nobody_is_reminded(booked, now):
    bookings.cancel(booked.callbacks.get(), now=now)
    assert send("callback_reminder", at=BEFORE) == send("staff_reminder", at=BEFORE) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {"state": "withdrawn", "closed_at": BEFORE},
        {"hold": "needs_guardian"},
        {"hold": "reconsent"},
    ],
)
def test_of_an_enquiry_that_changed_meanwhile_nobody_is_reminded(booked, changed):
    type(booked).objects.update(**changed)
    assert send("callback_reminder", at=BEFORE) == send("staff_reminder", at=BEFORE) == []


@pytest.mark.django_db
def test_too_late_nobody_is_reminded(booked):
    assert send("callback_reminder", at=NOON_IN_SYDNEY) == []
    assert send("staff_reminder", at=NOON_IN_SYDNEY) == []


@pytest.mark.django_db
def test_however_late_the_outbox_is_nobody_is_reminded_at_night(booked):
    at_night = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # 3:00 in Sydney
    assert send("callback_reminder", at=at_night) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "reminded"),
    [
        ("2026-11-24 11:45", True),
        ("2026-11-24 08:45", True),  # the first call of the day
        ("2026-11-24 08:44", False),
        ("2026-11-23 23:59", False),
        ("2026-11-23 17:00", False),
    ],
)
def test_staff_are_reminded_by_day_only(booked, settings, at, reminded):
    send_staff_reminder(
        waiting("staff_reminder").get(),
        now=datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Australia/Sydney")),
    )
    assert [email.to for email in mail.outbox] == [[settings.STAFF_EMAIL]] * reminded

"""The calendar file of a call, read back by a parser of its own."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar

from enquiries import bookings, calendar_files

pytestmark = pytest.mark.django_db

NOON_IN_SYDNEY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def call(make_enquiry, make_callback):
    """Book a call at noon in Sydney, or elsewhere."""

    def call(*, starts_at=NOON_IN_SYDNEY, **altered):
        return make_callback(make_enquiry(), starts_at=starts_at, **altered)

    return call


def read(callback):
    calendar = Calendar.from_ical(calendar_files.call_file(callback))
    [event] = calendar.events
    return calendar, event


def test_it_tells_of_the_call_in_universal_time(call):
    callback = call(zone="Asia/Kathmandu")
    calendar, event = read(callback)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert event.start == NOON_IN_SYDNEY
    assert event.end == NOON_IN_SYDNEY + timedelta(minutes=30)
    text = calendar_files.call_file(callback).decode()
    assert "DTSTART:20261124T010000Z\r\n" in text
    assert "TZID" not in text
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)


@pytest.mark.parametrize(
    ("zone", "starts_at"),
    [
        ("Australia/Sydney", datetime(2027, 4, 3, 16, 0, tzinfo=UTC)),  # the hour that comes twice
        ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        ("Pacific/Chatham", datetime(2027, 4, 3, 14, 15, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2026, 12, 31, 22, 0, tzinfo=UTC)),
    ],
)
def test_no_clock_change_moves_it(call, zone, starts_at):
    _, event = read(call(starts_at=starts_at, zone=zone))
    assert event.start == starts_at
    assert event.end - event.start == timedelta(minutes=30)


def test_it_names_us_and_nobody_else(call, settings):
    settings.FIRM = settings.FIRM | {"phone": "+61 2 5550 0000"}
    text = calendar_files.call_file(call()).decode().replace("\r\n ", "")
    assert f"ORGANIZER;CN={settings.FIRM['name']}:mailto:{settings.STAFF_EMAIL}" in text
    assert "We call from +61 2 5550 0000" in text
    for personal in ("ATTENDEE", "Ann", "Example", "ann@example.org", "+61400000001"):
        assert personal not in text


def test_each_line_is_75_octets_at_most_and_ends_as_the_standard_says(call, settings):
    settings.FIRM = settings.FIRM | {"name": "Überseeische Beratung für Fernwehkranke " * 3}
    content = calendar_files.call_file(call())
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert [line for line in lines if len(line) > 75 or b"\n" in line] == []
    assert any(line.startswith(b" ") for line in lines)
    _, event = read(call())
    assert event["SUMMARY"] == f"Call from {settings.FIRM['name']}"


def test_every_change_keeps_the_name_and_raises_the_number(make_enquiry, now, settings):
    settings.SITE_URL = "https://advisory.example"
    enquiry = make_enquiry(email_confirmed_at=now)
    numbers, names, methods = [], set(), []

    def note(callback):
        callback.refresh_from_db()
        calendar, event = read(callback)
        numbers.append(event["SEQUENCE"])
        names.add(event["UID"])
        methods.append(calendar["METHOD"])

    first = bookings.book(enquiry, starts_at=NOON_IN_SYDNEY, now=now)
    note(first)
    second = bookings.rebook(enquiry, starts_at=NOON_IN_SYDNEY + timedelta(hours=1), now=now)
    note(second)
    bookings.cancel(second, now=now)
    note(second)
    note(bookings.rebook(enquiry, starts_at=NOON_IN_SYDNEY, now=now))
    assert numbers == sorted(set(numbers))
    assert names == {f"{enquiry.reference}@advisory.example"}
    assert methods == ["PUBLISH", "PUBLISH", "CANCEL", "PUBLISH"]


def test_a_cancelled_call_is_taken_out_without_an_alarm(call, now):
    callback = call()
    callback.cancelled_at = now
    calendar, event = read(callback)
    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event.stamp == now
    assert event.alarms.times == []
    callback.cancelled_at = None
    assert len(read(callback)[1].alarms.times) == 1


def test_it_is_the_same_however_often_it_is_written(call):
    callback = call()
    assert calendar_files.call_file(callback) == calendar_files.call_file(callback)


def test_a_call_at_any_time_has_no_file(make_enquiry, make_callback):
    with pytest.raises(ValueError, match="no place in a calendar"):
        calendar_files.call_file(make_callback(make_enquiry()))


def test_as_part_of_a_letter_its_type_names_the_method(call):
    part = message_from_bytes(calendar_files.attachment(call()).as_bytes(), policy=policy.default)
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    assert part.get_filename() == "call.ics"
    assert Calendar.from_ical(part.get_content())["METHOD"] == "PUBLISH"

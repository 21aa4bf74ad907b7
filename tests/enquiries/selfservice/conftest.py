"""Enquiries whose people come back to them."""

from datetime import UTC, datetime

import pytest

from enquiries import bookings

NOON_IN_SYDNEY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def noon():
    return NOON_IN_SYDNEY


@pytest.fixture
def booked(make_enquiry, now):
    """Book a call at noon in Sydney for an enquiry, altered, and give the enquiry."""

    def booked(**altered):
        enquiry = make_enquiry(email_confirmed_at=now, **altered)
        bookings.book(enquiry, starts_at=NOON_IN_SYDNEY, now=now)
        return enquiry

    return booked


@pytest.fixture
def promised():
    """Tell which letters an enquiry's changes promised, without reminders."""

    def promised(enquiry):
        letters = enquiry.outbox_messages.exclude(topic__endswith="reminder")
        return sorted(letters.values_list("topic", flat=True))

    return promised


@pytest.fixture
def events():
    def events(enquiry):
        return list(enquiry.events.values_list("kind", flat=True))

    return events

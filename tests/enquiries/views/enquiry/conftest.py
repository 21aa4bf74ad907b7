"""An enquiry with a call in the days to come, and the addresses of its pages."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from enquiries import bookings, office
from enquiries.models import LinkPurpose, sign_link
from tests.enquiries.contact_page import clock


@pytest.fixture(autouse=True)
def _offer():
    """Read the office anew in each test: what it offers is kept for a minute."""
    office.forget_offer()


@pytest.fixture
def free():
    """List the free times, from tomorrow on, in the daytime of a zone."""

    def free(zone="Australia/Sydney"):
        later = clock() + timedelta(days=1)
        slots = office.free_slots(now=clock(), zone=ZoneInfo(zone), confirmed=True)
        return [slot.starts_at for slot in slots if slot.starts_at > later]

    return free


@pytest.fixture
def booked(make_enquiry, free):
    """Book the first free time for an enquiry, altered, and give the enquiry."""

    def booked(**altered):
        enquiry = make_enquiry(**{"email_confirmed_at": clock()} | altered)
        bookings.book(enquiry, starts_at=free(enquiry.time_zone)[0], now=clock())
        return enquiry

    return booked


@pytest.fixture
def address():
    """Give the address of a page about an enquiry, by a new link."""

    def address(enquiry, page="show", *, purpose=LinkPurpose.ENQUIRY, **ago):
        enquiry.refresh_from_db()
        token = sign_link(enquiry, purpose=purpose, now=clock() - timedelta(**ago))
        return reverse(f"enquiry:{page}", args=[token])

    return address

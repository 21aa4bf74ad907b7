"""Test data for enquiries, with sensible defaults."""

import itertools
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from enquiries.models import Enquiry, EnquiryDetails, GuardianDetails

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 13:00 in Sydney
GUARDIAN = {
    "guardian_name": "Gina Guardian",
    "guardian_relationship": "parent",
    "guardian_email": "gina@example.org",
    "guardian_phone": "+61400000002",
    "guardian_phone_typed": "0400 000 002",
}
OWN_CONTACT = {
    "own_email": "ann@example.org",
    "own_phone": "+61400000001",
    "own_phone_typed": "0400 000 001",
}


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def enquiry_fields():
    """Give the columns of an adult's enquiry, or with ``minor=True`` a minor's, altered."""

    def fields(*, minor=False, **altered):
        contact = GUARDIAN if minor else OWN_CONTACT
        return (
            {
                "submission_key": uuid4(),
                "content_digest": uuid4().hex,
                "about": "child" if minor else "me",
                "interests": ["working"],
                "given_name": "Ann",
                "family_name": "Example",
                "date_of_birth": date(2012, 5, 17) if minor else date(1990, 5, 17),
                "decided_at": NOW,
                "decided_on": date(2026, 11, 23),
                "decision_zone": "Australia/Sydney",
                "site_zone": "Australia/Sydney",
                "rule_version": "2026-11",
                "country": "AU",
                "time_zone": "Australia/Sydney",
                "fallback": "email",
                "created_at": NOW,
            }
            | contact
            | altered
        )

    return fields


@pytest.fixture
def make_enquiry(db, enquiry_fields):
    """Store an adult's enquiry, or with ``minor=True`` a minor's, with columns altered."""

    def make(*, minor=False, **altered):
        return Enquiry.objects.create(**enquiry_fields(minor=minor, **altered))

    return make


@pytest.fixture
def make_details():
    """Give what an adult typed into the form, altered."""

    def make(**altered):
        return EnquiryDetails(
            **{
                "about": "me",
                "interests": ("working",),
                "given_name": "Ann",
                "family_name": "Example",
                "email": "ann@example.org",
                "phone": "+61400000001",
                "phone_typed": "0400 000 001",
                "country": "AU",
                "time_zone": "Australia/Sydney",
            }
            | altered
        )

    return make


@pytest.fixture
def guardian():
    return GuardianDetails(
        name="Gina Guardian",
        relationship="parent",
        email="gina@example.org",
        phone="+61400000002",
        phone_typed="0400 000 002",
    )


@pytest.fixture
def make_adviser(db):
    """Make a member of staff; each one has a name of their own."""
    numbers = itertools.count(1)

    def make(**altered):
        name = f"adviser{next(numbers)}"
        return get_user_model().objects.create_user(
            **{"username": name, "email": f"{name}@example.org", "is_staff": True} | altered
        )

    return make

"""An enquiry that an adviser claimed, and a clock."""

from datetime import timedelta

import pytest

from enquiries import triage


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def tick(now):
    """Give the next minute, so that each change has an instant of its own."""
    minutes = iter(range(1, 100))
    return lambda: now + timedelta(minutes=next(minutes))


@pytest.fixture
def claimed(make_enquiry, adviser, now):
    return triage.claim(make_enquiry(email_confirmed_at=now), by=adviser, now=now)

"""Advisers who get enquiries in turn, and one who claimed theirs."""

from datetime import time

import pytest

from enquiries import triage
from enquiries.models import Adviser, Shift
from tests.enquiries.assigning.turns import NOW

WHOLE_WEEK = range(7)


@pytest.fixture
def make_working(make_adviser):
    """Make an adviser who gets enquiries in turn and is on shift all day, altered."""

    def make(*, hours=(time(0), time(23, 59)), days=WHOLE_WEEK, **altered):
        user = make_adviser()
        for day in days:
            Shift.objects.create(staff=user, weekday=day, starts=hours[0], ends=hours[1])
        Adviser.objects.create(**{"user": user, "is_in_turn": True} | altered)
        return user

    return make


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def claimed(make_enquiry, adviser):
    return triage.claim(make_enquiry(), by=adviser, now=NOW)

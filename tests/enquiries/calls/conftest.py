"""An adviser, an enquiry of theirs, and calls that they make."""

import pytest

from enquiries.calls import record_call, start_call
from enquiries.models import Enquiry, FollowUpReason


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def owned(make_enquiry, adviser, now):
    """Give an enquiry of the adviser whose first call is due."""
    enquiry = make_enquiry(state="assigned", owner=adviser, claimed_at=now)
    enquiry.follow_ups.create(reason=FollowUpReason.FIRST_CALL, due_at=now, created_at=now)
    return enquiry


@pytest.fixture
def record(owned, adviser, now):
    """Begin the adviser's call and record what came of it; give the enquiry as it is then."""

    def record(outcome, *, at=now, enquiry=owned):
        start_call(enquiry, by=adviser, now=at)
        record_call(enquiry, by=adviser, outcome=outcome, now=at, remark="As it was")
        return Enquiry.objects.get(pk=enquiry.pk)

    return record

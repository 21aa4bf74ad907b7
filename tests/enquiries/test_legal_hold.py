"""A legal hold on one enquiry stops its own erasure, and that of nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from enquiries import data_requests, retention
from enquiries.models import Enquiry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=1000)


@pytest.fixture
def closed(make_enquiry):
    def closed(**altered):
        return make_enquiry(**{"state": "done", "closed_at": LONG_AGO, **altered})

    return closed


@pytest.fixture
def kept(closed):
    """Give an enquiry that one on legal hold repeats, and one that comes after it."""
    original = closed()
    closed(state="duplicate", duplicate_of=original, legal_hold_since=LONG_AGO)
    return original


def test_retention_goes_on_after_what_must_stay(kept, closed):
    after = closed()
    retention.keep_periods(now=NOW)
    left = set(Enquiry.objects.values_list("pk", flat=True))
    assert kept.pk in left
    assert after.pk not in left


def test_deletions_go_on_after_what_must_stay(kept, closed):
    after = closed()
    for enquiry in (kept, after):
        data_requests.ask_for_deletion(enquiry, now=LONG_AGO)
    assert data_requests.carry_out_due_deletions(now=NOW) == 1
    left = set(Enquiry.objects.values_list("pk", flat=True))
    assert kept.pk in left
    assert after.pk not in left


def test_who_asked_for_what_repeats_another_goes_with_it(closed):
    original = closed()
    repeat = closed(state="duplicate", duplicate_of=original)
    for enquiry in (original, repeat):
        data_requests.ask_for_deletion(enquiry, now=LONG_AGO)
    assert data_requests.carry_out_due_deletions(now=NOW) == 1
    assert not Enquiry.objects.exists()

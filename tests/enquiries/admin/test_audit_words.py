"""What auditors read of a record: words, where the database has names of columns and numbers."""

import pytest
from django.urls import reverse

from enquiries.models import ChangeRecord, Enquiry, FollowUp

pytestmark = pytest.mark.django_db
CHANGES = reverse("admin:enquiries_changerecord_changelist")
ACCESSES = reverse("admin:enquiries_accessrecord_changelist")


def test_people_and_other_enquiries_are_named(read, adviser, make_enquiry, do):
    enquiry, first = make_enquiry(), make_enquiry()
    do(adviser, "claim", enquiry)
    do(adviser, "to_duplicate", enquiry, original=first.reference)
    page = read(CHANGES, q=enquiry.reference)
    assert "Owner: nothing → Mia Chen" in page
    assert f"Duplicate of: nothing → {first.reference}" in page


def test_days_and_choices_read_as_on_the_pages(read, make_enquiry, now):
    enquiry = make_enquiry()
    follow_up = FollowUp.objects.create(
        enquiry=enquiry, reason="call_again", due_at=now, created_at=now
    )
    FollowUp.objects.filter(pk=follow_up.pk).update(reason="send_information")
    Enquiry.objects.filter(pk=enquiry.pk).update(
        legal_hold_since=now.date(), needs_agent=True, flags=["honeypot"]
    )
    page = read(CHANGES, q=enquiry.reference)
    assert "Call again → Send information" in page
    assert f"Legal hold since: nothing → {now.day} {now:%b %Y}" in page
    assert "Needs a registered agent: No → Yes" in page
    assert "Flags: nothing → Filled in a hidden field" in page


def test_no_name_of_a_column_reaches_the_page(read, adviser, make_claimed, do):
    enquiry = make_claimed(adviser)
    do(adviser, "call", enquiry, outcome="reached")
    do(adviser, "to_done", enquiry, why="All answered")
    page = read(CHANGES, q=enquiry.reference)
    columns = {name for record in ChangeRecord.objects.all() for name in record.changed}
    underscored = {name for name in columns if "_" in name}
    assert underscored
    assert [name for name in underscored if name in page] == []


def test_a_refusal_says_what_was_not_allowed_and_where(read, adviser):
    assert adviser.client.get(CHANGES).status_code == 403
    assert f"May not view change records: {CHANGES}" in read(ACCESSES)


def test_a_page_of_changes_asks_no_more_for_more_names(
    auditor, adviser, lead, make_claimed, django_assert_max_num_queries
):
    for _ in range(5):
        make_claimed(adviser)
        make_claimed(lead)
    with django_assert_max_num_queries(10):
        auditor.client.get(CHANGES)

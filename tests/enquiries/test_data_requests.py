"""People may see what we hold about them, and have it deleted."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from enquiries.data_requests import ask_for_deletion, carry_out_due_deletions, copy_for_person
from enquiries.models import DataRequest, Enquiry, Erasure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_a_copy_holds_what_was_typed_and_what_we_did(submit_whole, make_adviser):
    enquiry = submit_whole()
    adviser = make_adviser(first_name="Secret", last_name="Staffer")
    enquiry.notes.create(by=adviser, at=NOW, text="Asked about nursing")
    call = enquiry.call_attempts.create(by=adviser, at=NOW, outcome="reached", number_ending="001")
    enquiry.opinions.create(attempt=call, helped="partly", words="Too fast", at=NOW)
    held = json.loads(copy_for_person(enquiry, now=NOW))
    assert held["answers"]["own_email"] == "ann@example.org"
    assert held["answers"]["date_of_birth"] == "1990-05-17"
    assert held["notes"][0]["text"] == "Asked about nursing"
    assert held["calls_made"][0]["outcome"] == "Reached"
    assert [(each["helped"], each["words"]) for each in held["said_of_calls"]] == [
        ("Partly", "Too fast")
    ]
    assert held["resume"]["name"] == "cv.pdf"
    assert [each["to"] for each in held["agreements"]] == ["Contact about the enquiry"]
    assert "Staffer" not in json.dumps(held)
    asked = DataRequest.objects.get()
    assert (asked.kind, asked.done_at) == ("access", NOW)
    assert enquiry.events.filter(kind="data_requested").exists()


def test_a_guardians_copy_holds_the_guardians_contact_alone(make_enquiry):
    held = json.loads(copy_for_person(make_enquiry(minor=True), now=NOW))
    assert held["answers"]["guardian_email"] == "gina@example.org"
    assert not [name for name in held["answers"] if name.startswith("own_")]


def test_a_wish_to_be_deleted_stops_the_calls_at_once(make_enquiry, make_callback):
    enquiry = make_enquiry()
    make_callback(enquiry, starts_at=NOW + timedelta(hours=5))
    asked = ask_for_deletion(enquiry, now=NOW)
    enquiry.refresh_from_db()
    assert (enquiry.state, asked.due_at) == ("withdrawn", NOW + timedelta(days=7))
    assert not enquiry.callbacks.current().exists()


def test_asked_twice_it_is_one_wish(make_enquiry):
    enquiry = make_enquiry()
    first = ask_for_deletion(enquiry, now=NOW)
    assert ask_for_deletion(enquiry, now=NOW + timedelta(days=1)) == first
    assert enquiry.events.filter(kind="data_requested").count() == 1


def test_it_is_carried_out_when_it_is_due(make_enquiry):
    enquiry = make_enquiry()
    ask_for_deletion(enquiry, now=NOW)
    almost = NOW + timedelta(days=7) - timedelta(minutes=1)
    assert carry_out_due_deletions(now=almost) == 0
    assert carry_out_due_deletions(now=NOW + timedelta(days=7)) == 1
    assert not Enquiry.objects.exists()
    assert Erasure.objects.get().why == "The person asked for it"


def test_a_legal_hold_makes_it_wait(make_enquiry):
    ask_for_deletion(make_enquiry(legal_hold_since=date(2026, 1, 1)), now=NOW)
    assert carry_out_due_deletions(now=NOW + timedelta(days=30)) == 0

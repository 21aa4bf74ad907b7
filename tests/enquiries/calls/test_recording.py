"""What is recorded of a call, and of whom none is recorded."""

from datetime import timedelta

import pytest
from django.core import mail

from enquiries.calls import NobodyToCall, record_call
from enquiries.followups import EnquiryClosed
from enquiries.letters import send_letter
from enquiries.models import CallAttempt, CallOutcome, Event, FollowUp, OutboxMessage

pytestmark = pytest.mark.django_db


def test_a_call_is_recorded_with_the_last_digits_only(make_enquiry, make_adviser, now):
    adviser = make_adviser()
    attempt = record_call(
        make_enquiry(), by=adviser, outcome=CallOutcome.NO_ANSWER, now=now, remark="rang long"
    )
    assert (attempt.by, attempt.at, attempt.number_ending) == (adviser, now, "001")
    assert not attempt.to_guardian
    event = Event.objects.get(kind="call_recorded")
    assert (event.kind, event.why) == ("call_recorded", "No answer")


def test_a_call_about_a_minor_goes_to_the_guardian(make_enquiry, make_adviser, now):
    attempt = record_call(
        make_enquiry(minor=True), by=make_adviser(), outcome=CallOutcome.MINOR_ANSWERED, now=now
    )
    assert attempt.to_guardian
    assert attempt.number_ending == "002"


def test_nobody_is_called_while_a_guardian_is_missing(make_enquiry, make_adviser, now):
    enquiry = make_enquiry(
        minor=True, hold="needs_guardian", guardian_phone="", guardian_phone_typed=""
    )
    with pytest.raises(NobodyToCall):
        record_call(enquiry, by=make_adviser(), outcome=CallOutcome.REACHED, now=now)
    record_call(enquiry, by=make_adviser(), outcome=CallOutcome.THEY_CALLED, now=now)
    assert [attempt.outcome for attempt in CallAttempt.objects.all()] == ["they_called"]


def test_no_call_is_recorded_on_a_closed_enquiry(make_enquiry, make_adviser, now):
    enquiry = make_enquiry(state="done", closed_at=now)
    with pytest.raises(EnquiryClosed):
        record_call(enquiry, by=make_adviser(), outcome=CallOutcome.REACHED, now=now)


def test_a_busy_line_that_is_dialled_again_at_once_was_called_twice(
    make_enquiry, make_adviser, now
):
    enquiry, adviser = make_enquiry(state="assigned", owner=make_adviser()), make_adviser()
    for seconds in (0, 40):
        at = now + timedelta(seconds=seconds)
        record_call(enquiry, by=adviser, outcome=CallOutcome.BUSY, now=at)
    assert CallAttempt.objects.filter(outcome="busy").count() == 2
    assert FollowUp.objects.open().count() == 1


def test_whom_we_cannot_reach_on_two_days_is_invited_once_to_choose_again(
    make_enquiry, make_callback, make_adviser, now
):
    enquiry, adviser = make_enquiry(), make_adviser()
    make_callback(enquiry, starts_at=now)
    invitations = OutboxMessage.objects.filter(enquiry=enquiry, topic="reschedule_invitation")
    for hours, promised in [(1, 0), (2, 0), (3, 0), (26, 1), (27, 1)]:
        at = now + timedelta(hours=hours)
        record_call(enquiry, by=adviser, outcome=CallOutcome.NO_ANSWER, now=at)
        assert invitations.count() == promised
    send_letter(invitations.get(), now=now + timedelta(hours=28))
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]

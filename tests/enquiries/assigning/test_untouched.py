"""What its owner does nothing about goes back, and nothing else does."""

from datetime import timedelta

import pytest

from enquiries import agents, assigning, replies, triage
from enquiries.calls import record_call
from enquiries.followups import schedule_follow_up
from enquiries.models import CallbackPolicy, CallOutcome, Event, FollowUpReason
from enquiries.transitions import Hold, State
from tests.enquiries.assigning.turns import LATER, NOW, TOMORROW

pytestmark = pytest.mark.django_db


def test_an_untouched_enquiry_goes_back_when_its_minutes_are_over(claimed, adviser):
    CallbackPolicy.objects.update(return_minutes=45)
    due = NOW + timedelta(minutes=45)
    assert assigning.return_untouched(now=due - timedelta(seconds=1)) == 0
    assert assigning.return_untouched(now=due) == 1
    claimed.refresh_from_db()
    assert (claimed.state, claimed.owner, claimed.claimed_at) == ("new", None, None)
    event = Event.objects.latest("id")
    assert (event.kind, event.by, event.from_owner, event.why) == (
        "returned", None, adviser, "Nothing was done for 45 minutes",
    )  # fmt: skip
    assert assigning.return_untouched(now=due) == 0


TOUCHES = {
    "a note": lambda e, by, at: triage.add_note(e, text="Looked", by=by, now=at),
    "a reply": lambda e, by, at: replies.write_reply(
        e, subject="Hello", text="Soon", by=by, now=at
    ),
    "a mark": lambda e, by, at: agents.need_agent(e, by=by, now=at),
    "a call that they made": lambda e, by, at: record_call(
        e, by=by, outcome=CallOutcome.THEY_CALLED, now=at
    ),
    "a follow-up to come": lambda e, by, _: schedule_follow_up(
        e, due_at=TOMORROW, reason=FollowUpReason.CALL_AGAIN, now=NOW, owner=by
    ),
}


def test_what_its_owner_touched_stays_theirs(claimed, make_enquiry, make_callback, adviser):
    wrong = []
    for name, touch in TOUCHES.items():
        enquiry = triage.claim(make_enquiry(), by=adviser, now=NOW)
        touch(enquiry, adviser, NOW + timedelta(minutes=1))
        if enquiry in assigning.untouched(now=LATER):
            wrong.append(name)
    booked = triage.claim(make_enquiry(), by=adviser, now=NOW)
    make_callback(booked, starts_at=TOMORROW)
    if booked in assigning.untouched(now=LATER):
        wrong.append("a call to come")
    assert wrong == []
    assert list(assigning.untouched(now=LATER)) == [claimed]


def test_whom_we_spoke_with_nobody_calls_again_because_time_passed(claimed, adviser):
    record_call(claimed, by=adviser, outcome=CallOutcome.REACHED, now=NOW)
    assert assigning.return_untouched(now=NOW + timedelta(days=3)) == 0


def test_what_others_did_keeps_it_for_nobody(claimed, make_adviser, make_callback):
    other = make_adviser()
    triage.add_note(claimed, text="Whose is it?", by=other, now=NOW + timedelta(minutes=1))
    reason = FollowUpReason.CALL_AGAIN
    schedule_follow_up(claimed, due_at=TOMORROW, reason=reason, now=NOW, owner=other)
    make_callback(claimed, starts_at=NOW + timedelta(minutes=10))  # its time is over by then
    assert assigning.return_untouched(now=LATER) == 1


@pytest.mark.parametrize(
    "altered",
    [
        {"state": State.IN_CALL},
        {"state": State.SCHEDULED},
        {"state": State.FOLLOW_UP},
        {"hold": Hold.NEEDS_INFO, "state": State.ASSIGNED},
    ],
)
def test_the_timer_never_ends_a_call_a_promise_or_a_hold(make_enquiry, adviser, altered):
    make_enquiry(owner=adviser, claimed_at=NOW - timedelta(days=9), **altered)
    assert assigning.return_untouched(now=NOW) == 0

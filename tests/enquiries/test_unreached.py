"""Giving up: seven days after an invitation that nobody answered."""

from datetime import timedelta

import pytest

from enquiries import daily, unreached
from enquiries.calls import record_call
from enquiries.models import CallOutcome, Enquiry, Event, OutboxMessage
from enquiries.selfservice import choose_time
from enquiries.transitions import State

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def invited(make_enquiry, adviser, now):
    """Give an enquiry that was called in vain on three days, and invited on the last."""
    enquiry = make_enquiry(state="assigned", owner=adviser, claimed_at=now)
    for days in range(3):
        at = now + DAY * days
        record_call(enquiry, by=adviser, outcome=CallOutcome.NO_ANSWER, now=at)
    assert OutboxMessage.objects.filter(topic="reschedule_invitation").exists()
    return Enquiry.objects.get(pk=enquiry.pk)


def closed(*, at):
    return unreached.close_unreached(now=at)


def test_after_seven_days_without_an_answer_the_enquiry_is_closed(invited, now):
    over = now + DAY * 9
    assert closed(at=over - timedelta(seconds=1)) == 0
    assert closed(at=over) == 1
    invited.refresh_from_db()
    assert (invited.state, invited.closed_at) == ("closed_unreached", over)
    event = Event.objects.latest("pk")
    assert (event.kind, event.from_state, event.to_state, event.by, event.why) == (
        "state_changed", "follow_up", "closed_unreached", None, unreached.WHY,
    )  # fmt: skip
    assert closed(at=over) == 0


def test_it_is_looked_for_with_what_falls_due_by_time():
    assert unreached.close_unreached in daily.VERBS


def test_who_chose_another_time_stays_open(invited, now):
    choose_time(invited, starts_at=None, now=now + DAY * 3)
    assert closed(at=now + DAY * 30) == 0


@pytest.mark.parametrize("outcome", [CallOutcome.THEY_CALLED, CallOutcome.REACHED])
def test_whom_we_spoke_with_since_stays_open(invited, adviser, now, outcome):
    record_call(invited, by=adviser, outcome=outcome, now=now + DAY * 3)
    assert closed(at=now + DAY * 30) == 0


def test_another_try_in_vain_gives_seven_days_more(invited, adviser, now):
    record_call(invited, by=adviser, outcome=CallOutcome.NO_ANSWER, now=now + DAY * 4)
    assert closed(at=now + DAY * 10) == 0
    assert closed(at=now + DAY * 11) == 1


def test_what_staff_plan_or_hold_stays_open(invited, now):
    over = now + DAY * 9
    plan = invited.follow_ups.create(reason="call_again", due_at=over, created_at=now)
    assert closed(at=over) == 0
    plan.delete()
    for held in ("needs_guardian", "reconsent"):
        Enquiry.objects.update(hold=held)
        assert closed(at=over) == 0
    Enquiry.objects.update(hold="")
    Enquiry.objects.update(state=State.IN_CALL)
    assert closed(at=over) == 0

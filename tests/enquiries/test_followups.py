from datetime import timedelta

import pytest

from enquiries.followups import (
    EnquiryClosed,
    LastPromise,
    NextStep,
    close_follow_up,
    schedule_follow_up,
)
from enquiries.models import Event, FollowUp, FollowUpReason

pytestmark = pytest.mark.django_db


@pytest.fixture
def schedule(now):
    def schedule(enquiry, **altered):
        return schedule_follow_up(
            enquiry,
            **{
                "due_at": now + timedelta(hours=2),
                "reason": FollowUpReason.CALL_AGAIN,
                "now": now,
            }
            | altered,
        )

    return schedule


def test_a_follow_up_is_due_when_its_time_has_come(make_enquiry, schedule, now):
    follow_up = schedule(make_enquiry())
    assert list(FollowUp.objects.open()) == [follow_up]
    assert not FollowUp.objects.due(now=now)
    assert list(FollowUp.objects.due(now=now + timedelta(hours=2))) == [follow_up]
    assert Event.objects.get().kind == "follow_up_scheduled"


def test_a_closed_enquiry_gets_no_follow_up(make_enquiry, schedule, now):
    with pytest.raises(EnquiryClosed):
        schedule(make_enquiry(state="done", closed_at=now))
    assert not FollowUp.objects.exists()


def test_a_follow_up_is_closed_once(make_enquiry, make_adviser, schedule, now):
    follow_up = schedule(make_enquiry())
    first, second = make_adviser(), make_adviser()
    assert close_follow_up(follow_up, by=first, now=now)
    assert not close_follow_up(follow_up, by=second, now=now)
    follow_up.refresh_from_db()
    assert follow_up.done_by == first
    assert [event.kind for event in Event.objects.all()] == [
        "follow_up_scheduled", "follow_up_closed",
    ]  # fmt: skip


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def waits(make_enquiry, schedule, adviser):
    """Give the one follow-up that an enquiry waits for."""
    enquiry = make_enquiry(state="follow_up", owner=adviser)
    return schedule(enquiry, owner=adviser)


def test_the_last_promise_to_who_waits_for_it_is_not_closed(waits, schedule, adviser, now):
    with pytest.raises(LastPromise):
        close_follow_up(waits, by=adviser, now=now)
    assert list(FollowUp.objects.open()) == [waits]
    other = schedule(waits.enquiry, reason=FollowUpReason.SEND_INFORMATION)
    assert close_follow_up(waits, by=adviser, now=now)
    with pytest.raises(LastPromise):
        close_follow_up(other, by=adviser, now=now)
    assert list(FollowUp.objects.open()) == [other]


def test_the_last_promise_is_closed_with_the_next_one(waits, make_adviser, adviser, now):
    step = NextStep(reason=FollowUpReason.SEND_INFORMATION, due_at=now + timedelta(days=1))
    lead = make_adviser()
    assert close_follow_up(waits, by=lead, now=now, next_step=step)
    assert not close_follow_up(waits, by=lead, now=now, next_step=step)  # pressed twice
    following = FollowUp.objects.open().get()
    assert (following.reason, following.due_at) == (step.reason, step.due_at)
    assert following.owner == adviser


def test_a_closed_enquiry_gets_no_next_step(make_enquiry, adviser, now):
    closed = make_enquiry(state="done", owner=adviser, closed_at=now)
    left = FollowUp.objects.create(
        enquiry=closed, reason=FollowUpReason.CALL_AGAIN, due_at=now, created_at=now
    )
    step = NextStep(reason=FollowUpReason.CALL_AGAIN, due_at=now + timedelta(days=1))
    with pytest.raises(EnquiryClosed):
        close_follow_up(left, by=adviser, now=now, next_step=step)
    assert close_follow_up(left, by=adviser, now=now)

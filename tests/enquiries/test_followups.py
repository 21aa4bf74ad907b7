from datetime import timedelta

import pytest

from enquiries.followups import EnquiryClosed, close_follow_up, schedule_follow_up
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

"""A call that nobody ended is ended, and nothing that was promised is lost."""

from datetime import timedelta

import pytest

from enquiries import daily
from enquiries.calls import end_forgotten_calls, record_call, start_call
from enquiries.models import CallAttempt, CallOutcome, Enquiry, Event, FollowUp

pytestmark = pytest.mark.django_db


class TestForgotten:
    """A call that was begun and never recorded."""

    @pytest.fixture
    def begun(self, make_enquiry, make_adviser, now):
        return start_call(make_enquiry(), by=make_adviser(), now=now)

    def test_it_ends_after_four_hours_and_is_still_its_owners(self, begun, now):
        assert end_forgotten_calls(now=now + timedelta(hours=3, minutes=59)) == 0
        over = now + timedelta(hours=4)
        assert end_forgotten_calls(now=over) == 1
        after = Enquiry.objects.get()
        assert (after.state, after.owner) == ("follow_up", begun.owner)
        assert not CallAttempt.objects.exists()
        [promised] = FollowUp.objects.open()
        assert (promised.reason, promised.owner, promised.due_at) == (
            "call_again", begun.owner, over,
        )  # fmt: skip
        event = Event.objects.latest("id")
        assert (event.from_state, event.to_state, event.by) == ("in_call", "follow_up", None)
        assert end_forgotten_calls(now=over) == 0
        assert end_forgotten_calls in daily.EACH_MINUTE

    def test_what_was_promised_stands(self, begun, now):
        begun.follow_ups.create(reason="first_call", due_at=now, created_at=now)
        assert end_forgotten_calls(now=now + timedelta(hours=4)) == 1
        assert [each.reason for each in FollowUp.objects.open()] == ["first_call"]

    def test_a_booked_call_to_come_is_what_it_waits_for(self, begun, make_callback, now):
        make_callback(begun, starts_at=now + timedelta(days=1))
        assert end_forgotten_calls(now=now + timedelta(hours=4)) == 1
        assert Enquiry.objects.get().state == "scheduled"

    @pytest.mark.parametrize("hold", ["needs_guardian", "reconsent"])
    def test_it_ends_on_hold_too(self, begun, make_callback, now, hold):
        make_callback(begun, starts_at=now + timedelta(days=1))
        Enquiry.objects.update(hold=hold)
        assert end_forgotten_calls(now=now + timedelta(hours=4)) == 1
        assert Enquiry.objects.get().state == "assigned"

    def test_one_that_was_begun_again_goes_on(self, begun, now):
        record_call(begun, by=begun.owner, outcome=CallOutcome.BUSY, now=now)
        start_call(begun, by=begun.owner, now=now + timedelta(minutes=30))
        assert end_forgotten_calls(now=now + timedelta(hours=4)) == 0

"""What a recorded call leads to: another one, an answer, or nothing more."""

from datetime import time, timedelta

import pytest

from enquiries.calls import record_call
from enquiries.models import (
    CallAttempt,
    CallOutcome,
    Enquiry,
    Event,
    FollowUp,
    OfficeHours,
    OutboxMessage,
)
from tests.enquiries.calls.told import events, here, promised

pytestmark = pytest.mark.django_db


class TestWhatFollows:
    """What a recorded call leads to."""

    def test_who_was_reached_is_assigned_and_nothing_is_due(self, record, owned, now):
        after = record(CallOutcome.REACHED)
        assert (after.state, after.last_contact_at, promised(owned)) == ("assigned", now, [])
        assert events(owned) == ["call_started", "call_recorded", "follow_up_closed"]
        recorded = Event.objects.get(kind="call_recorded")
        assert (recorded.from_state, recorded.to_state) == ("in_call", "assigned")
        assert CallAttempt.objects.get().remark == "As it was"

    def test_who_was_reached_may_still_be_owed_something(self, record, owned, now):
        owned.follow_ups.create(reason="send_information", due_at=now, created_at=now)
        assert record(CallOutcome.REACHED).state == "follow_up"
        assert [reason for reason, _ in promised(owned)] == ["send_information"]

    @pytest.mark.parametrize(
        "outcome",
        [
            CallOutcome.NO_ANSWER,
            CallOutcome.VOICEMAIL,
            CallOutcome.BUSY,
            CallOutcome.ASKED_LATER,
            CallOutcome.MINOR_ANSWERED,
        ],
    )
    def test_who_was_not_reached_is_called_again(self, record, adviser, outcome):
        assert record(outcome).state == "follow_up"
        [follow_up] = FollowUp.objects.open()
        assert (follow_up.reason, follow_up.owner) == ("call_again", adviser)
        assert follow_up.due_at == here("2026-11-24 09:00")  # the first try was at 13:00

    def test_each_try_answers_the_one_before(self, record, owned):
        record(CallOutcome.NO_ANSWER)
        record(CallOutcome.VOICEMAIL, at=here("2026-11-24 09:05"))
        assert promised(owned) == [("call_again", here("2026-11-24 18:00"))]
        assert FollowUp.objects.filter(done_at__isnull=False).count() == 2

    def test_after_the_third_try_they_have_seven_days_to_choose(self, record, owned):
        for clock in ("2026-11-23 13:00", "2026-11-24 09:05", "2026-11-24 18:02"):
            after = record(CallOutcome.NO_ANSWER, at=here(clock))
        # The call after that is for the case that they answer; else the enquiry is closed before.
        assert (after.state, promised(owned)) == (
            "follow_up", [("call_again", here("2026-12-02 09:00"))],
        )  # fmt: skip
        assert OutboxMessage.objects.filter(topic="reschedule_invitation").count() == 1

    def test_speaking_with_them_begins_the_ladder_anew(self, record, owned):
        record(CallOutcome.NO_ANSWER)
        record(CallOutcome.NO_ANSWER, at=here("2026-11-24 09:05"))
        record(CallOutcome.ASKED_LATER, at=here("2026-11-24 18:02"))
        record(CallOutcome.NO_ANSWER, at=here("2026-11-25 09:05"))
        assert promised(owned) == [("call_again", here("2026-11-25 12:00"))]
        assert not OutboxMessage.objects.filter(topic="reschedule_invitation").exists()

    def test_choosing_another_time_begins_the_ladder_anew(self, record, owned, make_callback):
        for clock in ("2026-11-23 13:00", "2026-11-24 09:05", "2026-11-24 18:02"):
            record(CallOutcome.NO_ANSWER, at=here(clock))
        chosen = here("2026-11-26 09:00")
        make_callback(owned, starts_at=chosen, created_at=here("2026-11-25 08:00"))
        record(CallOutcome.NO_ANSWER, at=chosen)
        assert promised(owned) == [("call_again", here("2026-11-26 12:00"))]

    def test_a_wrong_number_holds_the_enquiry_until_the_right_one_comes(self, record, owned, now):
        after = record(CallOutcome.WRONG_NUMBER)
        assert (after.state, after.hold) == ("follow_up", "needs_info")
        assert promised(owned) == [("send_information", now + timedelta(hours=4))]
        recorded = Event.objects.get(kind="call_recorded")
        assert (recorded.from_hold, recorded.to_hold) == ("", "needs_info")

    def test_of_who_wants_no_call_staff_decide(self, record, owned):
        assert record(CallOutcome.REFUSED).state == "assigned"
        assert promised(owned) == []

    def test_when_the_young_person_answers_the_guardian_is_called_again(
        self, make_enquiry, adviser, now
    ):
        minor = make_enquiry(minor=True)
        attempt = record_call(minor, by=adviser, outcome=CallOutcome.MINOR_ANSWERED, now=now)
        assert (attempt.to_guardian, attempt.number_ending) == (True, "002")
        assert [reason for reason, _ in promised(minor)] == ["call_again"]

    def test_a_time_that_they_chose_stands(self, record, owned, make_callback, now):
        chosen = now + timedelta(hours=3)
        make_callback(owned, starts_at=chosen)
        FollowUp.objects.update(due_at=chosen)
        assert record(CallOutcome.NO_ANSWER).state == "scheduled"
        assert promised(owned) == [("first_call", chosen)]

    def test_a_call_some_minutes_early_is_the_one_that_was_booked(
        self, record, owned, make_callback, now
    ):
        chosen = now + timedelta(minutes=5)
        make_callback(owned, starts_at=chosen)
        FollowUp.objects.update(due_at=chosen)
        assert record(CallOutcome.REACHED).state == "assigned"
        assert promised(owned) == []

    def test_they_may_call_us_at_night(self, make_enquiry, adviser):
        late = here("2026-11-23 23:59")
        enquiry = make_enquiry(time_zone="Asia/Kathmandu")
        record_call(enquiry, by=adviser, outcome=CallOutcome.THEY_CALLED, now=late)
        assert Enquiry.objects.get(pk=enquiry.pk).state == "new"
        assert promised(enquiry) == []

    def test_where_we_can_never_call_an_answer_is_written(self, make_enquiry, adviser, now):
        OfficeHours.objects.filter(opens=time(18)).delete()  # our evenings are London's mornings
        far = make_enquiry(time_zone="Europe/London")
        record_call(far, by=adviser, outcome=CallOutcome.ASKED_LATER, now=now)
        assert promised(far) == [("send_information", now + timedelta(hours=4))]

    def test_a_call_on_hold_for_a_guardian_is_not_scheduled(self, make_enquiry, adviser, now):
        enquiry = make_enquiry(
            minor=True, hold="needs_guardian", state="assigned", owner=adviser, claimed_at=now
        )
        record_call(enquiry, by=adviser, outcome=CallOutcome.THEY_CALLED, now=now)
        assert Enquiry.objects.get(pk=enquiry.pk).hold == "needs_guardian"

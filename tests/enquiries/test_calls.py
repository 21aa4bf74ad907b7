"""Calls: whom we may call and when, and what follows from what came of it."""

import threading
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection, transaction

from enquiries import daily
from enquiries.calls import (
    AlreadyInCall,
    NobodyToCall,
    OutsideDaytime,
    OwnedByAnother,
    end_forgotten_calls,
    record_call,
    start_call,
)
from enquiries.followups import EnquiryClosed
from enquiries.letters import send_letter
from enquiries.models import (
    CallAttempt,
    CallOutcome,
    Enquiry,
    Event,
    FollowUp,
    FollowUpReason,
    OfficeHours,
    OutboxMessage,
)
from enquiries.transitions import State, TransitionRefused

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


SYDNEY = ZoneInfo("Australia/Sydney")


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=SYDNEY)


def events(enquiry):
    return [event.kind for event in Event.objects.filter(enquiry=enquiry)]


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def owned(make_enquiry, adviser, now):
    """Give an enquiry of the adviser whose first call is due."""
    enquiry = make_enquiry(state="assigned", owner=adviser, claimed_at=now)
    enquiry.follow_ups.create(reason=FollowUpReason.FIRST_CALL, due_at=now, created_at=now)
    return enquiry


@pytest.fixture
def record(owned, adviser, now):
    """Begin the adviser's call and record what came of it; give the enquiry as it is then."""

    def record(outcome, *, at=now, enquiry=owned):
        start_call(enquiry, by=adviser, now=at)
        record_call(enquiry, by=adviser, outcome=outcome, now=at, remark="As it was")
        return Enquiry.objects.get(pk=enquiry.pk)

    return record


def promised(enquiry):
    return [(each.reason, each.due_at) for each in FollowUp.objects.open().filter(enquiry=enquiry)]


class TestBeginning:
    """Whether a call may begin."""

    def test_a_call_to_a_new_enquiry_claims_it(self, make_enquiry, adviser, now):
        called = start_call(make_enquiry(), by=adviser, now=now)
        assert (called.state, called.owner, called.claimed_at) == ("in_call", adviser, now)
        claimed, started = Event.objects.filter(enquiry=called)
        assert (claimed.kind, claimed.from_state, claimed.to_state) == (
            "claimed",
            "new",
            "assigned",
        )
        assert (started.kind, started.to_state, started.by) == ("call_started", "in_call", adviser)

    @pytest.mark.parametrize("state", [State.SCHEDULED, State.FOLLOW_UP])
    def test_what_waits_for_a_call_is_called(self, owned, make_callback, adviser, now, state):
        make_callback(owned, starts_at=now)
        Enquiry.objects.filter(pk=owned.pk).update(state=state)
        assert start_call(owned, by=adviser, now=now).state == "in_call"
        assert events(owned) == ["call_started"]

    def test_what_is_due_and_nobodys_becomes_the_callers(self, make_enquiry, adviser, now):
        called = start_call(make_enquiry(state="follow_up"), by=adviser, now=now)
        assert (called.state, called.owner) == ("in_call", adviser)
        assert events(called) == ["claimed", "call_started"]

    def test_a_second_press_changes_nothing(self, owned, adviser, now):
        start_call(owned, by=adviser, now=now)
        assert start_call(owned, by=adviser, now=now).state == "in_call"
        assert events(owned) == ["call_started"]

    @pytest.mark.parametrize(
        ("zone", "clock", "is_day"),
        [
            ("Australia/Sydney", "2026-11-24 07:59", False),
            ("Australia/Sydney", "2026-11-24 08:00", True),
            ("Australia/Sydney", "2026-11-24 19:59", True),
            ("Australia/Sydney", "2026-11-24 20:00", False),
            ("Australia/Sydney", "2026-11-24 23:59", False),
            ("Asia/Kathmandu", "2026-11-24 13:14", False),
            ("Asia/Kathmandu", "2026-11-24 13:15", True),
            ("Europe/London", "2026-10-22 17:59", False),  # London is 10 hours behind
            ("Europe/London", "2026-10-22 18:00", True),
            ("Europe/London", "2026-10-27 18:00", False),  # and 11, once its clocks went back
            ("Mars/Olympus", "2026-11-24 12:00", True),
        ],
    )
    def test_we_call_from_8_to_20_where_the_person_is(self, owned, adviser, zone, clock, is_day):
        Enquiry.objects.filter(pk=owned.pk).update(time_zone=zone)
        if is_day:
            assert start_call(owned, by=adviser, now=here(clock)).state == "in_call"
        else:
            with pytest.raises(OutsideDaytime, match="It is night where they are"):
                start_call(owned, by=adviser, now=here(clock))
            assert events(owned) == []

    def test_nobody_is_called_while_a_guardian_is_missing_or_must_agree(
        self, make_enquiry, adviser, now
    ):
        no_guardian = make_enquiry(
            minor=True, hold="needs_guardian", guardian_phone="", guardian_phone_typed=""
        )
        for enquiry in (no_guardian, make_enquiry(minor=True, hold="reconsent")):
            with pytest.raises(NobodyToCall):
                start_call(enquiry, by=adviser, now=now)

    @pytest.mark.parametrize("hold", ["needs_info", "needs_guardian"])
    def test_nobody_is_called_who_is_waited_for(self, owned, adviser, now, hold):
        Enquiry.objects.filter(pk=owned.pk).update(hold=hold)
        with pytest.raises(TransitionRefused):
            start_call(owned, by=adviser, now=now)

    def test_nobody_is_called_whose_enquiry_was_closed(self, make_enquiry, adviser, now):
        with pytest.raises(EnquiryClosed):
            start_call(make_enquiry(state="done", closed_at=now), by=adviser, now=now)

    def test_a_colleague_is_told_whose_it_is(self, owned, make_adviser, adviser, now):
        with pytest.raises(OwnedByAnother, match=adviser.username) as refused:
            start_call(owned, by=make_adviser(), now=now)
        assert refused.value.owner == adviser

    def test_there_is_one_call_at_a_time(self, owned, make_enquiry, adviser, now):
        start_call(owned, by=adviser, now=now)
        other = make_enquiry()
        with pytest.raises(AlreadyInCall, match=owned.reference):
            start_call(other, by=adviser, now=now)
        record_call(owned, by=adviser, outcome=CallOutcome.REACHED, now=now)
        assert start_call(other, by=adviser, now=now).state == "in_call"


@pytest.mark.django_db(transaction=True)
def test_two_windows_of_one_adviser_begin_one_call(make_enquiry, adviser, now):
    enquiries, came = [make_enquiry() for _ in range(4)], []
    together = threading.Barrier(len(enquiries))

    def press(enquiry):
        together.wait(10)
        try:
            start_call(enquiry, by=adviser, now=now)
            came.append("begun")
        except AlreadyInCall:
            came.append("refused")
        connection.close()

    windows = [threading.Thread(target=press, args=[each]) for each in enquiries]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(came) == ["begun", "refused", "refused", "refused"]


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


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_a_rival_s_call_to_begin_is_told_whose_it_is(
    make_enquiry, make_adviser, now
):
    enquiry, winner, loser = make_enquiry(), make_adviser(), make_adviser()
    told = []

    def ring():
        try:
            start_call(enquiry, by=loser, now=now)
        except OwnedByAnother as error:
            told.append(error.owner)
        finally:
            connection.close()

    thread = threading.Thread(target=ring)
    with transaction.atomic():
        start_call(enquiry, by=winner, now=now)
        thread.start()
        thread.join(timeout=1)  # it waits for the row
    thread.join()
    assert told == [winner]

"""Whom we may call, when, and who of several is the one to call."""

import threading

import pytest
from django.db import connection, transaction

from enquiries.calls import (
    AlreadyInCall,
    NobodyToCall,
    OutsideDaytime,
    OwnedByAnother,
    record_call,
    start_call,
)
from enquiries.followups import EnquiryClosed
from enquiries.models import CallOutcome, Enquiry, Event
from enquiries.transitions import State, TransitionRefused
from tests.enquiries.calls.told import events, here

pytestmark = pytest.mark.django_db


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

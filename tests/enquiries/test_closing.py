"""Closing an enquiry by staff: who had a call in their calendar is told that it is off."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from enquiries import bookings, letters, triage
from enquiries.calls import record_call
from enquiries.models import CallOutcome
from enquiries.transitions import State, TransitionRefused

pytestmark = pytest.mark.django_db

NOON_IN_SYDNEY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def booked(make_enquiry, adviser, now):
    enquiry = triage.claim(make_enquiry(email_confirmed_at=now), by=adviser, now=now)
    bookings.book(enquiry, starts_at=NOON_IN_SYDNEY, now=now)
    return enquiry


@pytest.fixture
def sent(booked, adviser):
    """Close the enquiry, and give the letters that go out then."""

    def sent(state, *, at, **facts):
        triage.change_state(booked, to_state=state, by=adviser, now=at, why="Answered", **facts)
        booked.refresh_from_db()
        for message in booked.outbox_messages.order_by("pk"):
            letters.send_letter(message, now=at)
        return mail.outbox

    return sent


def test_who_waits_for_a_call_is_told_that_it_is_off(sent, make_enquiry, now):
    [letter] = sent(State.DUPLICATE, at=now, duplicate_of=make_enquiry())
    assert "so your call is cancelled" in letter.body
    assert "so your call is cancelled" in str(letter.alternatives[0][0])
    [calendar_file] = letter.attachments
    assert calendar_file.get_param("method") == "CANCEL"


@pytest.mark.usefixtures("booked")
def test_to_spam_nobody_answers(sent, now):
    assert sent(State.SPAM, at=now) == []


def test_a_call_that_was_to_be_by_now_is_not_spoken_of(sent, make_enquiry):
    later = NOON_IN_SYDNEY + timedelta(hours=1)
    assert sent(State.DUPLICATE, at=later, duplicate_of=make_enquiry()) == []


def test_no_two_enquiries_repeat_each_other(booked, make_enquiry, adviser, now):
    repeat = make_enquiry(state="duplicate", closed_at=now, duplicate_of=booked)
    with pytest.raises(TransitionRefused):
        triage.change_state(
            booked, to_state=State.DUPLICATE, by=adviser, now=now, duplicate_of=repeat
        )


def test_a_call_is_contact_so_that_the_enquiry_is_not_silent(booked, adviser, now):
    later = now + timedelta(days=100)
    record_call(booked, by=adviser, outcome=CallOutcome.REACHED, now=later)
    booked.refresh_from_db()
    assert booked.last_contact_at == later

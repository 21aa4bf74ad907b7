"""An undone closing gives back the call and what was promised, and tells whoever was told."""

import threading
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import connection

from enquiries import bookings, letters, outbox, triage, undoing
from enquiries.followups import schedule_follow_up
from enquiries.models import Callback, CallbackSlot, FollowUp, FollowUpReason, OutboxMessage
from enquiries.transitions import State
from tests.enquiries.undoing.standing import standing

pytestmark = pytest.mark.django_db
NOON_IN_SYDNEY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def book(enquiry, *, now):
    """Book the only place there is at noon."""
    bookings.book(enquiry, starts_at=NOON_IN_SYDNEY, now=now)
    CallbackSlot.objects.update(capacity=1)


@pytest.fixture
def scheduled(claimed, adviser, now, tick):
    book(claimed, now=now)
    schedule_follow_up(
        claimed, due_at=NOON_IN_SYDNEY, reason=FollowUpReason.FIRST_CALL, now=now, by=adviser
    )
    return triage.change_state(claimed, to_state=State.SCHEDULED, by=adviser, now=tick())


def close(enquiry, state, *, by, at):
    triage.change_state(enquiry, to_state=state, by=by, now=at, why="Answered")


def send_all(*, now):
    for message in OutboxMessage.objects.filter(
        topic__in=["callback_changed", "withdrawal"], done_at=None
    ):
        letters.send_letter(message, now=now)
        OutboxMessage.objects.filter(pk=message.pk).update(done_at=now)
    sent, mail.outbox[:] = list(mail.outbox), []
    return sent


@pytest.mark.parametrize("state", [State.DONE, State.SPAM, State.WITHDRAWN])
def test_an_undone_closing_gives_back_call_and_promise_and_tells_nobody(
    scheduled, adviser, tick, state
):
    before = standing(scheduled)
    close(scheduled, state, by=adviser, at=tick())
    assert CallbackSlot.objects.get().used == 0
    assert undoing.undo(scheduled, by=adviser, now=tick()).remarks == ()
    assert standing(scheduled) == before
    assert FollowUp.objects.open().count() == 1
    assert CallbackSlot.objects.get().used == 1
    assert Callback.objects.current().get().sequence == 0
    assert send_all(now=tick()) == []
    close(scheduled, State.DONE, by=adviser, at=tick())  # once more: the letter is not lost
    assert len(send_all(now=tick())) == 1


def test_a_follow_up_that_was_done_before_the_closing_stays_done(scheduled, adviser, tick):
    FollowUp.objects.update(done_at=tick(), done_by=adviser)
    close(scheduled, State.DONE, by=adviser, at=tick())
    undoing.undo(scheduled, by=adviser, now=tick())
    assert not FollowUp.objects.open().exists()


def test_a_place_that_was_taken_meanwhile_is_said_to_be_lost(
    scheduled, make_enquiry, adviser, now, tick
):
    close(scheduled, State.DONE, by=adviser, at=tick())
    CallbackSlot.objects.update(used=1)  # by somebody else
    undone = undoing.undo(scheduled, by=adviser, now=tick())
    assert "was taken meanwhile" in undone.remarks[0]
    assert standing(scheduled)["state"] == "assigned"
    [letter] = send_all(now=tick())
    assert "Your call is cancelled. We keep your request" in letter.body


def test_who_was_told_that_the_call_is_off_is_told_that_it_stands(scheduled, adviser, tick):
    close(scheduled, State.DONE, by=adviser, at=tick())
    [cancelled] = send_all(now=tick())
    undone = undoing.undo(scheduled, by=adviser, now=tick())
    assert "tells them that it stands" in undone.remarks[0]
    [again] = send_all(now=tick())
    assert "Tuesday 24 November 2026, 12:00" in again.body
    methods = [each.attachments[0].get_param("method") for each in (cancelled, again)]
    assert methods == ["CANCEL", "PUBLISH"]
    assert Callback.objects.current().get().sequence == 1
    assert standing(scheduled)["state"] == "scheduled"


def test_a_call_whose_time_has_come_is_not_booked_again(scheduled, adviser, tick):
    close(scheduled, State.DONE, by=adviser, at=tick())
    undoing.undo(scheduled, by=adviser, now=NOON_IN_SYDNEY)
    assert standing(scheduled)["state"] == "assigned"
    assert not Callback.objects.current().exists()


def test_a_withdrawal_that_was_confirmed_is_not_undone(scheduled, adviser, tick):
    close(scheduled, State.WITHDRAWN, by=adviser, at=tick())
    assert len(send_all(now=tick())) == 1
    with pytest.raises(undoing.TooLateToUndo, match="Reopen it"):
        undoing.undo(scheduled, by=adviser, now=tick())
    assert standing(scheduled)["state"] == "withdrawn"


@pytest.mark.django_db(transaction=True)
def test_while_the_letter_leaves_nothing_is_undone(scheduled, adviser, tick):
    close(scheduled, State.DONE, by=adviser, at=tick())
    leaving, undone = threading.Event(), threading.Event()

    def deliver(message):
        leaving.set()
        assert undone.wait(30)
        letters.send_letter(message, now=message.created_at)

    def work():
        message = OutboxMessage.objects.get(topic="callback_changed")
        outbox.carry_out(message.pk, effect=deliver)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    assert leaving.wait(30)
    with pytest.raises(undoing.TooLateToUndo, match="just leaving"):
        undoing.undo(scheduled, by=adviser, now=tick())
    undone.set()
    worker.join()
    assert "tells them" in undoing.undo(scheduled, by=adviser, now=tick()).remarks[0]

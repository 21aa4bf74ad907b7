"""Undoing: one's own latest change is taken back whole, until the next change."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from enquiries import agents, bookings, letters, majority, outbox, triage, undoing
from enquiries.calls import record_call
from enquiries.events import Standing, record_event
from enquiries.followups import schedule_follow_up
from enquiries.models import (
    Callback,
    CallbackSlot,
    CallOutcome,
    Enquiry,
    Event,
    EventKind,
    FollowUp,
    FollowUpReason,
    Note,
    OutboxMessage,
)
from enquiries.transitions import CLOSED_STATES, Hold, State

pytestmark = pytest.mark.django_db

NOON_IN_SYDNEY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
COLUMNS = (
    "state", "owner", "claimed_at", "hold", "closed_at", "duplicate_of", "needs_agent",
)  # fmt: skip


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def tick(now):
    """Give the next minute, so that each change has an instant of its own."""
    minutes = iter(range(1, 100))
    return lambda: now + timedelta(minutes=next(minutes))


@pytest.fixture
def claimed(make_enquiry, adviser, now):
    return triage.claim(make_enquiry(email_confirmed_at=now), by=adviser, now=now)


def standing(enquiry):
    return Enquiry.objects.values(*COLUMNS).get(pk=enquiry.pk)


def book(enquiry, *, now):
    """Book the only place there is at noon."""
    bookings.book(enquiry, starts_at=NOON_IN_SYDNEY, now=now)
    CallbackSlot.objects.update(capacity=1)


def offered(enquiry, *, by):
    """Give the change that is offered to be undone."""
    change = undoing.last_undoable(enquiry, by=by)
    assert change is not None
    return change


def changes(enquiry, other, *, by):
    """Give each change of an owned, open enquiry that its maker may take back."""
    facts = {"by": by, "why": "asked"}
    to = {"enquiry": enquiry, "by": by, "why": "asked"}
    return {
        "release": lambda now: triage.release(enquiry, now=now, **facts),
        "assign": lambda now: triage.assign(enquiry, to=other, now=now, **facts),
        "transfer": lambda now: triage.transfer(enquiry, to=other, now=now, **facts),
        "in call": lambda now: triage.change_state(to_state=State.IN_CALL, now=now, **to),
        "done": lambda now: triage.change_state(to_state=State.DONE, now=now, **to),
        "spam": lambda now: triage.change_state(to_state=State.SPAM, now=now, **to),
        "hold": lambda now: triage.ask_for_information(enquiry, now=now, **facts),
        "agent": lambda now: agents.need_agent(enquiry, now=now, **facts),
    }


def test_each_change_of_the_row_is_taken_back_whole(claimed, adviser, make_adviser, tick):
    wrong = []
    for name, change in changes(claimed, make_adviser(), by=adviser).items():
        before = standing(claimed)
        change(tick())
        changed = standing(claimed) != before
        latest = offered(claimed, by=adviser)
        undone = undoing.undo(claimed, by=adviser, now=tick(), change=latest.pk)
        event = Event.objects.latest("id")
        if not changed or standing(claimed) != before or undone.remarks:
            wrong.append(name)
        if (event.kind, event.undoes, event.why, event.from_state, event.to_owner) != (
            "change_undone", latest, latest.get_kind_display(), latest.to_state or "assigned",
            adviser,
        ):  # fmt: skip
            wrong.append(f"{name}: the event")
        if undoing.last_undoable(claimed, by=adviser):
            wrong.append(f"{name}: undone twice")
    assert wrong == []


def test_a_claim_and_an_answer_to_a_question_are_taken_back(claimed, adviser, tick):
    triage.ask_for_information(claimed, by=adviser, now=tick(), why="which visa?")
    triage.information_came(claimed, by=adviser, now=tick())
    undoing.undo(claimed, by=adviser, now=tick())
    assert standing(claimed)["hold"] == "needs_info"


def test_an_undone_claim_leaves_the_enquiry_to_all(claimed, adviser, make_adviser, tick):
    undoing.undo(claimed, by=adviser, now=tick())
    assert standing(claimed)["state"] == "new"
    other = make_adviser()
    assert triage.claim(claimed, by=other, now=tick()).owner == other


def test_a_reopening_undone_names_the_original_again(claimed, make_enquiry, adviser, tick):
    closed_at = tick()
    triage.change_state(
        claimed, to_state=State.DUPLICATE, by=adviser, now=closed_at, duplicate_of=make_enquiry()
    )
    before = standing(claimed)
    triage.change_state(claimed, to_state=State.ASSIGNED, by=adviser, now=tick(), why="No")
    undoing.undo(claimed, by=adviser, now=tick())
    assert standing(claimed) == before
    assert before["closed_at"] == closed_at


def test_a_note_and_a_follow_up_are_taken_away(claimed, adviser, tick):
    kept = triage.add_note(claimed, text="Prefers mornings", by=adviser, now=tick())
    triage.add_note(claimed, text="On the wrong enquiry", by=adviser, now=tick())
    undoing.undo(claimed, by=adviser, now=tick())
    assert list(Note.objects.all()) == [kept]
    at = tick()
    schedule_follow_up(
        claimed, due_at=at, reason=FollowUpReason.CALL_AGAIN, now=at, owner=adviser, by=adviser
    )
    undoing.undo(claimed, by=adviser, now=tick())
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(
    "next_change",
    [
        pytest.param(lambda e, by, now: triage.add_note(e, text="Hm", by=by, now=now), id="a note"),
        pytest.param(
            lambda e, by, now: record_call(e, by=by, outcome=CallOutcome.NO_ANSWER, now=now),
            id="a call, with the promise that follows from it",
        ),
        pytest.param(
            lambda e, _, now: record_event(e, kind=EventKind.CONTACT_CORRECTED, now=now),
            id="the person's own change",
        ),
    ],
)
def test_the_next_change_ends_the_offer(claimed, adviser, make_adviser, tick, next_change):
    [claim] = Event.objects.all()
    next_change(claimed, make_adviser(), tick())
    assert undoing.last_undoable(claimed, by=adviser) is None
    with pytest.raises(undoing.NothingToUndo):
        undoing.undo(claimed, by=adviser, now=tick(), change=claim.pk)
    assert standing(claimed)["state"] != "new"


def test_only_who_changed_it_takes_it_back_and_only_what_was_offered(claimed, make_adviser, tick):
    with pytest.raises(undoing.NothingToUndo):
        undoing.undo(claimed, by=make_adviser(), now=tick())
    with pytest.raises(undoing.NothingToUndo):
        undoing.undo(claimed, by=claimed.owner, now=tick(), change=Event.objects.get().pk + 1)


def test_a_letter_that_leaves_meanwhile_ends_no_offer(claimed, adviser, tick):
    record_event(claimed, kind=EventKind.LETTER_SENT, now=tick())
    assert offered(claimed, by=adviser).kind == "claimed"


def test_a_hold_that_follows_from_a_birth_date_is_not_undone(claimed, adviser, now, tick):
    born = now.date().replace(year=2012)
    majority.change_birth_date(claimed, born=born, by=adviser, now=tick(), why="Said so")
    assert undoing.last_undoable(claimed, by=adviser) is None
    before = Standing.of(claimed)
    claimed.hold = Hold.RECONSENT
    kind = EventKind.HOLD_CHANGED
    record_event(claimed, kind=kind, before=before, by=adviser, now=tick())
    assert undoing.last_undoable(claimed, by=adviser) is None


def test_a_note_that_is_gone_already_is_not_undone(claimed, adviser, tick):
    triage.add_note(claimed, text="Hm", by=adviser, now=tick()).delete()
    with pytest.raises(undoing.NothingToUndo):
        undoing.undo(claimed, by=adviser, now=tick())


def test_a_change_past_the_site_is_not_undone_in_place_of_ones_own(claimed, adviser, tick):
    triage.change_state(claimed, to_state=State.IN_CALL, by=adviser, now=tick())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE enquiries_enquiry SET state = 'assigned'")
    with pytest.raises(undoing.NothingToUndo):
        undoing.undo(claimed, by=adviser, now=tick())


def set_state(enquiry, state, *, owner=None):
    """Change a state in raw SQL, past the site; tell in a word what came of it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL advisory.undoing = 'on'")  # no setting is a way past it
            cursor.execute(
                "UPDATE enquiries_enquiry SET state = %s, closed_at = %s, owner_id = %s"
                " WHERE id = %s",
                [
                    state,
                    enquiry.created_at if state in CLOSED_STATES else None,
                    owner and owner.pk,
                    enquiry.pk,
                ],
            )
    except IntegrityError as error:
        return "refused" if "An enquiry cannot go from" in str(error) else str(error)
    return "changed"


def test_raw_sql_goes_past_the_table_only_back_from_the_latest_change_and_tells_of_it(
    make_enquiry, adviser, tick
):
    spam, other = make_enquiry(), make_enquiry()
    facts = {"to_state": State.SPAM, "by": adviser, "why": "Tiles"}
    for each in spam, other:
        triage.change_state(each, now=tick(), **facts)
    of_other, change = Event.objects.get(enquiry=other), Event.objects.get(enquiry=spam)

    def tried(*events, after_others=False):
        with transaction.atomic():
            if after_others:
                assert set_state(spam, "assigned", owner=adviser) == "changed"
                assert set_state(spam, "spam") == "changed"
            for kind, undoes in events:
                record_event(spam, kind=kind, now=tick(), undoes=undoes)
            told = set_state(spam, "new")
            transaction.set_rollback(True)
        return told

    undone, note = EventKind.CHANGE_UNDONE, EventKind.NOTE_ADDED
    assert tried((undone, change)) == "changed"
    refused = {
        "nothing is told": tried(),
        "no undoing is told": tried((note, change)),
        "it undoes nothing": tried((undone, None)),
        "it undoes a change of another": tried((undone, of_other)),
        "something came since": tried((undone, change), (note, None)),
        "it is not the latest change": tried((undone, change), after_others=True),
    }
    assert set(refused.values()) == {"refused"}, refused


@pytest.mark.django_db(transaction=True)
def test_what_is_told_of_an_undoing_opens_no_way_once_it_is_over(make_enquiry, adviser, tick):
    spam = make_enquiry()
    triage.change_state(spam, to_state=State.SPAM, by=adviser, now=tick(), why="Tiles")
    undoing.undo(spam, by=adviser, now=tick())
    assert standing(spam)["state"] == "new"
    assert set_state(spam, "spam") == "changed"
    assert set_state(spam, "new") == "refused"


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

"""Whoever changed an enquiry last takes that back, and nobody anything else."""

import pytest
from django.db import connection

from enquiries import agents, majority, triage, undoing
from enquiries.calls import record_call
from enquiries.events import Standing, record_event
from enquiries.followups import schedule_follow_up
from enquiries.models import CallOutcome, Event, EventKind, FollowUp, FollowUpReason, Note
from enquiries.transitions import Hold, State
from tests.enquiries.undoing.standing import standing

pytestmark = pytest.mark.django_db


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

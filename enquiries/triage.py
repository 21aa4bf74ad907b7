"""Triage: claiming, giving on, changing state; each change leaves one event."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from enquiries.calls import tried_enough
from enquiries.closing import end_with_letter
from enquiries.events import Standing, record_event
from enquiries.followups import EnquiryClosed, lock_open
from enquiries.models import Callback, Enquiry, EventKind, FollowUp, Note
from enquiries.transitions import (
    CLOSED_STATES,
    Hold,
    Requirement,
    State,
    TransitionRefused,
    check_change,
)

DURING_A_CALL = "Someone is in a call about it. Record that call first."


class AlreadyClaimed(Exception):
    """Someone else was quicker."""

    def __init__(self, by: User) -> None:
        super().__init__(by.pk)
        self.by = by


class NotTheOwner(Exception):
    """Only the one who owns an enquiry may hand it on; ``owner`` is whose it is, if anybody's."""

    def __init__(self, owner: User | None) -> None:
        super().__init__(owner and owner.pk)
        self.owner = owner


@transaction.atomic
def claim(enquiry: Enquiry, *, by: User, now: datetime) -> Enquiry:
    """
    Make ``by`` the owner of a new enquiry, if nobody was quicker.

    :raises AlreadyClaimed: naming the one who won
    :raises EnquiryClosed: if the enquiry was closed meanwhile
    """
    won = Enquiry.objects.filter(pk=enquiry.pk, state=State.NEW, owner=None).update(
        owner=by, claimed_at=now, state=State.ASSIGNED
    )
    current = Enquiry.objects.select_related("owner").get(pk=enquiry.pk)
    if won:
        before = Standing(state=State.NEW, owner_id=None, hold=current.hold)
        record_event(current, kind=EventKind.CLAIMED, before=before, by=by, now=now)
    elif not current.is_open:
        raise EnquiryClosed
    elif current.owner is not None and current.owner != by:
        raise AlreadyClaimed(current.owner)
    return current


def release(enquiry: Enquiry, *, by: User, now: datetime, why: str = "") -> Enquiry:
    """
    Put an enquiry back among the new ones, without an owner.

    :raises TransitionRefused: if it is closed, or in a call
    """
    return change_state(enquiry, to_state=State.NEW, by=by, now=now, why=why)


@transaction.atomic
def assign(enquiry: Enquiry, *, to: User, by: User | None, now: datetime, why: str = "") -> Enquiry:
    """
    Give an open enquiry to the adviser ``to``; without ``by`` the site itself gives it.

    :raises TransitionRefused: while somebody is in a call about it
    :raises EnquiryClosed: if the enquiry was closed meanwhile
    """
    return _give(lock_open(enquiry), to=to, by=by, now=now, why=why)


@transaction.atomic
def transfer(enquiry: Enquiry, *, to: User, by: User, now: datetime, why: str) -> Enquiry:
    """
    Hand one's own enquiry to the colleague ``to``, who learns why.

    :raises NotTheOwner: if it is not, or no longer, the enquiry of ``by``
    :raises TransitionRefused: without a reason, if ``to`` is ``by``, or during a call
    :raises EnquiryClosed: if the enquiry was closed meanwhile
    """
    locked = lock_open(enquiry)
    if locked.owner != by:
        raise NotTheOwner(locked.owner)
    if not why.strip():
        missing = Requirement.REASON
        raise TransitionRefused(missing.sentence, missing=frozenset({missing}))
    if to == by:
        msg = "Choose a colleague: the enquiry is yours already."
        raise TransitionRefused(msg)
    return _give(locked, to=to, by=by, now=now, why=why)


@transaction.atomic
def change_state(
    enquiry: Enquiry,
    *,
    to_state: State,
    by: User,
    now: datetime,
    why: str = "",
    duplicate_of: Enquiry | None = None,
) -> Enquiry:
    """
    Change an enquiry's state as the table of transitions allows.

    Closing it closes its follow-ups and cancels its callback; a letter tells of a withdrawal, and
    of a call that was to come. Reopening it without an owner makes ``by`` the owner.

    :raises TransitionRefused: saying in one sentence what stands in the way
    """
    locked = _lock(enquiry)
    before = Standing.of(locked)
    if to_state is State.ASSIGNED and locked.owner is None:
        locked.owner, locked.claimed_at = by, now
    if duplicate_of and _repeats(duplicate_of, locked):
        raise TransitionRefused(Requirement.ORIGINAL.sentence)
    check_change(
        from_state=State(before.state),
        to_state=to_state,
        hold=Hold(locked.hold),
        given=_facts(locked, why=why, duplicate_of=duplicate_of),
    )
    if to_state is State.NEW:
        locked.owner = locked.claimed_at = None
    locked.state = to_state
    locked.closed_at = now if to_state in CLOSED_STATES else None
    locked.duplicate_of = duplicate_of if to_state is State.DUPLICATE else None
    locked.save(update_fields=["state", "owner", "claimed_at", "closed_at", "duplicate_of"])
    if to_state in CLOSED_STATES:
        end_with_letter(locked, by=by, now=now)
    kind = EventKind.RELEASED if to_state is State.NEW else EventKind.STATE_CHANGED
    record_event(locked, kind=kind, before=before, by=by, now=now, why=why)
    return locked


@transaction.atomic
def ask_for_information(enquiry: Enquiry, *, by: User, now: datetime, why: str) -> Enquiry:
    """
    Hold an open enquiry until what is missing has come.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    :raises TransitionRefused: if it is on hold for another reason
    """
    return _change_hold(enquiry, from_hold=Hold.NONE, to=Hold.NEEDS_INFO, by=by, now=now, why=why)


@transaction.atomic
def information_came(enquiry: Enquiry, *, by: User, now: datetime) -> Enquiry:
    """
    Lift the hold of an enquiry that waited for information.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    :raises TransitionRefused: if it did not wait for information
    """
    return _change_hold(enquiry, from_hold=Hold.NEEDS_INFO, to=Hold.NONE, by=by, now=now, why="")


@transaction.atomic
def add_note(enquiry: Enquiry, *, text: str, by: User, now: datetime) -> Note:
    """Keep a note on an enquiry, open or closed."""
    note = Note.objects.create(enquiry=enquiry, text=text, by=by, at=now)
    record_event(enquiry, kind=EventKind.NOTE_ADDED, by=by, now=now)
    return note


def _lock(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)


def _give(enquiry: Enquiry, *, to: User, by: User | None, now: datetime, why: str) -> Enquiry:
    if enquiry.state == State.IN_CALL:
        raise TransitionRefused(DURING_A_CALL)
    before = Standing.of(enquiry)
    enquiry.owner, enquiry.claimed_at = to, now
    if enquiry.state == State.NEW:
        enquiry.state = State.ASSIGNED
    enquiry.save(update_fields=["owner", "claimed_at", "state"])
    record_event(enquiry, kind=EventKind.ASSIGNED, before=before, by=by, now=now, why=why)
    return enquiry


def _repeats(enquiry: Enquiry, other: Enquiry) -> bool:
    """Say whether an enquiry is ``other``, or repeats one that does: none may repeat itself."""
    original: Enquiry | None = enquiry
    while original and original != other:
        original = original.duplicate_of
    return original is not None


def _facts(enquiry: Enquiry, *, why: str, duplicate_of: Enquiry | None) -> set[Requirement]:
    facts = {
        Requirement.OWNER: enquiry.owner is not None,
        Requirement.REASON: bool(why.strip()),
        Requirement.BOOKED_CALLBACK: Callback.objects.current()
        .at_a_chosen_time()
        .filter(enquiry=enquiry)
        .exists(),
        Requirement.OPEN_FOLLOW_UP: FollowUp.objects.open().filter(enquiry=enquiry).exists(),
        Requirement.THREE_ATTEMPTS: tried_enough(enquiry),
        Requirement.ORIGINAL: duplicate_of is not None,
    }
    return {fact for fact, given in facts.items() if given}


def _change_hold(
    enquiry: Enquiry, *, from_hold: Hold, to: Hold, by: User, now: datetime, why: str
) -> Enquiry:
    locked = lock_open(enquiry)
    before = Standing.of(locked)
    if Hold(locked.hold) is not from_hold:
        msg = f"The enquiry's hold is “{Hold(locked.hold).label}”."
        raise TransitionRefused(msg)
    locked.hold = to
    locked.save(update_fields=["hold"])
    kind = EventKind.HOLD_CHANGED
    record_event(locked, kind=kind, before=before, by=by, now=now, why=why or to.label)
    return locked

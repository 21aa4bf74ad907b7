"""Triage: claiming, giving on, changing state; each change leaves one event."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.files.base import File
from django.db import transaction

from enquiries import scanning
from enquiries.calls import tried_enough
from enquiries.closing import end_with_letter
from enquiries.followups import EnquiryClosed
from enquiries.models import (
    Callback,
    Enquiry,
    Event,
    EventKind,
    FollowUp,
    Note,
    Resume,
    ResumeAccess,
    ResumeState,
    resume_storage,
)
from enquiries.transitions import (
    CLOSED_STATES,
    Hold,
    Requirement,
    State,
    TransitionRefused,
    check_change,
)

UNCHECKED = "No virus scanner has looked at it. Say that you know this."
LOOKED_AT_PREVIEW = "Looked at the picture of page 1"


class ResumeClosed(Exception):
    """Nobody may open the résumé, or not in this way; the message says why in a sentence."""


class AlreadyClaimed(Exception):
    """Someone else was quicker."""

    def __init__(self, by: User) -> None:
        super().__init__(by.pk)
        self.by = by


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
        _record(current, kind=EventKind.CLAIMED, from_state=State.NEW, by=by, now=now)
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
def assign(enquiry: Enquiry, *, to: User, by: User, now: datetime, why: str = "") -> Enquiry:
    """
    Give an open enquiry to the adviser ``to``.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    """
    locked = _lock(enquiry)
    if not locked.is_open:
        raise EnquiryClosed
    before = State(locked.state)
    locked.owner, locked.claimed_at = to, now
    if before is State.NEW:
        locked.state = State.ASSIGNED
    locked.save(update_fields=["owner", "claimed_at", "state"])
    _record(locked, kind=EventKind.ASSIGNED, from_state=before, by=by, now=now, why=why)
    return locked


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
    before = State(locked.state)
    if to_state is State.ASSIGNED and locked.owner is None:
        locked.owner, locked.claimed_at = by, now
    if duplicate_of and _repeats(duplicate_of, locked):
        raise TransitionRefused(Requirement.ORIGINAL.sentence)
    check_change(
        from_state=before,
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
    _record(locked, kind=kind, from_state=before, by=by, now=now, why=why)
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
    Event.objects.create(enquiry=enquiry, kind=EventKind.NOTE_ADDED, by=by, at=now)
    return note


@transaction.atomic
def open_resume(
    resume: Resume, *, by: User, now: datetime, why: str = "", though_unchecked: bool = False
) -> File:
    """
    Open a résumé for the member of staff ``by``; who, when and why is logged first.

    ``though_unchecked`` says that they know that no scanner has looked at it.

    :raises ResumeClosed: saying why nobody may open it now
    :raises FileNotFoundError: if the storage has lost it
    """
    if sentence := scanning.why_closed(resume):
        raise ResumeClosed(sentence)
    if resume.state != ResumeState.CLEAN and not though_unchecked:
        raise ResumeClosed(UNCHECKED)
    ResumeAccess.objects.create(resume=resume, by=by, at=now, why=why)
    Event.objects.create(
        enquiry_id=resume.enquiry_id, kind=EventKind.RESUME_OPENED, by=by, at=now, why=why
    )
    return resume_storage().open(resume.stored_name)


@transaction.atomic
def open_preview(resume: Resume, *, by: User, now: datetime) -> File:
    """
    Open the picture of a résumé's first page for ``by``; who and when is logged first.

    :raises ResumeClosed: saying why nobody may see it now
    :raises FileNotFoundError: if there is none
    """
    if sentence := scanning.why_closed(resume):
        raise ResumeClosed(sentence)
    if not resume.preview_name:
        raise FileNotFoundError
    ResumeAccess.objects.create(resume=resume, by=by, at=now, why=LOOKED_AT_PREVIEW)
    return resume_storage().open(resume.preview_name)


def _lock(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)


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
    locked = _lock(enquiry)
    if not locked.is_open:
        raise EnquiryClosed
    if Hold(locked.hold) is not from_hold:
        msg = f"The enquiry's hold is “{Hold(locked.hold).label}”."
        raise TransitionRefused(msg)
    locked.hold = to
    locked.save(update_fields=["hold"])
    _record(
        locked,
        kind=EventKind.HOLD_CHANGED,
        from_state=State(locked.state),
        by=by,
        now=now,
        why=why or to.label,
    )
    return locked


def _record(
    enquiry: Enquiry, *, kind: EventKind, from_state: State, by: User, now: datetime, why: str = ""
) -> None:
    Event.objects.create(
        enquiry=enquiry,
        kind=kind,
        from_state=from_state,
        to_state=enquiry.state,
        by=by,
        at=now,
        why=why,
    )

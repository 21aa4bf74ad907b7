"""Merging: an enquiry that repeats another of the same person becomes a part of it."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from enquiries import bookings
from enquiries.appointments import promise_call, tell_change
from enquiries.events import record_event
from enquiries.followups import EnquiryClosed
from enquiries.models import (
    Callback,
    Enquiry,
    EventKind,
    FollowUp,
    FollowUpReason,
    Interest,
    OccupationOfInterest,
    QualificationOfInterest,
)
from enquiries.transitions import Hold, State
from enquiries.triage import change_state

CALLS = (FollowUpReason.FIRST_CALL, FollowUpReason.CALL_AGAIN)
UNSETTLED = {Hold.NEEDS_GUARDIAN, Hold.RECONSENT}


class MergeRefused(Exception):
    """The two must stay apart; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def why_apart(enquiry: Enquiry, *, into: Enquiry) -> str:
    """Say in a sentence why ``enquiry`` may not be merged into another; nothing if it may."""
    checks: tuple[tuple[Callable[[], bool], str], ...] = (
        (lambda: enquiry.pk == into.pk, "An enquiry cannot be merged into itself."),
        (lambda: not into.is_open, f"{into.reference} is closed. Reopen it first."),
        (
            lambda: enquiry.state == State.IN_CALL,
            f"Someone is in a call about {enquiry.reference}. Record that call first.",
        ),
        (
            lambda: bool(UNSETTLED & {Hold(enquiry.hold), Hold(into.hold)}),
            "One of them waits for a guardian, or for an agreement at 18. Settle that first.",
        ),
        (
            lambda: enquiry.is_minor != into.is_minor,
            "One person is under 18, the other is not. They stay apart.",
        ),
        (
            lambda: into.is_minor and not _is_same_child(enquiry, into),
            "They are about two young people. They stay apart.",
        ),
        (
            lambda: into.is_minor and not _is_same_guardian(enquiry, into),
            "Two guardians asked. Neither may learn of the other, so they stay apart.",
        ),
    )
    return next((sentence for holds, sentence in checks if holds()), "")


@transaction.atomic
def merge(enquiry: Enquiry, *, into: Enquiry, by: User, now: datetime) -> Enquiry:
    """
    Close an enquiry as a repeat, and carry on with the open one that it repeats.

    Promises go there: open follow-ups, and of two calls to come the one that was booked later.
    What was asked about goes there too. What was said stays where it was said, with the consents
    that it was said under: notes, calls, letters and files are shown with the original, and kept
    and erased by their own enquiry's periods. Both letters about a moved call are promised.

    :raises MergeRefused: if the two must stay apart
    :raises EnquiryClosed: if ``enquiry`` was closed meanwhile
    """
    both = Enquiry.objects.select_for_update(of=("self",)).filter(pk__in=[enquiry.pk, into.pk])
    locked = {each.pk: each for each in both.order_by("pk")}
    repeat, original = locked[enquiry.pk], locked[into.pk]
    if not repeat.is_open:
        raise EnquiryClosed
    if sentence := why_apart(repeat, into=original):
        raise MergeRefused(sentence)
    moved = _carry_call(repeat, to=original, now=now)
    _carry_follow_ups(repeat, to=original)
    if moved and moved.starts_at:
        promise_call(original, due_at=moved.starts_at, now=now)
    _carry_wishes(repeat, to=original)
    repeat.duplicates.update(duplicate_of=original)
    why = f"The same person as {original.reference}"
    change_state(repeat, to_state=State.DUPLICATE, by=by, now=now, why=why, duplicate_of=original)
    for each, other in ((repeat, original), (original, repeat)):
        record_event(each, kind=EventKind.MERGED, by=by, now=now, why=f"With {other.reference}")
    return original


def _is_same_child(one: Enquiry, other: Enquiry) -> bool:
    return bool(one.person_digest) and one.person_digest == other.person_digest


def _is_same_guardian(one: Enquiry, other: Enquiry) -> bool:
    """Ask for both contacts: parents may share a phone, and are still two guardians."""
    return (
        bool(one.guardian_phone and one.guardian_email)
        and one.guardian_phone == other.guardian_phone
        and one.guardian_email.casefold() == other.guardian_email.casefold()
    )


def _carry_call(repeat: Enquiry, *, to: Enquiry, now: datetime) -> Callback | None:
    """Leave one call: that to come at a chosen time, and of two such the one booked later."""
    current = Callback.objects.current()
    theirs = current.filter(enquiry=repeat).first()
    ours = current.filter(enquiry=to).first()
    if theirs is None or _rank(theirs, now=now) <= _rank(ours, now=now):
        return None
    if ours:
        bookings.cancel(ours, now=now)
    moved = bookings.hand_over(theirs, to=to, now=now)
    if moved.starts_at:
        theirs.refresh_from_db()
        tell_change(to, callback=moved, now=now)
        tell_change(repeat, callback=theirs, now=now)
    return moved


def _rank(callback: Callback | None, *, now: datetime) -> tuple[int, datetime]:
    """Order wishes for a call: none, or one that is over; any time; a chosen time, the newest."""
    if callback is None or (callback.starts_at and callback.starts_at <= now):
        return 0, now
    return (2, callback.created_at) if callback.starts_at else (1, now)


def _carry_follow_ups(repeat: Enquiry, *, to: Enquiry) -> None:
    """Move the promises that the original does not have; the others end with the repeat."""
    kept = FollowUp.objects.open().filter(enquiry=to).values_list("reason", flat=True)
    reasons = {*kept, *(CALLS if set(kept) & set(CALLS) else ())}
    for follow_up in FollowUp.objects.open().filter(enquiry=repeat):
        if follow_up.reason not in reasons:
            reasons.add(follow_up.reason)
            follow_up.enquiry, follow_up.owner = to, to.owner or follow_up.owner
            follow_up.save(update_fields=["enquiry", "owner"])


def _carry_wishes(repeat: Enquiry, *, to: Enquiry) -> None:
    asked = {*repeat.interests, *to.interests}
    to.interests = [each for each in Interest.values if each in asked]
    to.needs_agent = to.needs_agent or repeat.needs_agent
    to.last_contact_at = max(to.last_contact_at, repeat.last_contact_at)
    to.save(update_fields=["interests", "needs_agent", "last_contact_at"])
    OccupationOfInterest.objects.bulk_create(
        [
            OccupationOfInterest(enquiry=to, edition=each.edition, code=each.code, title=each.title)
            for each in repeat.occupations.all()
        ],
        ignore_conflicts=True,
    )
    QualificationOfInterest.objects.bulk_create(
        [
            QualificationOfInterest(enquiry=to, code=each.code, title=each.title)
            for each in repeat.qualifications.all()
        ],
        ignore_conflicts=True,
    )

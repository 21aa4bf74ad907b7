"""Follow-ups: promising the next contact, and keeping the promise."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from enquiries.events import new_event, record_event
from enquiries.models import Enquiry, Event, EventKind, FollowUp, FollowUpReason
from enquiries.transitions import State


class EnquiryClosed(Exception):
    """The enquiry was closed meanwhile."""


class LastPromise(Exception):
    """The enquiry waits for this follow-up alone: without it nobody would think of it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What is promised in place of a follow-up that is done; ``due_at`` is an aware instant."""

    reason: FollowUpReason
    due_at: datetime


def lock_open(enquiry: Enquiry) -> Enquiry:
    """
    Give an open enquiry, held until the transaction ends.

    Its owner is read afterwards: joined, who was waited for would be missing.

    :raises EnquiryClosed: if it was closed meanwhile
    """
    locked = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    if not locked.is_open:
        raise EnquiryClosed
    return locked


@transaction.atomic
def schedule_follow_up(
    enquiry: Enquiry,
    *,
    due_at: datetime,
    reason: FollowUpReason,
    now: datetime,
    owner: User | None = None,
    by: User | None = None,
) -> FollowUp:
    """
    Promise the next contact about an open enquiry at ``due_at`` (an aware instant).

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    """
    lock_open(enquiry)
    follow_up = FollowUp.objects.create(
        enquiry=enquiry, reason=reason, due_at=due_at, owner=owner, created_at=now
    )
    scheduled_event(follow_up, by=by, now=now).save(force_insert=True)
    return follow_up


def scheduled_event(follow_up: FollowUp, *, now: datetime, by: User | None = None) -> Event:
    """Make the event that tells of a follow-up which was just promised."""
    why = FollowUpReason(follow_up.reason).label
    return new_event(follow_up.enquiry, kind=EventKind.FOLLOW_UP_SCHEDULED, by=by, now=now, why=why)


@transaction.atomic
def close_follow_up(
    follow_up: FollowUp, *, by: User, now: datetime, next_step: NextStep | None = None
) -> bool:
    """
    Mark a follow-up as done by ``by``, and promise the next step, if any, to whose it was.

    Says False, and promises nothing, if it was done before.

    :raises LastPromise: if the enquiry is in a follow-up and nothing else is promised for it
    :raises EnquiryClosed: if a next step is to be promised, and the enquiry was closed meanwhile
    """
    enquiry = Enquiry.objects.select_for_update(of=("self",)).get(pk=follow_up.enquiry_id)
    promised = FollowUp.objects.open().filter(enquiry=enquiry)
    if not promised.filter(pk=follow_up.pk).exists():
        return False
    if next_step:
        schedule_follow_up(
            enquiry,
            due_at=next_step.due_at,
            reason=next_step.reason,
            now=now,
            owner=follow_up.owner or enquiry.owner or by,
            by=by,
        )
    elif enquiry.state == State.FOLLOW_UP and not promised.exclude(pk=follow_up.pk).exists():
        raise LastPromise
    return mark_done(follow_up, by=by, now=now)


@transaction.atomic
def mark_done(follow_up: FollowUp, *, by: User, now: datetime) -> bool:
    """
    Mark a follow-up as done where the caller sees to the state of its enquiry.

    Says False if it was done before.
    """
    changed = FollowUp.objects.open().filter(pk=follow_up.pk).update(done_at=now, done_by=by)
    if changed:
        why = FollowUpReason(follow_up.reason).label
        kind = EventKind.FOLLOW_UP_CLOSED
        record_event(follow_up.enquiry, kind=kind, by=by, now=now, why=why)
    return bool(changed)

"""Follow-ups: promising the next contact, and keeping the promise."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from enquiries.events import record_event
from enquiries.models import Enquiry, EventKind, FollowUp, FollowUpReason


class EnquiryClosed(Exception):
    """The enquiry was closed meanwhile."""


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
    why = FollowUpReason(reason).label
    record_event(enquiry, kind=EventKind.FOLLOW_UP_SCHEDULED, by=by, now=now, why=why)
    return follow_up


@transaction.atomic
def close_follow_up(follow_up: FollowUp, *, by: User, now: datetime) -> bool:
    """Mark a follow-up as done by ``by``; says False if it was done before."""
    changed = FollowUp.objects.open().filter(pk=follow_up.pk).update(done_at=now, done_by=by)
    if changed:
        why = FollowUpReason(follow_up.reason).label
        kind = EventKind.FOLLOW_UP_CLOSED
        record_event(follow_up.enquiry, kind=kind, by=by, now=now, why=why)
    return bool(changed)

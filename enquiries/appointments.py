"""Appointments: another time for the call, with all that follows from it, whoever chose it."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from enquiries import bookings, outbox
from enquiries.calendar_files import sequence_of
from enquiries.events import Standing, record_event
from enquiries.followups import lock_open, schedule_follow_up
from enquiries.models import Callback, Enquiry, EventKind, FollowUp, FollowUpReason, Topic
from enquiries.transitions import Hold, Requirement, State, TransitionRefused, check_change


@transaction.atomic
def schedule_call(enquiry: Enquiry, *, starts_at: datetime, by: User, now: datetime) -> Callback:
    """
    Book a time for the call as staff, as the person asked for it; who works on it has it planned.

    Staff's promise to call moves with it, and a letter tells the person the new time.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    :raises TransitionRefused: if nobody owns it, or a guardian or an agreement is missing
    :raises SlotClosed: if the time cannot be had; the present call stays
    """
    locked = lock_open(enquiry)
    if not locked.contact_phone:
        raise TransitionRefused("There is nobody to call yet.")
    before = Standing.of(locked)
    if before.state != State.SCHEDULED:
        given = {Requirement.BOOKED_CALLBACK, *([Requirement.OWNER] if locked.owner_id else [])}
        check_change(
            from_state=State(before.state),
            to_state=State.SCHEDULED,
            hold=Hold(locked.hold),
            given=given,
        )
    callback = move_call(locked, starts_at=starts_at, now=now)
    locked.state = State.SCHEDULED
    locked.save(update_fields=["state"])
    record_event(locked, kind=EventKind.CALLBACK_BOOKED, before=before, by=by, now=now)
    return callback


def move_call(enquiry: Enquiry, *, starts_at: datetime | None, now: datetime) -> Callback:
    """
    Book another time for the call of a locked enquiry, or any time without one.

    What staff promised moves with it, and a letter tells the new time. If it is the time that
    stood, nothing changes.

    :raises SlotClosed: if the time cannot be had; the present call stays
    """
    before = Callback.objects.current().filter(enquiry=enquiry).first()
    callback = bookings.rebook(enquiry, starts_at=starts_at, now=now)
    if callback != before:
        if callback.starts_at:
            promise_call(enquiry, due_at=callback.starts_at, now=now)
        tell_change(enquiry, callback=callback, now=now)
    return callback


def tell_change(enquiry: Enquiry, *, callback: Callback, now: datetime) -> None:
    """Promise the letter that tells of a call's new time, or that there is none any more."""
    topic = Topic.CALLBACK_CHANGED
    key = f"{topic}:{enquiry.pk}:{sequence_of(callback)}"
    outbox.queue_message(topic, dedupe_key=key, enquiry=enquiry, now=now)


def promise_call(enquiry: Enquiry, *, due_at: datetime, now: datetime) -> None:
    """Have staff call at the new time: what they promised before moves there."""
    calls = FollowUp.objects.open().filter(
        enquiry=enquiry, reason__in=[FollowUpReason.FIRST_CALL, FollowUpReason.CALL_AGAIN]
    )
    if not calls.update(due_at=due_at):
        reason, owner = FollowUpReason.CALL_AGAIN, enquiry.owner
        schedule_follow_up(enquiry, due_at=due_at, reason=reason, now=now, owner=owner)

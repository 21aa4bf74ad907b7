"""Choosing another time for the call, or cancelling it, by the person's link."""

from datetime import datetime

from django.db import transaction

from enquiries import bookings
from enquiries.appointments import move_call, tell_change
from enquiries.events import Standing, record_event
from enquiries.models import Callback, Enquiry, EventKind
from enquiries.selfservice.changes import BY_LINK, NotNow, lock_open, record
from enquiries.transitions import Hold, State


@transaction.atomic
def choose_time(enquiry: Enquiry, *, starts_at: datetime | None, now: datetime) -> Callback:
    """
    Book another time for the call, or any time without one; or change nothing.

    Staff's promise to call moves with it, and a letter tells the new time.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    :raises NotNow: if no call can be booked at present
    :raises SlotClosed: if the time cannot be had; the present call stays
    """
    locked = lock_open(enquiry, now=now)
    if locked.hold in {Hold.NEEDS_GUARDIAN, Hold.RECONSENT}:
        raise NotNow
    before = Callback.objects.current().filter(enquiry=locked).first()
    callback = move_call(locked, starts_at=starts_at, now=now)
    if callback != before:
        record(locked, kind=EventKind.CALLBACK_BOOKED, now=now)
    return callback


@transaction.atomic
def cancel_call(enquiry: Enquiry, *, now: datetime) -> bool:
    """
    Cancel the call at a chosen time but keep the enquiry; says False if there was none.

    An enquiry that was scheduled goes back to its owner.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    """
    locked = lock_open(enquiry, now=now)
    callback = Callback.objects.current().at_a_chosen_time().filter(enquiry=locked).first()
    if callback is None or not bookings.cancel(callback, now=now):
        return False
    before = Standing.of(locked)
    if before.state == State.SCHEDULED:
        locked.state = State.ASSIGNED if locked.owner_id else State.NEW
        locked.claimed_at = locked.claimed_at if locked.owner_id else None
        locked.save(update_fields=["state", "claimed_at"])
    record_event(locked, kind=EventKind.CALLBACK_CANCELLED, before=before, now=now, why=BY_LINK)
    callback.refresh_from_db()
    tell_change(locked, callback=callback, now=now)
    return True

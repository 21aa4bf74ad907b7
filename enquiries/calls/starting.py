"""Beginning a call: only with someone who may be called, in their daytime, and one at a time."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from enquiries import ladder, slots
from enquiries.events import Standing, record_event
from enquiries.followups import lock_open
from enquiries.models import Enquiry, EventKind
from enquiries.transitions import Hold, Requirement, State, TransitionRefused, check_change


class NobodyToCall(Exception):
    """There is no number that may be called: a guardian is missing."""


class OutsideDaytime(TransitionRefused):
    """It is night where the person is."""


class OwnedByAnother(TransitionRefused):
    """The enquiry belongs to the adviser ``owner``."""

    def __init__(self, owner: User) -> None:
        super().__init__(f"It belongs to {owner.get_full_name() or owner.get_username()}.")
        self.owner = owner


class AlreadyInCall(TransitionRefused):
    """The adviser is in a call about ``other``."""

    def __init__(self, other: Enquiry) -> None:
        super().__init__(f"You are in a call about {other.reference}. Record that one first.")
        self.other = other


@transaction.atomic
def start_call(enquiry: Enquiry, *, by: User, now: datetime) -> Enquiry:
    """
    Begin a call to the contact of an enquiry; a new one becomes the caller's own first.

    A second press of the button changes nothing.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    :raises NobodyToCall: if a guardian, or an agreement at 18, is missing
    :raises OutsideDaytime: if it is not from 8:00 to before 20:00 where the person is
    :raises OwnedByAnother: if it is a colleague's
    :raises AlreadyInCall: if the caller has not recorded their last call
    :raises TransitionRefused: while it is on hold
    """
    locked = lock_open(enquiry)
    if locked.owner is not None and locked.owner != by:
        raise OwnedByAnother(locked.owner)
    if locked.state == State.IN_CALL:
        return locked
    if not locked.contact_phone:
        raise NobodyToCall
    if not slots.in_daytime(now, zone=ladder.zone_of(locked)):
        raise OutsideDaytime("It is night where they are. We call from 8:00 to 20:00 their time.")
    if locked.hold == Hold.NEEDS_INFO:
        raise TransitionRefused("The enquiry waits for information, so nobody is called.")
    _let_one_call_at_a_time(locked, by=by)
    if locked.owner is None:
        _claim(locked, by=by, now=now)
    before = Standing.of(locked)
    check_change(
        from_state=State(locked.state),
        to_state=State.IN_CALL,
        hold=Hold(locked.hold),
        given={Requirement.OWNER},
    )
    locked.state = State.IN_CALL
    locked.save(update_fields=["state"])
    record_event(locked, kind=EventKind.CALL_STARTED, by=by, now=now, before=before)
    return locked


def _let_one_call_at_a_time(enquiry: Enquiry, *, by: User) -> None:
    """
    Hold the caller's row until the call is begun, so that two windows begin one call only.

    :raises AlreadyInCall: if they are in another
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    others = Enquiry.objects.filter(owner=by, state=State.IN_CALL).exclude(pk=enquiry.pk)
    if other := others.first():
        raise AlreadyInCall(other)


def _claim(enquiry: Enquiry, *, by: User, now: datetime) -> None:
    before = Standing.of(enquiry)
    enquiry.owner, enquiry.claimed_at = by, now
    if enquiry.state == State.NEW:
        enquiry.state = State.ASSIGNED
    enquiry.save(update_fields=["owner", "claimed_at", "state"])
    record_event(enquiry, kind=EventKind.CLAIMED, by=by, now=now, before=before)

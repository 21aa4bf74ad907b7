"""Closing an enquiry: what was promised for it ends with it."""

from datetime import datetime

from django.contrib.auth.models import User

from enquiries import bookings, outbox
from enquiries.appointments import tell_change
from enquiries.events import Standing, record_event
from enquiries.models import Callback, Enquiry, EventKind, FollowUp, Topic
from enquiries.transitions import CLOSED_STATES, State


def end_promises(enquiry: Enquiry, *, by: User | None, now: datetime) -> None:
    """Close the follow-ups of an enquiry and give back the place of its callback."""
    FollowUp.objects.open().filter(enquiry=enquiry).update(done_at=now, done_by=by)
    for callback in Callback.objects.current().filter(enquiry=enquiry):
        bookings.cancel(callback, now=now)


def end_with_letter(enquiry: Enquiry, *, by: User | None, now: datetime) -> None:
    """
    End what was promised for an enquiry that was just closed, and promise the letter about it.

    A withdrawal is confirmed in any case. Otherwise a letter goes only if a call was to come: it
    takes the call out of the person's calendar. To spam nobody answers.
    """
    to_come = Callback.objects.current().filter(enquiry=enquiry, starts_at__gt=now).first()
    end_promises(enquiry, by=by, now=now)
    if enquiry.state == State.WITHDRAWN:
        _confirm_withdrawal(enquiry, now=now)
    elif to_come and enquiry.state != State.SPAM:
        to_come.refresh_from_db()
        tell_change(enquiry, callback=to_come, now=now)


def close_by_rule(enquiry: Enquiry, *, state: State, why: str, now: datetime) -> None:
    """
    Close a locked, open enquiry without a member of staff: the person, or a period, asked for it.

    The table of transitions binds staff; this is for the person's own withdrawal and for time.

    :raises ValueError: if ``state`` is not a closed one
    """
    if state not in CLOSED_STATES:
        msg = f"“{state.label}” is not a state of a closed enquiry."
        raise ValueError(msg)
    before = Standing.of(enquiry)
    enquiry.state, enquiry.closed_at = state, now
    enquiry.save(update_fields=["state", "closed_at"])
    end_with_letter(enquiry, by=None, now=now)
    record_event(enquiry, kind=EventKind.STATE_CHANGED, before=before, now=now, why=why)


def _confirm_withdrawal(enquiry: Enquiry, *, now: datetime) -> None:
    topic = Topic.WITHDRAWAL
    key = f"{topic}:{enquiry.pk}:{int(now.timestamp())}"
    outbox.queue_message(topic, dedupe_key=key, enquiry=enquiry, now=now)

"""Calls that nobody recorded: they end by themselves, so that nothing waits behind them."""

from datetime import datetime, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet

from enquiries.calls.recording import state_after
from enquiries.erasure import act_on_each
from enquiries.events import Standing, record_event
from enquiries.followups import schedule_follow_up
from enquiries.models import Callback, Enquiry, Event, EventKind, FollowUp, FollowUpReason
from enquiries.transitions import State

LONGEST_CALL = timedelta(hours=4)
WHY = f"Nobody recorded the call in {LONGEST_CALL // timedelta(hours=1)} hours"


def end_forgotten_calls(*, now: datetime) -> int:
    """
    End the calls that were begun four hours ago and not recorded; says how many.

    Nobody knows what came of them, so no try is counted and the owner keeps the enquiry. What was
    promised stands, and is told as late; where nothing was, it is that they call again.
    """
    return act_on_each(forgotten(now=now), act=partial(end_call, why=WHY, now=now))


def forgotten(*, now: datetime) -> QuerySet[Enquiry]:
    """List the enquiries that have been in a call for longer than any call lasts."""
    begun = Event.objects.filter(
        enquiry=OuterRef("pk"), to_state=State.IN_CALL, at__gt=now - LONGEST_CALL
    )
    return Enquiry.objects.filter(~Exists(begun), state=State.IN_CALL).order_by("pk")


def end_call(enquiry: Enquiry, *, why: str, now: datetime) -> None:
    """End the call about a locked enquiry that nobody will record, so that it is called again."""
    before = Standing.of(enquiry)
    to_come = Callback.objects.current().filter(enquiry=enquiry, starts_at__gt=now)
    is_booked = to_come.exists()
    promised = FollowUp.objects.open().filter(enquiry=enquiry)
    if not is_booked and not promised.exists():
        reason, owner = FollowUpReason.CALL_AGAIN, enquiry.owner
        schedule_follow_up(enquiry, due_at=now, reason=reason, now=now, owner=owner)
    has_follow_up = promised.exists()
    enquiry.state = state_after(enquiry, is_booked=is_booked, has_follow_up=has_follow_up)
    enquiry.save(update_fields=["state"])
    record_event(enquiry, kind=EventKind.STATE_CHANGED, before=before, now=now, why=why)

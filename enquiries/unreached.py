"""Giving up on people whom we could not reach, and who chose no other time when we asked."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from enquiries.closing import close_by_rule
from enquiries.erasure import act_on_each
from enquiries.ladder import ANSWER_WITHIN, SPOKEN
from enquiries.models import CallAttempt, Callback, Enquiry, FollowUp, OutboxMessage, Topic
from enquiries.transitions import Hold, State

WHY = f"Not reached in three calls, and no new time chosen in {ANSWER_WITHIN.days} days"


def close_unreached(*, now: datetime) -> int:
    """
    Close the enquiries of people who did not answer the invitation in 7 days; says how many.

    In those days nobody spoke with them, no call was booked or made, and staff plan nothing.
    """
    return act_on_each(
        given_up(now=now),
        act=lambda enquiry: close_by_rule(enquiry, state=State.CLOSED_UNREACHED, why=WHY, now=now),
    )


def given_up(*, now: datetime) -> QuerySet[Enquiry]:
    """List the open enquiries that nothing came of since they were invited 7 days ago."""
    before = now - ANSWER_WITHIN
    spoken = CallAttempt.objects.filter(
        enquiry=OuterRef("enquiry"), outcome__in=SPOKEN, at__gte=OuterRef("created_at")
    )
    chosen = Callback.objects.filter(
        enquiry=OuterRef("enquiry"), created_at__gt=OuterRef("created_at")
    )
    invited = OutboxMessage.objects.filter(
        enquiry=OuterRef("pk"), topic=Topic.RESCHEDULE_INVITATION, created_at__lte=before
    )
    planned = FollowUp.objects.open().filter(enquiry=OuterRef("pk"))  # but by the last call itself
    planned = planned.exclude(created_at=OuterRef("last_contact_at"))
    return (
        Enquiry.objects.open()
        .exclude(state=State.IN_CALL)
        .exclude(hold__in=[Hold.NEEDS_GUARDIAN, Hold.RECONSENT])
        .filter(Exists(invited.exclude(Exists(spoken)).exclude(Exists(chosen))))
        .filter(~Exists(planned), last_contact_at__lte=before)
        .order_by("pk")
    )

"""An enquiry that a member of staff takes down from someone who called us."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from enquiries.calls import record_call
from enquiries.followups import schedule_follow_up
from enquiries.guardian import GuardianDecision
from enquiries.models import (
    CallOutcome,
    Enquiry,
    EnquiryDetails,
    FollowUp,
    FollowUpReason,
    GuardianDetails,
)
from enquiries.submission import submit_enquiry
from enquiries.transitions import State
from enquiries.triage import change_state, claim


@transaction.atomic
def take_down(
    details: EnquiryDetails,
    *,
    decision: GuardianDecision,
    submission_key: UUID,
    caller: str,
    by: User,
    now: datetime,
    guardian: GuardianDetails | None = None,
) -> Enquiry:
    """
    Store what a caller tells, with their call, as an enquiry of ``by``; all of it or nothing.

    ``caller`` says in words who called. Sent again it is the same enquiry, and one call. If they
    want to be called again, that promise stands, though they have spoken with us.

    :raises GuardianMissing: if the decision asks for a guardian and there is none
    :raises SlotClosed: if nothing can be booked at the chosen time
    """
    stored = submit_enquiry(
        details,
        decision=decision,
        submission_key=submission_key,
        now=now,
        guardian=guardian,
        taken_by=by,
    )
    enquiry = Enquiry.objects.select_for_update().get(pk=stored.pk)
    if enquiry.call_attempts.exists():
        return enquiry
    promises = FollowUp.objects.open().filter(enquiry=enquiry)
    to_call = promises.filter(reason=FollowUpReason.FIRST_CALL).first()
    claim(enquiry, by=by, now=now)
    record_call(enquiry, by=by, outcome=CallOutcome.THEY_CALLED, now=now, remark=caller)
    if to_call and not promises.exists():
        schedule_follow_up(
            enquiry,
            due_at=to_call.due_at,
            reason=FollowUpReason.CALL_AGAIN,
            now=now,
            owner=by,
            by=by,
        )
        change_state(enquiry, to_state=State.FOLLOW_UP, by=by, now=now)
    return Enquiry.objects.get(pk=enquiry.pk)

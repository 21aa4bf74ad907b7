"""Recording calls: who called, which line, and what came of it."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from enquiries import outbox
from enquiries.followups import EnquiryClosed
from enquiries.models import CallAttempt, CallOutcome, Enquiry, Event, EventKind, Topic

ENDING = 3  # digits of the number that are kept
NOT_REACHED = {CallOutcome.NO_ANSWER, CallOutcome.VOICEMAIL, CallOutcome.BUSY}
ENOUGH_ATTEMPTS = 3
ATTEMPTS_SPREAD = timedelta(days=1)  # so that they fall on two days at least


class NobodyToCall(Exception):
    """There is no number that may be called: a guardian is missing."""


@transaction.atomic
def record_call(
    enquiry: Enquiry, *, by: User, outcome: CallOutcome, now: datetime, remark: str = ""
) -> CallAttempt:
    """
    Record a call to the one number that may be called, or from its holder to us.

    Whom we could not reach for long enough is invited by e-mail to choose another time.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    :raises NobodyToCall: if a guardian is missing, unless it was they who called
    """
    locked = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if not locked.is_open:
        raise EnquiryClosed
    if not locked.contact_phone and outcome != CallOutcome.THEY_CALLED:
        raise NobodyToCall
    locked.last_contact_at = now
    locked.save(update_fields=["last_contact_at"])
    attempt = CallAttempt.objects.create(
        enquiry=locked,
        by=by,
        at=now,
        to_guardian=locked.is_minor,
        number_ending=locked.contact_phone[-ENDING:],
        outcome=outcome,
        remark=remark,
    )
    Event.objects.create(
        enquiry=locked,
        kind=EventKind.CALL_RECORDED,
        by=by,
        at=now,
        why=CallOutcome(outcome).label,
    )
    if outcome in NOT_REACHED and tried_enough(locked):
        topic = Topic.RESCHEDULE_INVITATION
        key = f"{topic}:{locked.pk}:{locked.callbacks.count()}"  # once for each time they chose
        outbox.queue_message(topic, dedupe_key=key, enquiry=locked, now=now)
    return attempt


def tried_enough(enquiry: Enquiry) -> bool:
    """Say whether we tried to call three times, on two days at least."""
    tried = list(CallAttempt.objects.filter(enquiry=enquiry).values_list("at", flat=True))
    return len(tried) >= ENOUGH_ATTEMPTS and max(tried) - min(tried) >= ATTEMPTS_SPREAD

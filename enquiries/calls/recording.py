"""Recording a call: what came of it, which promise it keeps, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from enquiries import ladder, office, outbox, slots
from enquiries.calls.starting import NobodyToCall
from enquiries.events import Standing, record_event
from enquiries.followups import lock_open, mark_done, schedule_follow_up
from enquiries.models import (
    CallAttempt,
    Callback,
    CallOutcome,
    Enquiry,
    EventKind,
    FollowUp,
    FollowUpReason,
    Topic,
)
from enquiries.transitions import Hold, State

ENDING = 3  # digits of the number that are kept
EARLY = timedelta(minutes=15)  # by which a call may come before the time that they chose
SETTLED = timedelta(hours=1)  # after a call, before we write about it; after days to answer
CALLS = [FollowUpReason.FIRST_CALL, FollowUpReason.CALL_AGAIN]
HELD_BACK = {Hold.NEEDS_GUARDIAN, Hold.RECONSENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Next:
    """What staff are to do after a call, by when."""

    reason: FollowUpReason
    due_at: datetime


@transaction.atomic
def record_call(
    enquiry: Enquiry, *, by: User, outcome: CallOutcome, now: datetime, remark: str = ""
) -> CallAttempt:
    """
    Record a call to the one number that may be called, or from its holder to us.

    It ends the call that was begun, and closes the promise to call that it answers. Whom we
    could not reach is called again in another part of their day; after enough tries they are
    invited by e-mail to choose another time. A wrong number puts the enquiry on hold. A call
    at a time they chose that is still to come stays as it is.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    :raises NobodyToCall: if a guardian is missing, unless it was they who called
    """
    locked = lock_open(enquiry)
    if not locked.contact_phone and outcome != CallOutcome.THEY_CALLED:
        raise NobodyToCall
    before = Standing.of(locked)
    attempt = CallAttempt.objects.create(
        enquiry=locked,
        by=by,
        at=now,
        to_guardian=locked.is_minor,
        number_ending=locked.contact_phone[-ENDING:],
        outcome=outcome,
        remark=remark,
    )
    locked.last_contact_at = now
    if outcome == CallOutcome.WRONG_NUMBER and locked.hold == Hold.NONE:
        locked.hold = Hold.NEEDS_INFO
    to_come = Callback.objects.current().filter(enquiry=locked, starts_at__gt=now + EARLY).first()
    open_ones = list(FollowUp.objects.open().filter(enquiry=locked))
    answered = [
        each
        for each in open_ones
        if each.reason in CALLS and not (to_come and each.due_at == to_come.starts_at)
    ]
    following = None if to_come else _what_follows(locked, attempt=attempt, now=now)
    has_follow_up = len(open_ones) > len(answered) or following is not None
    locked.state = state_after(locked, is_booked=to_come is not None, has_follow_up=has_follow_up)
    why = CallOutcome(outcome).label
    record_event(locked, kind=EventKind.CALL_RECORDED, by=by, now=now, why=why, before=before)
    for each in answered:
        mark_done(each, by=by, now=now)
    if following:
        schedule_follow_up(
            locked,
            due_at=following.due_at,
            reason=following.reason,
            now=now,
            owner=locked.owner,
            by=by,
        )
    locked.save(update_fields=["state", "hold", "last_contact_at"])
    _write_about(locked, attempt=attempt, now=now)
    return attempt


def _what_follows(enquiry: Enquiry, *, attempt: CallAttempt, now: datetime) -> _Next | None:
    """
    Say what staff are to do next, unless the person was spoken to.

    While somebody may answer the invitation to choose a time, it is a call after the days that
    they have for it; the enquiry is closed before, if nothing comes.
    """
    tries = ladder.tries_of(enquiry) or [attempt.at]
    if attempt.outcome in ladder.TRIED_AGAIN:
        given_up = _is_given_up(enquiry, attempt=attempt)
        after = ladder.ANSWER_WITHIN + SETTLED if given_up else timedelta(0)
        if starts_at := ladder.next_try_at(enquiry, tries=tries, now=now, after=after):
            return _Next(reason=FollowUpReason.CALL_AGAIN, due_at=starts_at)
    elif attempt.outcome != CallOutcome.WRONG_NUMBER:
        return None
    # Write instead: we can never call, or must ask for the right number.
    return _Next(reason=FollowUpReason.SEND_INFORMATION, due_at=office.answer_by(now=now))


def _is_given_up(enquiry: Enquiry, *, attempt: CallAttempt) -> bool:
    return attempt.outcome in ladder.NOT_REACHED and ladder.tried_enough(enquiry)


def state_after(enquiry: Enquiry, *, is_booked: bool, has_follow_up: bool) -> State:
    """Give the state in which an enquiry waits for what is next; one of nobody's stays."""
    if enquiry.owner is None:
        return State(enquiry.state)
    if is_booked and enquiry.hold not in HELD_BACK:
        return State.SCHEDULED
    return State.FOLLOW_UP if has_follow_up else State.ASSIGNED


def _write_about(enquiry: Enquiry, *, attempt: CallAttempt, now: datetime) -> None:
    """Promise the letter that a call leads to: an invitation, or a question whether it helped."""
    if attempt.outcome == CallOutcome.REACHED:
        topic, key = Topic.CALL_OPINION, f"{Topic.CALL_OPINION}:{attempt.pk}"
        ask_at = slots.next_daytime(now + SETTLED, zone=ladder.zone_of(enquiry))
        outbox.queue_message(topic, dedupe_key=key, enquiry=enquiry, now=now, delay=ask_at - now)
    elif _is_given_up(enquiry, attempt=attempt):
        topic = Topic.RESCHEDULE_INVITATION
        key = f"{topic}:{enquiry.pk}:{enquiry.callbacks.count()}"  # once for each time they chose
        outbox.queue_message(topic, dedupe_key=key, enquiry=enquiry, now=now)

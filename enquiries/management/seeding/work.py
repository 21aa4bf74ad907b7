"""What was promised to made-up people, and what staff did: callbacks, follow-ups, calls, notes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import Model
from tzdata import IANA_VERSION

from enquiries import slots
from enquiries.management.seeding.standing import Standing, starts_on
from enquiries.management.seeding.words import NOTES, REMARKS
from enquiries.models import (
    CallAttempt,
    Callback,
    CallOutcome,
    Enquiry,
    Event,
    EventKind,
    FollowUp,
    FollowUpReason,
    Note,
    Reply,
    Resume,
    ResumeState,
)
from enquiries.transitions import Hold, State

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_SILENT = {Hold.NEEDS_GUARDIAN, Hold.RECONSENT}
_MISSED = (CallOutcome.NO_ANSWER, CallOutcome.VOICEMAIL, CallOutcome.BUSY)
_SPOKE = tuple(each for each in CallOutcome if each not in _MISSED)
_ANY_TIME, _CHANGED, _NOTED, _WITH_RESUME = 0.35, 0.08, 0.25, 0.3  # parts of all
_KEPT = timedelta(days=90)  # a file, after the closing
_WORKED_ON = {State.ASSIGNED, State.SCHEDULED, State.IN_CALL, State.FOLLOW_UP}


def promises(
    enquiry: Enquiry, *, stands: Standing, office: ZoneInfo, chance: Random
) -> Iterator[Model]:
    """Make the wishes to be called, and the follow-ups of staff."""
    is_scheduled = stands.state is State.SCHEDULED
    starts_at = None
    if is_scheduled or (enquiry.reply == Reply.CALL and stands.hold not in _SILENT):
        if is_scheduled or chance.random() > _ANY_TIME:
            starts_at = chance.choice(starts_on(stands.call_on, enquiry.time_zone, office))
        callbacks = [(starts_at, enquiry.closed_at)]
        if chance.random() < _CHANGED:
            callbacks.insert(0, (None, enquiry.created_at + _HOUR))
        for sequence, (start, cancelled_at) in enumerate(callbacks):
            yield _callback(enquiry, starts_at=start, sequence=sequence, cancelled_at=cancelled_at)
    first, begun = FollowUpReason.FIRST_CALL, stands.closed_at or stands.claimed_at
    if stands.state is State.NEW:
        yield from _follow_up(enquiry, reason=first, due_at=starts_at or stands.due_at)
        return
    due_at = enquiry.created_at + _DAY
    yield from _follow_up(enquiry, reason=first, due_at=due_at, done_at=begun)
    if stands.state in _WORKED_ON:
        due_at = starts_at if is_scheduled and starts_at else stands.due_at
        yield from _follow_up(enquiry, reason=FollowUpReason.CALL_AGAIN, due_at=due_at)


def work(enquiry: Enquiry, *, stands: Standing, now: datetime, chance: Random) -> Iterator[Model]:
    """Make the calls, notes and changes of the member of staff who claimed it."""
    if stands.owner is None or stands.claimed_at is None:
        return
    key, by, at = enquiry.pk, stands.owner, stands.claimed_at
    claimed = {"from_state": "new", "to_state": "assigned", "to_owner_id": by}
    yield Event(enquiry_id=key, kind=EventKind.CLAIMED.value, at=at, by_id=by, **claimed)
    outcomes = _outcomes(stands.state, chance=chance) if stands.hold not in _SILENT else []
    step = ((stands.closed_at or now) - at) / (len(outcomes) + 1)
    for place, outcome in enumerate(outcomes, start=1):
        called_at = enquiry.last_contact_at = at + step * place
        yield CallAttempt(
            enquiry_id=key,
            by_id=by,
            at=called_at,
            to_guardian=bool(enquiry.guardian_phone),
            number_ending=(enquiry.guardian_phone or enquiry.own_phone)[-3:],
            outcome=outcome.value,
            remark=chance.choice(REMARKS),
        )
        kind = EventKind.CALL_RECORDED.value
        yield Event(enquiry_id=key, kind=kind, at=called_at, by_id=by, why=outcome.label)
    if chance.random() < _NOTED:
        yield Note(enquiry_id=key, by_id=by, at=at, text=chance.choice(NOTES))
        yield Event(enquiry_id=key, kind=EventKind.NOTE_ADDED.value, at=at, by_id=by)
    if stands.state is not State.ASSIGNED:
        yield Event(
            enquiry_id=key,
            kind=EventKind.STATE_CHANGED.value,
            at=stands.closed_at or at,
            by_id=by,
            from_state="assigned",
            to_state=stands.state.value,
        )


def resume(enquiry: Enquiry, *, now: datetime, chance: Random) -> Iterator[Model]:
    """Make a résumé whose file was deleted, at the latest after 90 days; there is none to keep."""
    deleted_at = enquiry.closed_at + _KEPT if enquiry.closed_at else enquiry.created_at + _HOUR
    if deleted_at < now and enquiry.own_email and chance.random() < _WITH_RESUME:
        yield Resume(
            enquiry_id=enquiry.pk,
            original_name="resume.pdf",
            format="pdf",
            size=200_000,
            sha256=enquiry.content_digest,
            state=ResumeState.CLEAN.value,
            received_at=enquiry.created_at,
            deleted_at=deleted_at,
        )


def _outcomes(state: State, *, chance: Random) -> list[CallOutcome]:
    """Tell the calls: who was not reached was tried three times, who is done was spoken with."""
    missed = {State.CLOSED_UNREACHED: 3, State.DONE: chance.randrange(3)}.get(state, 0)
    outcomes = [chance.choice(_MISSED) for _ in range(missed)]
    if state is State.DONE:
        outcomes.append(CallOutcome.REACHED)
    if state is State.FOLLOW_UP:
        outcomes.append(chance.choice(_SPOKE))
    return outcomes


def _callback(
    enquiry: Enquiry, *, starts_at: datetime | None, sequence: int, cancelled_at: datetime | None
) -> Callback:
    local = starts_at.astimezone(ZoneInfo(enquiry.time_zone)) if starts_at else None
    return Callback(
        enquiry_id=enquiry.pk,
        starts_at=starts_at,
        ends_at=starts_at + slots.LENGTH if starts_at else None,
        zone=enquiry.time_zone,
        local_on=local.date() if local else None,
        local_time=local.time() if local else None,
        tzdata_version=IANA_VERSION,
        sequence=sequence,
        created_at=enquiry.created_at,
        cancelled_at=cancelled_at,
    )


def _follow_up(
    enquiry: Enquiry,
    *,
    reason: FollowUpReason,
    due_at: datetime,
    done_at: datetime | None = None,
) -> Iterator[Model]:
    owner = enquiry.owner_id
    yield FollowUp(
        enquiry_id=enquiry.pk,
        reason=reason.value,
        due_at=due_at,
        owner_id=owner,
        created_at=enquiry.created_at,
        done_at=done_at,
        done_by_id=owner if done_at else None,
    )
    yield Event(
        enquiry_id=enquiry.pk,
        kind=EventKind.FOLLOW_UP_SCHEDULED.value,
        at=enquiry.created_at,
        why=reason.label,
    )

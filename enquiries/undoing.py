"""Undoing: taking back one's own latest change of an enquiry, until the next change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import models, transaction

from enquiries import bookings
from enquiries.appointments import tell_change
from enquiries.events import Standing, record_event
from enquiries.models import (
    Callback,
    ChangeKind,
    ChangeRecord,
    Enquiry,
    Event,
    EventKind,
    FollowUp,
    Letter,
    Note,
    OutboxMessage,
    Topic,
)
from enquiries.transitions import CLOSED_STATES, Hold, State

RESTORED = (
    "state",
    "owner_id",
    "claimed_at",
    "hold",
    "closed_at",
    "duplicate_of_id",
    "needs_agent",
)
OF_THE_ROW = frozenset(
    {
        EventKind.CLAIMED,
        EventKind.RELEASED,
        EventKind.ASSIGNED,
        EventKind.STATE_CHANGED,
        EventKind.HOLD_CHANGED,
        EventKind.AGENT_NEEDED,
        EventKind.AGENT_NOT_NEEDED,
    }
)
UNDOABLE = OF_THE_ROW | {EventKind.NOTE_ADDED, EventKind.FOLLOW_UP_SCHEDULED}
NO_CHANGES = (
    EventKind.LETTER_SENT,
    EventKind.LETTER_FAILED,
    EventKind.RESUME_OPENED,
    EventKind.RESUME_CHECKED,
    EventKind.ESCALATED,
    EventKind.GUARDIAN_REMINDED,
)
OF_STAFF = {Hold.NONE, Hold.NEEDS_INFO}  # the other holds follow from a birth date


class NothingToUndo(Exception):
    """The latest change is not one's own, cannot be taken back, or another has come since."""


class TooLateToUndo(Exception):
    """An e-mail about the change has left, or leaves just now; ``sentence`` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """A change taken back; ``remarks`` are sentences on what could not be as before."""

    enquiry: Enquiry
    event: Event
    remarks: tuple[str, ...] = ()


def last_undoable(enquiry: Enquiry, *, by: User) -> Event | None:
    """Give the latest change of an enquiry if ``by`` made it and may take it back; one query."""
    events = Event.objects.filter(enquiry=enquiry).exclude(kind__in=NO_CHANGES)
    return undoable(events.order_by("-pk")[:2], by=by)


def undoable(events: Iterable[Event], *, by: User) -> Event | None:
    """Give the latest of all changes of an enquiry if ``by`` made it and may take it back."""
    changes = (each for each in events if each.kind not in NO_CHANGES)
    latest = sorted(changes, key=attrgetter("pk"), reverse=True)[:2]
    if not latest or latest[0].by_id != by.pk or latest[0].kind not in UNDOABLE:
        return None
    change, *others = latest
    if any(each.at == change.at for each in others):  # a part of a larger change, as a call
        return None
    if change.kind == EventKind.HOLD_CHANGED and not (
        change.from_hold != change.to_hold and {change.from_hold, change.to_hold} <= OF_STAFF
    ):
        return None
    return change


@transaction.atomic
def undo(enquiry: Enquiry, *, by: User, now: datetime, change: int | None = None) -> Undone:
    """
    Take back the latest change of an enquiry, which ``by`` made.

    ``change`` is the number of the event that the page offered to undo. Undoing a closing opens
    the follow-ups that it closed, and books the call again if its place is still free.

    :raises NothingToUndo: if something else was changed meanwhile
    :raises TooLateToUndo: if the person has been told that the enquiry is withdrawn
    """
    locked = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    event = last_undoable(locked, by=by)
    if event is None or change not in {None, event.pk}:
        raise NothingToUndo
    before = Standing.of(locked)
    remarks: tuple[str, ...] = ()
    columns: list[str] = []
    if event.kind == EventKind.NOTE_ADDED:
        _take_away(Note.objects.filter(enquiry=locked, by=by, at=event.at).last())
    elif event.kind == EventKind.FOLLOW_UP_SCHEDULED:
        scheduled = FollowUp.objects.open().filter(enquiry=locked, created_at=event.at)
        _take_away(scheduled.order_by("pk").last())
    else:
        columns, remarks = _restore(locked, event=event, now=now)
    # First: a change against the table of transitions is let through if this event tells of it.
    undone = record_event(
        locked,
        kind=EventKind.CHANGE_UNDONE,
        before=before,
        by=by,
        now=now,
        why=event.get_kind_display(),
        undoes=event,
    )
    if columns:
        locked.save(update_fields=columns)
    return Undone(enquiry=locked, event=undone, remarks=remarks)


def _take_away(row: Note | FollowUp | None) -> None:
    if row is None or (isinstance(row, Note) and row.enquiry.legal_hold_since):
        raise NothingToUndo
    row.delete()


def _restore(enquiry: Enquiry, *, event: Event, now: datetime) -> tuple[list[str], tuple[str, ...]]:
    """
    Put back what ended with a closing, and in memory what the columns held before an event.

    Gives the fields to save, and remarks on what could not be as before.
    """
    stood = _columns_before(enquiry, event=event)
    remarks: tuple[str, ...] = ()
    if event.to_state in CLOSED_STATES and event.from_state not in CLOSED_STATES:
        remarks = _reopen_promises(enquiry, event=event, now=now)
        booked = Callback.objects.current().at_a_chosen_time().filter(enquiry=enquiry)
        if event.from_state == State.SCHEDULED and not booked.exists():
            stood["state"] = State.ASSIGNED
    for column, value in stood.items():
        setattr(enquiry, column, value)
    return [column.removesuffix("_id") for column in stood], remarks


def _columns_before(enquiry: Enquiry, *, event: Event) -> dict[str, Any]:
    """
    Read what the columns held before an event from the record that a trigger wrote of it.

    :raises NothingToUndo: if the newest record is of another change, made past the site
    """
    record = (
        ChangeRecord.objects.filter(
            enquiry_number=enquiry.pk,
            table=Enquiry._meta.db_table,
            kind=ChangeKind.UPDATE,
            changed__has_any_keys=RESTORED,
        )
        .order_by("-pk")
        .first()
    )
    told = {
        "state": (event.from_state, event.to_state),
        "owner_id": (event.from_owner_id, event.to_owner_id),
        "hold": (event.from_hold, event.to_hold),
    }
    if event.kind in {EventKind.AGENT_NEEDED, EventKind.AGENT_NOT_NEEDED}:
        needed = event.kind == EventKind.AGENT_NEEDED
        told = {"needs_agent": (not needed, needed)}
    changed = record.changed if record else {}
    expected = {name: list(pair) for name, pair in told.items() if pair[0] != pair[1]}
    if record is None or {name: changed[name] for name in told if name in changed} != expected:
        raise NothingToUndo
    return {
        column: _field(column).to_python(changed[column][0])
        for column in RESTORED
        if column in changed
    }


def _field(column: str) -> models.Field:
    return cast(models.Field, Enquiry._meta.get_field(column.removesuffix("_id")))


def _reopen_promises(enquiry: Enquiry, *, event: Event, now: datetime) -> tuple[str, ...]:
    """Open the follow-ups that a closing closed, and book its call again if that can be."""
    was_told = _stop_letters(enquiry, event=event)
    closed = FollowUp.objects.filter(enquiry=enquiry, done_at=event.at, done_by=event.by)
    closed.update(done_at=None, done_by=None)
    cancelled = Callback.objects.filter(enquiry=enquiry, cancelled_at=event.at).last()
    if cancelled is None or (cancelled.starts_at and cancelled.starts_at <= now):
        return ()
    again = bookings.take_again(cancelled, now=now, as_new=was_told)
    if again is None or was_told:
        tell_change(enquiry, callback=again or cancelled, now=now)
    if again is None:
        return ("The place of the call was taken meanwhile. Book another time.",)
    if was_told:
        return ("They were told that the call is off. An e-mail tells them that it stands.",)
    return ()


def _stop_letters(enquiry: Enquiry, *, event: Event) -> bool:
    """
    Drop the letters about a closing that have not left; say whether one has.

    :raises TooLateToUndo: if one leaves at this moment, or confirmed a withdrawal
    """
    promised = OutboxMessage.objects.filter(
        enquiry=enquiry,
        topic__in=[Topic.WITHDRAWAL, Topic.CALLBACK_CHANGED],
        created_at=event.at,
    )
    unsent = promised.filter(done_at=None)
    dropped = list(unsent.select_for_update(skip_locked=True).values_list("pk", flat=True))
    if unsent.exclude(pk__in=dropped).exists():
        raise TooLateToUndo("An e-mail about it is just leaving. Try again in a minute.")
    told = Letter.objects.filter(outbox_message__in=promised, delivered_at__isnull=False)
    if told.filter(kind=Topic.WITHDRAWAL).exists():
        raise TooLateToUndo("An e-mail told them that it is withdrawn. Reopen it, and say why.")
    promised.filter(pk__in=dropped).delete()
    return told.exists()

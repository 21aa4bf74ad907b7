"""The timeline of an enquiry: changes, calls, notes, letters and opened files in one order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Coalesce, Concat

from enquiries.admin.staff import staff_name
from enquiries.merging import merged_into
from enquiries.models import (
    CallAttempt,
    CallOpinion,
    Enquiry,
    Event,
    EventKind,
    Letter,
    Note,
    ResumeAccess,
    StaffReply,
)

TOLD_BY_THEIR_OWN_ROWS = {
    EventKind.NOTE_ADDED,
    EventKind.CALL_RECORDED,
    EventKind.LETTER_SENT,
    EventKind.LETTER_FAILED,
    EventKind.RESUME_OPENED,
    EventKind.REPLY_WRITTEN,
    EventKind.OPINION_GIVEN,
}
TELL_THE_STATE = {EventKind.SUBMITTED, EventKind.STATE_CHANGED}
THE_SITE, THE_PERSON = "The site", "The person"
NOTHING = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What stood before a change and after it."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened; ``kind`` chooses its mark."""

    kind: str
    at: datetime
    by: str
    what: str
    detail: str = ""
    changes: tuple[Change, ...] = ()


def timeline(enquiry: Enquiry) -> list[Entry]:
    """Tell what happened to an enquiry, newest first."""
    told = [
        *_events(enquiry),
        *_calls(enquiry),
        *_notes(enquiry),
        *_letters(enquiry),
        *_replies(enquiry),
        *_opinions(enquiry),
        *_accesses(enquiry),
    ]
    return sorted(told, key=attrgetter("at"))[::-1]


def _events(enquiry: Enquiry) -> Iterator[Entry]:
    events = Event.objects.filter(enquiry=enquiry).exclude(kind__in=TOLD_BY_THEIR_OWN_ROWS)
    for event in events.select_related("by", "from_owner", "to_owner"):
        yield Entry(
            kind=event.kind,
            at=event.at,
            by=staff_name(event.by) if event.by else THE_SITE,
            what=_what(event),
            detail=event.why,
            changes=tuple(_changes(event)),
        )


def _what(event: Event) -> str:
    if event.kind == EventKind.STATE_CHANGED:
        return f"{event.get_from_state_display()} → {event.get_to_state_display()}"
    return event.get_kind_display()


def _changes(event: Event) -> Iterator[Change]:
    pairs = (
        ("State", event.get_from_state_display(), event.get_to_state_display()),
        ("Owner", _owner(event.from_owner), _owner(event.to_owner)),
        ("Hold", event.get_from_hold_display(), event.get_to_hold_display()),
    )
    for what, before, after in pairs:
        is_told = what == "State" and event.kind in TELL_THE_STATE
        if before != after and not is_told:
            yield Change(what=what, before=before or NOTHING, after=after or NOTHING)


def _owner(user: User | None) -> str:
    return staff_name(user) if user else ""


def _replies(enquiry: Enquiry) -> Iterator[Entry]:
    for reply in _said(StaffReply, enquiry).select_related("by"):
        yield Entry(
            kind="reply",
            at=reply.at,
            by=staff_name(reply.by),
            what=f"E-mail: {reply.subject}{reply.where}",
            detail=reply.text,
        )


def _opinions(enquiry: Enquiry) -> Iterator[Entry]:
    for opinion in CallOpinion.objects.filter(enquiry=enquiry):
        yield Entry(
            kind="opinion",
            at=opinion.at,
            by=THE_PERSON,
            what=f"Did the call help? {opinion.get_helped_display()}",
            detail=opinion.words,
        )


def _calls(enquiry: Enquiry) -> Iterator[Entry]:
    for attempt in _said(CallAttempt, enquiry).select_related("by"):
        line = "the guardian\u2019s line" if attempt.to_guardian else "their line"
        ending = f", ending {attempt.number_ending}" if attempt.number_ending else ""
        yield Entry(
            kind="call",
            at=attempt.at,
            by=staff_name(attempt.by),
            what=f"Call: {attempt.get_outcome_display()}{attempt.where}",
            detail=f"On {line}{ending}. {attempt.remark}".strip(),
        )


def _notes(enquiry: Enquiry) -> Iterator[Entry]:
    for note in _said(Note, enquiry).select_related("by"):
        what = f"Note{note.where}"
        yield Entry(kind="note", at=note.at, by=staff_name(note.by), what=what, detail=note.text)


def _said(model: type[models.Model], enquiry: Enquiry) -> models.QuerySet[Any]:
    """Find what was said about an enquiry, and about those that repeat it, which are named."""
    named = Concat(models.Value(" ("), "enquiry__reference", models.Value(")"))
    here = models.When(enquiry=enquiry, then=models.Value(""))
    said = model._default_manager.filter(enquiry__in=merged_into(enquiry))
    told: models.QuerySet[Any] = said.annotate(where=models.Case(here, default=named))
    return told


def _letters(enquiry: Enquiry) -> Iterator[Entry]:
    letters = Letter.objects.filter(enquiry=enquiry)
    for letter in letters.annotate(left_at=Coalesce("delivered_at", "failed_at")):
        refused = f"The mail server refused it ({letter.refusal_code})."
        yield Entry(
            kind="letter",
            at=letter.left_at,
            by=THE_SITE,
            what=f"E-mail: {letter.get_kind_display()}",
            detail="" if letter.delivered_at else refused,
        )


def _accesses(enquiry: Enquiry) -> Iterator[Entry]:
    accesses = ResumeAccess.objects.filter(resume__enquiry=enquiry)
    for access in accesses.select_related("by"):
        yield Entry(
            kind="resume",
            at=access.at,
            by=staff_name(access.by),
            what="Résumé opened",
            detail=access.why,
        )

"""The timeline of an enquiry: changes, calls, notes, letters and opened files in one order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models.functions import Coalesce

from enquiries.admin.staff import staff_name
from enquiries.models import (
    CallAttempt,
    Enquiry,
    Event,
    EventKind,
    Letter,
    Note,
    ResumeAccess,
)

TOLD_BY_THEIR_OWN_ROWS = {
    EventKind.NOTE_ADDED,
    EventKind.CALL_RECORDED,
    EventKind.LETTER_SENT,
    EventKind.LETTER_FAILED,
    EventKind.RESUME_OPENED,
}
THE_SITE = "The site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened; ``kind`` chooses its mark."""

    kind: str
    at: datetime
    by: str
    what: str
    detail: str = ""


def timeline(enquiry: Enquiry) -> list[Entry]:
    """Tell what happened to an enquiry, newest first."""
    told = [
        *_events(enquiry),
        *_calls(enquiry),
        *_notes(enquiry),
        *_letters(enquiry),
        *_accesses(enquiry),
    ]
    return sorted(told, key=attrgetter("at"))[::-1]


def _events(enquiry: Enquiry) -> Iterator[Entry]:
    events = Event.objects.filter(enquiry=enquiry).exclude(kind__in=TOLD_BY_THEIR_OWN_ROWS)
    for event in events.select_related("by"):
        what = event.get_kind_display()
        if event.kind == EventKind.STATE_CHANGED:
            what = f"{event.get_from_state_display()} → {event.get_to_state_display()}"
        yield Entry(
            kind=event.kind,
            at=event.at,
            by=staff_name(event.by) if event.by else THE_SITE,
            what=what,
            detail=event.why,
        )


def _calls(enquiry: Enquiry) -> Iterator[Entry]:
    for attempt in CallAttempt.objects.filter(enquiry=enquiry).select_related("by"):
        line = "the guardian\u2019s line" if attempt.to_guardian else "their line"
        ending = f", ending {attempt.number_ending}" if attempt.number_ending else ""
        yield Entry(
            kind="call",
            at=attempt.at,
            by=staff_name(attempt.by),
            what=f"Call: {attempt.get_outcome_display()}",
            detail=f"On {line}{ending}. {attempt.remark}".strip(),
        )


def _notes(enquiry: Enquiry) -> Iterator[Entry]:
    for note in Note.objects.filter(enquiry=enquiry).select_related("by"):
        yield Entry(kind="note", at=note.at, by=staff_name(note.by), what="Note", detail=note.text)


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

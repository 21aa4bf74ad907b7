"""The timeline of an enquiry: changes, calls, notes, letters and opened files in one order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.contrib.auth.models import User

from enquiries.admin.staff import staff_name
from enquiries.desk import WholeEnquiry
from enquiries.models import (
    CallAttempt,
    CallOpinion,
    Event,
    EventKind,
    Letter,
    Note,
    ResumeAccess,
    StaffReply,
)
from enquiries.transitions import Hold

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


def timeline(whole: WholeEnquiry) -> list[Entry]:
    """Tell what happened to an enquiry, newest first."""
    told = [
        *_events(whole.events),
        *_calls(whole),
        *_notes(whole),
        *_letters(whole.letters),
        *_replies(whole),
        *_opinions(whole.opinions),
        *_accesses(whole.accesses),
    ]
    return sorted(told, key=attrgetter("at"))[::-1]


def _events(events: Iterable[Event]) -> Iterator[Entry]:
    for event in events:
        if event.kind not in TOLD_BY_THEIR_OWN_ROWS:
            yield Entry(
                kind=event.kind,
                at=event.at,
                by=staff_name(event.by) if event.by else THE_SITE,
                what=_what(event),
                detail=_why(event),
                changes=tuple(_changes(event)),
            )


def _what(event: Event) -> str:
    if event.kind == EventKind.STATE_CHANGED:
        return f"{event.get_from_state_display()} → {event.get_to_state_display()}"
    return event.get_kind_display()


def _why(event: Event) -> str:
    """Give the reason; one that only names the new hold again is none."""
    names_the_hold = event.kind == EventKind.HOLD_CHANGED and event.why == Hold(event.to_hold).label
    return "" if names_the_hold else event.why


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


def _replies(whole: WholeEnquiry) -> Iterator[Entry]:
    for reply in whole.replies:
        yield Entry(
            kind="reply",
            at=reply.at,
            by=staff_name(reply.by),
            what=f"E-mail: {reply.subject}{_where(reply, whole=whole)}",
            detail=reply.text,
        )


def _opinions(opinions: Iterable[CallOpinion]) -> Iterator[Entry]:
    for opinion in opinions:
        yield Entry(
            kind="opinion",
            at=opinion.at,
            by=THE_PERSON,
            what=f"Did the call help? {opinion.get_helped_display()}",
            detail=opinion.words,
        )


def _calls(whole: WholeEnquiry) -> Iterator[Entry]:
    for attempt in whole.calls:
        line = "the guardian\u2019s line" if attempt.to_guardian else "their line"
        ending = f", ending {attempt.number_ending}" if attempt.number_ending else ""
        yield Entry(
            kind="call",
            at=attempt.at,
            by=staff_name(attempt.by),
            what=f"Call: {attempt.get_outcome_display()}{_where(attempt, whole=whole)}",
            detail=f"On {line}{ending}. {attempt.remark}".strip(),
        )


def _notes(whole: WholeEnquiry) -> Iterator[Entry]:
    for note in whole.notes:
        what = f"Note{_where(note, whole=whole)}"
        yield Entry(kind="note", at=note.at, by=staff_name(note.by), what=what, detail=note.text)


def _where(said: StaffReply | CallAttempt | Note, *, whole: WholeEnquiry) -> str:
    """Name the enquiry about which something was said, if it is one that repeats this."""
    repeats = (each for each in whole.repeats if each.pk == said.enquiry_id)
    return next((f" ({repeat.reference})" for repeat in repeats), "")


def _letters(letters: Iterable[Letter]) -> Iterator[Entry]:
    for letter in letters:
        if left_at := letter.delivered_at or letter.failed_at:
            refused = f"The mail server refused it ({letter.refusal_code})."
            yield Entry(
                kind="letter",
                at=left_at,
                by=THE_SITE,
                what=f"E-mail: {letter.get_kind_display()}",
                detail="" if letter.delivered_at else refused,
            )


def _accesses(accesses: Iterable[ResumeAccess]) -> Iterator[Entry]:
    for access in accesses:
        yield Entry(
            kind="resume",
            at=access.at,
            by=staff_name(access.by),
            what="Résumé opened",
            detail=access.why,
        )

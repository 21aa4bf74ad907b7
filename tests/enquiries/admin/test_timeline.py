"""The timeline: everything that happened, once, newest first."""

from datetime import timedelta
from typing import Any

from enquiries.admin.timeline import Entry
from enquiries.admin.timeline import timeline as told_of
from enquiries.calls import record_call
from enquiries.desk import read_whole
from enquiries.merging import merge
from enquiries.models import CallOutcome, Enquiry, Event, Letter, OutboxMessage
from enquiries.opening import open_resume
from enquiries.transitions import State
from enquiries.triage import (
    add_note,
    ask_for_information,
    change_state,
    claim,
    information_came,
)


def timeline(enquiry: Enquiry) -> list[Entry]:
    whole = read_whole(enquiry.pk, now=enquiry.created_at)
    assert whole
    return told_of(whole)


def test_everything_is_told_once_and_newest_first(make_enquiry, adviser, make_resume, now):
    enquiry = make_enquiry()
    Event.objects.create(enquiry=enquiry, kind="submitted", to_state="new", at=now)
    message = OutboxMessage.objects.create(
        topic="acknowledgement", dedupe_key="a", created_at=now, available_at=now
    )
    Letter.objects.create(
        enquiry=enquiry,
        outbox_message=message,
        kind=message.topic,
        message_id="<a@example.org>",
        delivered_at=now + timedelta(minutes=1),
    )
    Event.objects.create(enquiry=enquiry, kind="letter_sent", at=now + timedelta(minutes=1))

    def later(minutes: int) -> dict[str, Any]:
        return {"by": adviser, "now": now + timedelta(minutes=minutes)}

    claim(enquiry, **later(2))
    known: dict[str, Any] = {"why": "To prepare", "though_unchecked": True}
    open_resume(make_resume(enquiry), **known, **later(3)).close()
    record_call(enquiry, outcome=CallOutcome.BUSY, remark="Engaged", **later(4))
    add_note(enquiry, text="Try at noon", **later(5))
    change_state(enquiry, to_state=State.IN_CALL, why="Rang back", **later(6))

    told = timeline(enquiry)
    assert [(entry.what, entry.by, entry.detail) for entry in told] == [
        ("Follow-up → In a call", "Mia Chen", "Rang back"),
        ("Note", "Mia Chen", "Try at noon"),
        ("Call: Busy", "Mia Chen", "On their line, ending 001. Engaged"),
        ("Follow-up scheduled", "Mia Chen", "Call again"),
        ("Résumé opened", "Mia Chen", "To prepare"),
        ("Claimed", "Mia Chen", ""),
        ("E-mail: Acknowledgement", "The site", ""),
        ("Submitted", "The site", ""),
    ]


def test_a_refused_letter_says_so(make_enquiry, now):
    enquiry = make_enquiry()
    message = OutboxMessage.objects.create(
        topic="acknowledgement", dedupe_key="a", created_at=now, available_at=now
    )
    Letter.objects.create(
        enquiry=enquiry,
        outbox_message=message,
        kind=message.topic,
        message_id="<a@example.org>",
        failed_at=now,
        refusal_code=550,
    )
    assert [entry.detail for entry in timeline(enquiry)] == ["The mail server refused it (550)."]


def test_a_call_to_a_guardian_is_told_as_such(make_enquiry, adviser, now):
    enquiry = make_enquiry(minor=True)
    record_call(enquiry, outcome=CallOutcome.NO_ANSWER, by=adviser, now=now)
    assert timeline(enquiry)[0].detail == "On the guardian\u2019s line, ending 002."


def test_what_was_said_about_a_repeat_is_told_with_the_original(make_enquiry, adviser, now):
    original, repeat = make_enquiry(), make_enquiry()
    add_note(repeat, text="Prefers mornings", by=adviser, now=now)
    merge(repeat, into=original, by=adviser, now=now)
    told = {entry.what: entry.detail for entry in timeline(original)}
    assert told[f"Note ({repeat.reference})"] == "Prefers mornings"
    assert f"Note ({repeat.reference})" not in {entry.what for entry in timeline(repeat)}


def test_a_hold_that_ended_is_told_once_and_a_reason_whenever_there_is_one(
    make_enquiry, adviser, now
):
    enquiry = make_enquiry()
    ask_for_information(enquiry, by=adviser, now=now, why="Which city?")
    information_came(enquiry, by=adviser, now=now + timedelta(minutes=1))
    ended, began = timeline(enquiry)[:2]
    assert [(each.before, each.after) for each in ended.changes] == [("Needs information", "none")]
    assert (ended.detail, began.detail) == ("", "Which city?")

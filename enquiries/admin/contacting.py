"""Actions that reach the person, or promise to: calls, e-mails, times, follow-ups, notes."""

from django.utils import timezone

from enquiries import appointments, calls, followups, replies, slots, triage
from enquiries.admin import times
from enquiries.admin.action import Action, Doing, needs
from enquiries.admin.contact_forms import BookingForm, ReplyForm
from enquiries.admin.forms import CallForm, FollowUpForm, NoteForm
from enquiries.admin.staff import staff_name
from enquiries.ladder import zone_of
from enquiries.models import CallOutcome, Enquiry, FollowUpReason
from enquiries.transitions import Hold, State


def _start_call(doing: Doing) -> str:
    calls.start_call(doing.enquiry, by=doing.by, now=doing.now)
    return "The call has begun. Record what came of it when you have hung up."


def _record_call(doing: Doing) -> str:
    attempt = calls.record_call(
        doing.enquiry,
        by=doing.by,
        outcome=CallOutcome(doing.given["outcome"]),
        now=doing.now,
        remark=doing.given["remark"],
    )
    told = f"The call is recorded: {attempt.get_outcome_display().lower()}."
    owner = doing.enquiry.owner
    if owner is None or owner == doing.by:
        return told
    return f"{told} {staff_name(owner)} has this enquiry, and reads of the call on its page."


def _reply(doing: Doing) -> str:
    replies.write_reply(
        doing.enquiry,
        subject=doing.given["subject"],
        text=doing.given["text"],
        by=doing.by,
        now=doing.now,
    )
    return "The e-mail is on its way."


def _book(doing: Doing) -> str:
    callback = appointments.schedule_call(
        doing.enquiry, starts_at=doing.given["starts_at"], by=doing.by, now=doing.now
    )
    return (
        f"The call is booked: {' = '.join(times.in_both_zones(callback))}. They are told by e-mail."
    )


def _schedule_follow_up(doing: Doing) -> str:
    followups.schedule_follow_up(
        doing.enquiry,
        due_at=doing.given["due_at"],
        reason=FollowUpReason(doing.given["reason"]),
        now=doing.now,
        owner=doing.enquiry.owner or doing.by,
        by=doing.by,
    )
    return "The follow-up is scheduled."


def _add_note(doing: Doing) -> str:
    triage.add_note(doing.enquiry, text=doing.given["text"], by=doing.by, now=doing.now)
    return "The note is kept."


def _may_be_rung(enquiry: Enquiry) -> bool:
    return (
        enquiry.is_open
        and enquiry.state != State.IN_CALL
        and enquiry.hold == Hold.NONE
        and bool(enquiry.contact_phone)
        and slots.in_daytime(timezone.now(), zone=zone_of(enquiry))
    )


def _may_be_booked(enquiry: Enquiry) -> bool:
    return (
        enquiry.is_open
        and enquiry.owner_id is not None
        and bool(enquiry.contact_phone)
        and enquiry.hold not in {Hold.NEEDS_GUARDIAN, Hold.RECONSENT}
    )


CONTACTING = (
    Action(
        name="start_call",
        label="Start a call",
        perform=_start_call,
        permissions=needs("claim_enquiry", "add_callattempt"),
        offered=_may_be_rung,
        suits=lambda enquiry, user: enquiry.owner_id in {None, user.pk},
    ),
    Action(
        name="call",
        label="Record a call",
        perform=_record_call,
        permissions=needs("add_callattempt"),
        offered=lambda enquiry: enquiry.is_open,
        form=lambda _: CallForm,
        only_adds=True,
        minds_owner=True,
    ),
    Action(
        name="reply",
        label="Write an e-mail",
        perform=_reply,
        permissions=needs("add_staffreply"),
        offered=lambda enquiry: enquiry.is_open and not replies.why_not(enquiry),
        form=lambda _: ReplyForm,
        button="Send",
        only_adds=True,
    ),
    Action(
        name="book",
        label="Book a time for the call",
        perform=_book,
        permissions=needs("change_enquiry"),
        offered=_may_be_booked,
        form=lambda _: BookingForm,
    ),
    Action(
        name="follow_up",
        label="Schedule a follow-up",
        perform=_schedule_follow_up,
        permissions=needs("add_followup"),
        offered=lambda enquiry: enquiry.is_open,
        form=lambda _: FollowUpForm,
        only_adds=True,
    ),
    Action(
        name="note",
        label="Add a note",
        perform=_add_note,
        permissions=needs("add_note"),
        offered=lambda _: True,
        form=lambda _: NoteForm,
        only_adds=True,
    ),
)

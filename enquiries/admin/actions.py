"""All that staff may do to an enquiry, by name."""

from django.contrib.auth.models import User

from enquiries import calls, confirmation, followups, majority, triage
from enquiries.admin.action import Action, Doing, needs
from enquiries.admin.changes import CHANGES, may_become
from enquiries.admin.forms import (
    AssignForm,
    BirthDateForm,
    CallForm,
    ConfirmGuardianForm,
    FollowUpForm,
    NoteForm,
    ReasonForm,
    RemarkForm,
)
from enquiries.admin.staff import staff_name
from enquiries.models import CallOutcome, Enquiry, FollowUpReason
from enquiries.transitions import Hold, State


def _release_needs(enquiry: Enquiry, user: User) -> tuple[str, ...]:
    return ("claim_enquiry",) if enquiry.owner_id == user.pk else ("reassign_enquiry",)


def _claim(doing: Doing) -> str:
    triage.claim(doing.enquiry, by=doing.by, now=doing.now)
    return f"{doing.enquiry.reference} is yours."


def _release(doing: Doing) -> str:
    triage.release(doing.enquiry, by=doing.by, now=doing.now, why=doing.given["why"])
    return f"{doing.enquiry.reference} is back among the new ones."


def _assign(doing: Doing) -> str:
    to = doing.given["to"]
    triage.assign(doing.enquiry, to=to, by=doing.by, now=doing.now, why=doing.given["why"])
    return f"{doing.enquiry.reference} now belongs to {staff_name(to)}."


def _add_note(doing: Doing) -> str:
    triage.add_note(doing.enquiry, text=doing.given["text"], by=doing.by, now=doing.now)
    return "The note is kept."


def _record_call(doing: Doing) -> str:
    attempt = calls.record_call(
        doing.enquiry,
        by=doing.by,
        outcome=CallOutcome(doing.given["outcome"]),
        now=doing.now,
        remark=doing.given["remark"],
    )
    return f"The call is recorded: {attempt.get_outcome_display().lower()}."


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


def _confirm_guardian(doing: Doing) -> str:
    confirmation.confirm_guardian_by_voice(
        doing.enquiry,
        by=doing.by,
        script_version=doing.given["script_version"],
        now=doing.now,
    )
    return f"The guardian of {doing.enquiry.reference} has confirmed."


def _change_birth_date(doing: Doing) -> str:
    changed = majority.change_birth_date(
        doing.enquiry,
        born=doing.given["date_of_birth"],
        by=doing.by,
        now=doing.now,
        why=doing.given["why"],
    )
    age = "under 18" if changed.is_minor else "18 or over"
    return f"The date of birth is corrected: the person is {age}."


def _ask_for_information(doing: Doing) -> str:
    triage.ask_for_information(doing.enquiry, by=doing.by, now=doing.now, why=doing.given["why"])
    return f"{doing.enquiry.reference} waits for information."


def _information_came(doing: Doing) -> str:
    triage.information_came(doing.enquiry, by=doing.by, now=doing.now)
    return f"{doing.enquiry.reference} no longer waits for information."


def _birth_date_hint(enquiry: Enquiry) -> str:
    if enquiry.is_minor:
        return (
            "If they turn out to be an adult, the guardian's data is deleted, the call is "
            "cancelled, and the person must agree anew."
        )
    return (
        "If they turn out to be under 18, their phone and e-mail are deleted, the call is "
        "cancelled, and a parent or guardian is asked for."
    )


def _is_open(enquiry: Enquiry) -> bool:
    return enquiry.is_open


ACTIONS = {
    action.name: action
    for action in (
        Action(
            name="claim",
            label="Claim",
            perform=_claim,
            permissions=needs("claim_enquiry"),
            offered=lambda enquiry: enquiry.state == State.NEW,
        ),
        Action(
            name="release",
            label="Put back among the new ones",
            perform=_release,
            permissions=_release_needs,
            offered=lambda enquiry: may_become(enquiry, State.NEW),
            form=lambda _: RemarkForm,
        ),
        Action(
            name="assign",
            label="Give to a colleague",
            perform=_assign,
            permissions=needs("reassign_enquiry"),
            offered=_is_open,
            form=lambda _: AssignForm,
        ),
        Action(
            name="note",
            label="Add a note",
            perform=_add_note,
            permissions=needs("add_note"),
            offered=lambda _: True,
            form=lambda _: NoteForm,
        ),
        Action(
            name="call",
            label="Record a call",
            perform=_record_call,
            permissions=needs("add_callattempt"),
            offered=_is_open,
            form=lambda _: CallForm,
        ),
        Action(
            name="follow_up",
            label="Schedule a follow-up",
            perform=_schedule_follow_up,
            permissions=needs("add_followup"),
            offered=_is_open,
            form=lambda _: FollowUpForm,
        ),
        Action(
            name="confirm_guardian",
            label="Record that the guardian confirmed",
            perform=_confirm_guardian,
            permissions=needs("change_enquiry"),
            offered=lambda enquiry: (
                enquiry.is_open
                and bool(enquiry.contact_phone)
                and enquiry.is_minor
                and not enquiry.guardian_confirmed_at
            ),
            form=lambda _: ConfirmGuardianForm,
        ),
        Action(
            name="change_birth_date",
            label="Correct the date of birth",
            perform=_change_birth_date,
            permissions=needs("change_enquiry"),
            offered=lambda _: True,
            form=lambda _: BirthDateForm,
            hint=_birth_date_hint,
        ),
        Action(
            name="ask_for_information",
            label="Hold until information comes",
            perform=_ask_for_information,
            permissions=needs("change_enquiry"),
            offered=lambda enquiry: enquiry.is_open and not enquiry.hold,
            form=lambda _: ReasonForm,
        ),
        Action(
            name="information_came",
            label="The information came",
            perform=_information_came,
            permissions=needs("change_enquiry"),
            offered=lambda enquiry: enquiry.is_open and enquiry.hold == Hold.NEEDS_INFO,
        ),
        *CHANGES,
    )
}

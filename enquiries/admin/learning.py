"""Actions by which staff write down what they learned about the person."""

from enquiries import agents, confirmation, majority, triage
from enquiries.admin.action import Action, Doing, needs
from enquiries.admin.forms import ReasonForm, RemarkForm
from enquiries.admin.learning_forms import BirthDateForm, ConfirmGuardianForm
from enquiries.models import Enquiry
from enquiries.transitions import Hold


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


def _need_agent(doing: Doing) -> str:
    agents.need_agent(doing.enquiry, by=doing.by, now=doing.now, why=doing.given["why"])
    return f"{doing.enquiry.reference} needs a registered agent."


def _need_no_agent(doing: Doing) -> str:
    agents.need_no_agent(doing.enquiry, by=doing.by, now=doing.now, why=doing.given["why"])
    return f"{doing.enquiry.reference} needs no registered agent."


def _mark_advice_given(doing: Doing) -> str:
    agents.mark_advice_given(doing.enquiry, by=doing.by, now=doing.now)
    return "It is kept that you, as a registered agent, gave advice."


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


LEARNING = (
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
    Action(
        name="need_agent",
        label="Needs a registered agent",
        perform=_need_agent,
        permissions=needs("change_enquiry"),
        offered=lambda enquiry: enquiry.is_open and not enquiry.needs_agent,
        form=lambda _: RemarkForm,
    ),
    Action(
        name="need_no_agent",
        label="Needs no registered agent",
        perform=_need_no_agent,
        permissions=needs("change_enquiry"),
        offered=lambda enquiry: enquiry.is_open and enquiry.needs_agent,
        form=lambda _: RemarkForm,
    ),
    Action(
        name="advice_given",
        label="I gave advice as a registered agent",
        perform=_mark_advice_given,
        permissions=needs("change_enquiry"),
        offered=lambda enquiry: enquiry.is_open and enquiry.advice_given_at is None,
        suits=lambda _, user: agents.is_agent(user),
    ),
)

"""Actions on whose an enquiry is: claiming, giving back, handing on."""

from django.contrib.auth.models import User

from enquiries import triage
from enquiries.admin.action import Action, Doing, needs
from enquiries.admin.changes import may_become
from enquiries.admin.forms import AssignForm, RemarkForm, TransferForm
from enquiries.admin.staff import staff_name
from enquiries.models import Enquiry
from enquiries.transitions import State


def _release_needs(enquiry: Enquiry, user: User) -> tuple[str, ...]:
    return ("claim_enquiry",) if enquiry.owner_id == user.pk else ("reassign_enquiry",)


def _may_be_given(enquiry: Enquiry) -> bool:
    return enquiry.is_open and enquiry.state != State.IN_CALL


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


def _transfer(doing: Doing) -> str:
    to = doing.given["to"]
    triage.transfer(doing.enquiry, to=to, by=doing.by, now=doing.now, why=doing.given["why"])
    return f"{doing.enquiry.reference} now belongs to {staff_name(to)}."


OWNING = (
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
        name="transfer",
        label="Hand on to a colleague",
        perform=_transfer,
        permissions=needs("claim_enquiry"),
        offered=lambda enquiry: _may_be_given(enquiry) and enquiry.owner_id is not None,
        suits=lambda enquiry, user: enquiry.owner_id == user.pk,
        form=lambda _: TransferForm,
    ),
    Action(
        name="assign",
        label="Give to anybody",
        perform=_assign,
        permissions=needs("reassign_enquiry"),
        offered=_may_be_given,
        form=lambda _: AssignForm,
    ),
)

"""What an action of staff is: its words, its permission, its form and its one verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from django.contrib.auth.models import User

from enquiries import calls, confirmation, followups, triage
from enquiries.admin.forms import ActionForm
from enquiries.admin.staff import staff_name
from enquiries.models import Enquiry
from enquiries.transitions import TransitionRefused

type Refusal = (
    triage.AlreadyClaimed
    | followups.EnquiryClosed
    | calls.NobodyToCall
    | confirmation.NothingToConfirm
    | TransitionRefused
)
REFUSALS = get_args(Refusal.__value__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """An action under way: on what, by whom, when, and what they typed."""

    enquiry: Enquiry
    by: User
    now: datetime
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that staff do to an enquiry; ``perform`` makes one domain call."""

    name: str
    label: str
    perform: Callable[[Doing], str]
    permissions: Callable[[Enquiry, User], tuple[str, ...]]
    offered: Callable[[Enquiry], bool]
    form: Callable[[Enquiry], type[ActionForm]] = lambda _: ActionForm
    hint: Callable[[Enquiry], str] = lambda _: ""
    button: str = ""

    def permitted(self, enquiry: Enquiry, user: User) -> bool:
        """Say whether the roles of ``user`` allow this action on ``enquiry``."""
        return user.has_perms([f"enquiries.{each}" for each in self.permissions(enquiry, user)])


def needs(*permissions: str) -> Callable[[Enquiry, User], tuple[str, ...]]:
    """Ask for the same permissions whatever the enquiry."""
    return lambda _enquiry, _user: permissions


def refusal_sentence(error: Refusal, *, enquiry: Enquiry) -> str:
    """Tell staff in a sentence why an action was refused."""
    match error:
        case triage.AlreadyClaimed():
            return f"{staff_name(error.by)} claimed {enquiry.reference} before you."
        case followups.EnquiryClosed():
            return f"Nothing was changed: {enquiry.reference} was closed meanwhile."
        case calls.NobodyToCall():
            return "There is nobody to call yet: a guardian, or an agreement at 18, is missing."
        case confirmation.NothingToConfirm():
            return "There is nothing to confirm: the enquiry is closed, or has no guardian."
        case TransitionRefused():
            return error.sentence

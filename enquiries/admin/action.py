"""What an action of staff is: its words, its permission, its form and its one verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from enquiries.admin.forms import ActionForm
from enquiries.models import Enquiry


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
    only_adds: bool = False  # so that nothing that others changed meanwhile is overwritten
    minds_owner: bool = False  # though it only adds: comes back if another has it meanwhile
    suits: Callable[[Enquiry, User], bool] = lambda _enquiry, _user: True

    def permitted(self, enquiry: Enquiry, user: User) -> bool:
        """Say whether the roles of ``user`` allow this action, and it suits them on ``enquiry``."""
        needed = [f"enquiries.{each}" for each in self.permissions(enquiry, user)]
        return user.has_perms(needed) and self.suits(enquiry, user)


def needs(*permissions: str) -> Callable[[Enquiry, User], tuple[str, ...]]:
    """Ask for the same permissions whatever the enquiry."""
    return lambda _enquiry, _user: permissions

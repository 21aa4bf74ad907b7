"""What an action of staff is: its words, its permission, its form and its one verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from enquiries import agents
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
    of_owner: bool = False
    of_agents: bool = False

    def permitted(self, enquiry: Enquiry, user: User) -> bool:
        """Say whether the roles of ``user`` allow this action on ``enquiry``."""
        return (
            user.has_perms([f"enquiries.{each}" for each in self.permissions(enquiry, user)])
            and (not self.of_owner or enquiry.owner_id == user.pk)
            and (not self.of_agents or agents.is_agent(user))
        )


def needs(*permissions: str) -> Callable[[Enquiry, User], tuple[str, ...]]:
    """Ask for the same permissions whatever the enquiry."""
    return lambda _enquiry, _user: permissions

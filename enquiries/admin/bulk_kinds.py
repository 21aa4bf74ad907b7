"""What staff may do to many enquiries at once: who may, what comes of each, and what is refused."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict

from enquiries import triage
from enquiries.admin.action import Action
from enquiries.admin.actions import ACTIONS
from enquiries.admin.forms import LONGEST_REASON, NO_CONTACT_HERE, ColleagueField, DeskForm
from enquiries.admin.staff import staff_name
from enquiries.models import Enquiry
from enquiries.redaction import without_contacts
from enquiries.transitions import Hold, Requirement, State, TransitionRefused, check_change

ENDS = "Its follow-ups are closed, and a call that was booked is cancelled."


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One thing to do to many; for each it is the same action as on the enquiry's own page."""

    action: Action
    label: str
    permissions: tuple[str, ...]
    outcome: str
    done: str = ""  # why there is nothing to do, if the action is not offered
    to_state: State | None = None
    asks_colleague: bool = False
    asks_why: bool = True
    needs_why: bool = False

    def is_for(self, user: User) -> bool:
        """Say whether ``user`` may do it to any enquiry at all."""
        return user.has_perms([f"enquiries.{each}" for each in self.permissions])

    def why_not(self, enquiry: Enquiry, *, user: User) -> str:
        """Say in a sentence why ``user`` may not do it to an enquiry; empty if they may."""
        if not enquiry.is_open:
            return f"It is closed: it is “{enquiry.get_state_display()}”."
        if self.to_state is State.ASSIGNED and enquiry.owner:
            is_mine = enquiry.owner == user
            return "It is yours already." if is_mine else f"{staff_name(enquiry.owner)} has it."
        if self.to_state and (refused := _by_the_table(enquiry, to_state=self.to_state)):
            return refused
        if not self.action.permitted(enquiry, user):
            whose = f"It belongs to {staff_name(enquiry.owner)}. " if enquiry.owner else ""
            return f"{whose}You may not do this to it."
        return "" if self.action.offered(enquiry) else self.done


class BulkForm(DeskForm):
    """What is asked once for all of them."""

    def __init__(
        self, data: QueryDict | None = None, *, kind: Kind, minors: Collection[Enquiry]
    ) -> None:
        super().__init__(data, auto_id="all-%s", label_suffix="")
        self.minors = minors
        if kind.asks_colleague:
            colleagues = User.objects.with_perm("enquiries.claim_enquiry").filter(is_staff=True)
            self.fields["to"] = ColleagueField(
                label="Colleague", queryset=colleagues.order_by("username")
            )
        if kind.asks_why:
            self.fields["why"] = forms.CharField(
                label="Why" if kind.needs_why else "Why, if it helps",
                max_length=LONGEST_REASON,
                required=kind.needs_why,
            )

    def clean_why(self) -> str:
        """Refuse a contact if any of them is of a minor: it could be the child's."""
        why: str = self.cleaned_data["why"]
        for enquiry in self.minors:
            guardians = (enquiry.guardian_email, enquiry.guardian_phone)
            if why != without_contacts(why, country=enquiry.country, but=guardians):
                raise forms.ValidationError(NO_CONTACT_HERE)
        return why


def refuse_present_owner(enquiry: Enquiry, given: dict[str, Any]) -> None:
    """
    Do nothing if an enquiry is given to someone new.

    :raises TransitionRefused: if it is theirs already
    """
    to = given.get("to")
    if to and enquiry.owner == to:
        msg = f"{staff_name(to)} has it already."
        raise TransitionRefused(msg)


def _by_the_table(enquiry: Enquiry, *, to_state: State) -> str:
    try:
        check_change(
            from_state=State(enquiry.state),
            to_state=to_state,
            hold=Hold(enquiry.hold),
            given=set(Requirement),  # the reason is still to be given
        )
    except TransitionRefused as refused:
        return refused.sentence
    return ""


def _kind(name: str, label: str, *permissions: str, **rest: Any) -> Kind:
    return Kind(action=ACTIONS[name], label=label, permissions=permissions, **rest)


KINDS = {
    kind.action.name: kind
    for kind in (
        _kind(
            "claim",
            "Claim",
            "claim_enquiry",
            outcome="It becomes yours.",
            to_state=State.ASSIGNED,
            asks_why=False,
        ),
        _kind(
            "assign",
            "Give to a colleague",
            "reassign_enquiry",
            outcome="It goes to the colleague whom you choose.",
            done=triage.DURING_A_CALL,
            asks_colleague=True,
        ),
        _kind(
            "release",
            "Put back among the new ones",
            "claim_enquiry",
            outcome="It is new again and belongs to nobody.",
            to_state=State.NEW,
        ),
        _kind(
            "ask_for_information",
            "Hold until information comes",
            "change_enquiry",
            outcome="It is held until information comes.",
            done="It is on hold already.",
            needs_why=True,
        ),
        _kind(
            "need_agent",
            "Mark: needs a registered agent",
            "change_enquiry",
            outcome="It is marked.",
            done="It is marked already.",
        ),
        _kind(
            "to_withdrawn",
            "Close as withdrawn",
            "change_enquiry",
            outcome=f"It is closed. {ENDS} An e-mail confirms it.",
            to_state=State.WITHDRAWN,
            needs_why=True,
        ),
        _kind(
            "to_spam",
            "Close as spam",
            "change_enquiry",
            "close_as_spam",
            outcome=f"It is closed. {ENDS} Nobody is told.",
            to_state=State.SPAM,
            needs_why=True,
        ),
    )
}

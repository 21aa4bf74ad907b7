"""What comes next once the person was spoken with: the enquiry is closed, or more is promised."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.contrib.auth.models import User

from enquiries.admin.offers import Offer
from enquiries.desk import WholeEnquiry
from enquiries.ladder import SPOKEN, TRIED_AGAIN
from enquiries.models import CallAttempt, EventKind
from enquiries.transitions import State

STEPS = {
    "to_done": "Close it: all is answered",
    "to_withdrawn": "Close it: they want no more calls",
    "follow_up": "Promise a follow-up",
    "book": "Book another call",
}
SETTLED_BY = {
    EventKind.STATE_CHANGED,
    EventKind.HOLD_CHANGED,
    EventKind.FOLLOW_UP_SCHEDULED,
    EventKind.CALLBACK_BOOKED,
    EventKind.CALL_STARTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSteps:
    """The steps that are open after a call, if any, and what came of that call."""

    outcome: str = ""
    offers: tuple[Offer, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(each.name for each in self.offers)


def next_steps(whole: WholeEnquiry, *, offers: Mapping[str, Offer], by: User) -> NextSteps:
    """Offer the next steps to who has just spoken with the person, until one is taken."""
    call = _last_call(whole)
    if call is None or call.by_id != by.pk or call.outcome not in SPOKEN - TRIED_AGAIN:
        return NextSteps()
    enquiry = whole.enquiry
    undone = {each.undoes_id for each in whole.events}
    is_settled = any(
        each.at > call.at and each.kind in SETTLED_BY and each.pk not in undone
        for each in whole.events
    )
    if is_settled or enquiry.owner_id != by.pk or enquiry.state == State.IN_CALL:
        return NextSteps()
    return NextSteps(
        outcome=call.get_outcome_display(),
        offers=tuple(
            replace(offers[name], label=label) for name, label in STEPS.items() if name in offers
        ),
    )


def _last_call(whole: WholeEnquiry) -> CallAttempt | None:
    calls = [each for each in whole.calls if each.enquiry_id == whole.enquiry.pk]
    return calls[-1] if calls and whole.enquiry.is_open else None

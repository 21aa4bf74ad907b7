"""Events: the one place that writes what happened to an enquiry, with what stood before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.contrib.auth.models import User

from enquiries.models import Enquiry, Event, EventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an enquiry stands: its state, its owner's number and its hold."""

    state: str
    owner_id: int | None
    hold: str

    @classmethod
    def of(cls, enquiry: Enquiry) -> Self:
        """Take down where an enquiry stands now, before it changes."""
        return cls(state=enquiry.state, owner_id=enquiry.owner_id, hold=enquiry.hold)


BEFORE_IT_CAME = Standing(state="", owner_id=None, hold="")


def record_event(
    enquiry: Enquiry,
    *,
    kind: EventKind,
    now: datetime,
    by: User | None = None,
    why: str = "",
    before: Standing | None = None,
    undoes: Event | None = None,
) -> Event:
    """
    Write down what happened to an enquiry; without ``by`` the site itself did it.

    With ``before`` the event tells the state, the owner and the hold, before and after.
    """
    event = new_event(enquiry, kind=kind, now=now, by=by, why=why, before=before, undoes=undoes)
    event.save(force_insert=True)
    return event


def new_event(
    enquiry: Enquiry,
    *,
    kind: EventKind,
    now: datetime,
    by: User | None = None,
    why: str = "",
    before: Standing | None = None,
    undoes: Event | None = None,
) -> Event:
    """Make what ``record_event`` writes down, for who writes down several at once."""
    after = Standing.of(enquiry)
    told = (
        {
            "from_state": before.state,
            "to_state": after.state,
            "from_owner_id": before.owner_id,
            "to_owner_id": after.owner_id,
            "from_hold": before.hold,
            "to_hold": after.hold,
        }
        if before
        else {}
    )
    return Event(enquiry=enquiry, kind=kind, by=by, at=now, why=why, undoes=undoes, **told)

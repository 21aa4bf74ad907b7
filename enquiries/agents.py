"""Registered agents: what only they may advise on, and who marks that advice was given."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from enquiries.events import record_event
from enquiries.followups import lock_open
from enquiries.models import Adviser, Enquiry, EventKind
from enquiries.transitions import TransitionRefused


class MarnMissing(Exception):
    """No registration number (MARN) is on file for them, so they may not say they advised."""


class AdviceGivenBefore(TransitionRefused):
    """A registered agent has advised already; ``by`` is who."""

    def __init__(self, by: User | None) -> None:
        who = by.get_full_name() or by.get_username() if by else "Someone"
        super().__init__(f"{who} has marked before that advice was given.")
        self.by = by


@transaction.atomic
def need_agent(enquiry: Enquiry, *, by: User, now: datetime, why: str = "") -> bool:
    """
    Mark that an open enquiry needs a registered agent; says False if it was marked before.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    """
    return _mark(enquiry, needed=True, by=by, now=now, why=why)


@transaction.atomic
def need_no_agent(enquiry: Enquiry, *, by: User, now: datetime, why: str = "") -> bool:
    """
    Take the mark away that an open enquiry needs a registered agent; says False if it had none.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    """
    return _mark(enquiry, needed=False, by=by, now=now, why=why)


def is_agent(user: User) -> bool:
    """Say whether ``user`` may work and has a registration number on file."""
    adviser: Adviser | None = getattr(user, "adviser", None)
    return user.is_active and adviser is not None and bool(adviser.marn)


@transaction.atomic
def mark_advice_given(enquiry: Enquiry, *, by: User, now: datetime) -> Enquiry:
    """
    Record that ``by``, a registered agent, gave advice about an open enquiry.

    :raises MarnMissing: if no registration number is on file for ``by``
    :raises AdviceGivenBefore: naming who advised
    :raises EnquiryClosed: if the enquiry was closed meanwhile
    """
    if not is_agent(by):
        raise MarnMissing
    locked = lock_open(enquiry)
    if locked.advice_given_at:
        raise AdviceGivenBefore(locked.advice_given_by)
    locked.advice_given_at, locked.advice_given_by = now, by
    locked.save(update_fields=["advice_given_at", "advice_given_by"])
    record_event(locked, kind=EventKind.ADVICE_GIVEN, by=by, now=now)
    return locked


def _mark(enquiry: Enquiry, *, needed: bool, by: User, now: datetime, why: str) -> bool:
    locked = lock_open(enquiry)
    if locked.needs_agent == needed:
        return False
    locked.needs_agent = needed
    locked.save(update_fields=["needs_agent"])
    kind = EventKind.AGENT_NEEDED if needed else EventKind.AGENT_NOT_NEEDED
    record_event(locked, kind=kind, by=by, now=now, why=why)
    return True

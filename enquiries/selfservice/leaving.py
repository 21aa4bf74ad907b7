"""Withdrawing an enquiry, as the person who made it or as the one who never did."""

from datetime import datetime

from django.db import transaction

from enquiries.closing import close_by_rule
from enquiries.models import Enquiry, EventKind, Flag, Suppression, contact_digest
from enquiries.selfservice.changes import BY_LINK, lock, lock_open, record
from enquiries.transitions import State


@transaction.atomic
def withdraw(enquiry: Enquiry, *, now: datetime) -> None:
    """
    Close an enquiry for the person; its call is cancelled and a letter says so.

    :raises EnquiryClosed: if the enquiry was closed before
    """
    close_by_rule(lock_open(enquiry, now=now), state=State.WITHDRAWN, why=BY_LINK, now=now)


def is_disowned(enquiry: Enquiry) -> bool:
    """
    Say whether the present contact of an enquiry told us that it was not they who asked.

    The flag alone does not say so: it may stand for an address that was corrected since.
    """
    return Suppression.objects.of(enquiry.contact_email).exists()


@transaction.atomic
def disown(enquiry: Enquiry, *, now: datetime) -> None:
    """
    Withdraw an enquiry whose contact says that it was not they who asked, and never write there.

    The address is remembered by its keyed digest alone; a second time changes nothing.
    """
    locked = lock(enquiry)
    if is_disowned(locked):
        return
    if locked.contact_email:
        Suppression.objects.get_or_create(
            digest=contact_digest(locked.contact_email), defaults={"since": now}
        )
    locked.flags = sorted({*locked.flags, Flag.DISOWNED})
    locked.link_version += 1  # what else we wrote to that address is worth nothing now
    locked.save(update_fields=["flags", "link_version"])
    record(locked, kind=EventKind.DISOWNED, now=now, why="")
    if locked.is_open:
        close_by_rule(locked, state=State.WITHDRAWN, why="Said: this was not me", now=now)

"""What every change by the person begins with and leaves behind."""

from datetime import datetime

from enquiries.events import record_event
from enquiries.followups import EnquiryClosed
from enquiries.models import Enquiry, EventKind

BY_LINK = "By their link"


class NotNow(Exception):
    """The enquiry waits for someone to agree: what was asked for cannot be done at present."""


def lock(enquiry: Enquiry) -> Enquiry:
    """Give the enquiry as it is now, held until the transaction ends."""
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)


def lock_open(enquiry: Enquiry, *, now: datetime) -> Enquiry:
    """
    Give an open enquiry, held until the transaction ends, and count this as contact with it.

    :raises EnquiryClosed: if it was closed meanwhile
    """
    locked = lock(enquiry)
    if not locked.is_open:
        raise EnquiryClosed
    locked.last_contact_at = now
    locked.save(update_fields=["last_contact_at"])
    return locked


def record(enquiry: Enquiry, *, kind: EventKind, now: datetime, why: str = BY_LINK) -> None:
    """Write down what the person did; no event copies a contact."""
    record_event(enquiry, kind=kind, now=now, why=why)

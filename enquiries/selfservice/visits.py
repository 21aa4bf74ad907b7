"""Opening an enquiry by a link: looking changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from enquiries import outbox
from enquiries.models import (
    Enquiry,
    Flag,
    LinkPurpose,
    LinkRejected,
    Topic,
    read_link,
)
from enquiries.transitions import Hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """
    An enquiry that someone opened by a link.

    ``by_letter`` says that the link came by e-mail, which proves the address; the link on the
    page after sending does not.
    """

    enquiry: Enquiry
    by_letter: bool

    @property
    def may_correct_contact(self) -> bool:
        """
        Whether the contact may be corrected: by the page after sending until it was confirmed.

        So nobody can take over what a guardian, or the holder of an address, stands for already.
        """
        enquiry = self.enquiry
        if not enquiry.is_open or not enquiry.contact_email or enquiry.hold == Hold.RECONSENT:
            return False
        confirmed = enquiry.email_confirmed_at or enquiry.guardian_confirmed_at
        return self.by_letter or not confirmed

    @property
    def may_ask_for_data(self) -> bool:
        """Whether the visitor is known: the person, or the guardian while they act for them."""
        return self.by_letter and self.enquiry.hold != Hold.RECONSENT


def visit(token: str, *, now: datetime) -> Visit:
    """
    Find the enquiry that a link names; looking changes nothing.

    :raises LinkRejected: if the link is not ours, or was replaced
    :raises LinkExpired: if its time is over
    """
    try:
        claim, by_letter = read_link(token, purpose=LinkPurpose.ENQUIRY, now=now), True
    except LinkRejected:
        claim, by_letter = read_link(token, purpose=LinkPurpose.RECEIVED, now=now), False
    enquiry = Enquiry.objects.filter(pk=claim.enquiry_id, link_version=claim.version).first()
    if enquiry is None:
        raise LinkRejected
    return Visit(enquiry=enquiry, by_letter=by_letter)


def visit_to_disown(token: str, *, now: datetime) -> Enquiry:
    """
    Find the enquiry that a "this was not me" link names; looking changes nothing.

    :raises LinkRejected: if the link is not ours, or was replaced
    :raises LinkExpired: if its time is over
    """
    claim = read_link(token, purpose=LinkPurpose.DISOWN, now=now)
    enquiry = Enquiry.objects.filter(pk=claim.enquiry_id).first()
    if enquiry is None:
        raise LinkRejected
    was_used = Flag.DISOWNED in enquiry.flags and claim.version == enquiry.link_version - 1
    if claim.version != enquiry.link_version and not was_used:
        raise LinkRejected
    return enquiry


def ask_for_link(*, reference: str, email: str, now: datetime) -> None:
    """Send a new link if reference and address belong together; tells nobody whether they do."""
    enquiry = Enquiry.objects.filter(reference=reference.strip().upper()).first()
    if enquiry is None or not enquiry.contact_email:
        return
    if enquiry.contact_email.casefold() != email.strip().casefold():
        return
    hour = int(now.timestamp()) // 3600  # one letter an hour is enough for anybody
    outbox.queue_message(
        Topic.ENQUIRY_LINK,
        dedupe_key=f"{Topic.ENQUIRY_LINK}:{enquiry.pk}:{enquiry.link_version}:{hour}",
        enquiry=enquiry,
        now=now,
    )

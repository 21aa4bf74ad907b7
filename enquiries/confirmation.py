"""How a parent or guardian confirms: by the link in their e-mail, or by voice to an adviser."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from enquiries.consents import record_consents
from enquiries.events import record_event
from enquiries.models import (
    Channel,
    Enquiry,
    EventKind,
    LinkClaim,
    LinkExpired,
    LinkPurpose,
    LinkRejected,
    Purpose,
    Resume,
    Topic,
    read_link,
)
from enquiries.outbox import queue_message
from enquiries.transitions import Hold


class NothingToConfirm(Exception):
    """The enquiry is closed, has no guardian, or its person has turned 18."""


class RenewalRefused(Exception):
    """A new link was sent before, or is not needed: it is given once, after the first expired."""


def enquiry_to_confirm(token: str, *, now: datetime) -> Enquiry:
    """
    Find the enquiry that a confirmation link names; looking confirms nothing.

    :raises LinkRejected: if the link is not ours, or a newer one replaced it
    :raises LinkExpired: if its 7 days are over; ``renew_link`` then helps once
    :raises NothingToConfirm: if the enquiry was closed meanwhile
    """
    claim = read_link(token, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=now)
    enquiry = _named_by(claim)
    _check_open(enquiry)
    return enquiry


def renew_link(token: str, *, now: datetime) -> None:
    """
    Send a new confirmation link, once, to the guardian whose first one has expired.

    :raises LinkRejected: if the link is not ours, or a newer one replaced it
    :raises RenewalRefused: if it still works, was renewed before, or is not needed
    :raises NothingToConfirm: if the enquiry was closed meanwhile
    """
    try:
        read_link(token, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=now)
    except LinkExpired as expired:
        claim = expired.claim
    else:
        raise RenewalRefused
    with transaction.atomic():
        enquiry = _named_by(claim, lock=True)
        _check_open(enquiry)
        if enquiry.guardian_confirmed_at or enquiry.guardian_link_renewed_at:
            raise RenewalRefused
        enquiry.guardian_link_renewed_at = now
        enquiry.link_version += 1
        enquiry.save(update_fields=["guardian_link_renewed_at", "link_version"])
        queue_message(
            Topic.GUARDIAN_CONFIRMATION,
            dedupe_key=f"{Topic.GUARDIAN_CONFIRMATION}:{enquiry.pk}:{enquiry.link_version}",
            enquiry=enquiry,
            now=now,
        )
        record_event(enquiry, kind=EventKind.CONFIRMATION_SENT_AGAIN, now=now)


def confirm_guardian(token: str, *, now: datetime) -> Enquiry:
    """
    Record that the guardian confirmed by their link; a second time changes nothing.

    :raises LinkRejected, LinkExpired, NothingToConfirm: as ``enquiry_to_confirm``
    """
    enquiry = enquiry_to_confirm(token, now=now)
    return _confirm(enquiry, channel=Channel.LINK, by=None, why="", now=now)


def confirm_guardian_by_voice(
    enquiry: Enquiry, *, by: User, script_version: str, now: datetime
) -> Enquiry:
    """
    Record that the guardian confirmed to the adviser ``by`` on the guardian's own number.

    ``script_version`` names the words that were read out; the consent is to those. The event
    keeps the number's last digits only, since a whole number would outlive its correction.

    :raises NothingToConfirm: if the enquiry was closed meanwhile, or has no guardian
    """
    why = f"By voice, number ending {enquiry.guardian_phone[-3:]}, script {script_version}"
    return _confirm(enquiry, channel=Channel.VOICE, by=by, why=why, now=now, version=script_version)


def _confirm(
    enquiry: Enquiry,
    *,
    channel: Channel,
    by: User | None,
    why: str,
    now: datetime,
    version: str = "",
) -> Enquiry:
    with transaction.atomic():
        locked = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
        _check_open(locked)
        if locked.guardian_confirmed_at:
            return locked
        locked.guardian_confirmed_at = locked.last_contact_at = now
        locked.save(update_fields=["guardian_confirmed_at", "last_contact_at"])
        record_consents(
            locked,
            purposes=[Purpose.GUARDIAN_CONFIRMATION],
            channel=channel,
            now=now,
            version=version,
        )
        record_event(locked, kind=EventKind.GUARDIAN_CONFIRMED, by=by, now=now, why=why)
        corrected = locked.events.filter(kind=EventKind.CONTACT_CORRECTED)
        # Sealed because the guardian's address was another; what was sealed before stays so.
        Resume.objects.filter(enquiry=locked, sealed_at__in=corrected.values("at")).update(
            sealed_at=None
        )
    return locked


def _named_by(claim: LinkClaim, *, lock: bool = False) -> Enquiry:
    found = Enquiry.objects.select_for_update() if lock else Enquiry.objects.all()
    enquiry = found.filter(pk=claim.enquiry_id, link_version=claim.version).first()
    if enquiry is None:
        raise LinkRejected
    return enquiry


def _check_open(enquiry: Enquiry) -> None:
    is_guardians = enquiry.is_minor and enquiry.guardian_email and enquiry.hold != Hold.RECONSENT
    if not (enquiry.is_open and is_guardians):
        raise NothingToConfirm

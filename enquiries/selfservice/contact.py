"""Confirming and correcting the address and the number that we use."""

from datetime import datetime, timedelta

from django.db import transaction

from enquiries import outbox
from enquiries.models import Enquiry, EventKind, Flag, FormerAddress, Resume, Topic
from enquiries.same_person import flag_guardians, was_the_childs
from enquiries.selfservice.changes import NotNow, lock, lock_open, record
from enquiries.transitions import Hold

KEPT_FOR_THE_NOTICE = timedelta(days=7)


@transaction.atomic
def confirm_email(enquiry: Enquiry, *, now: datetime) -> Enquiry:
    """Record that the person holds the address we write to; a second time changes nothing."""
    locked = lock(enquiry)
    if locked.email_confirmed_at is None and locked.contact_email:
        locked.email_confirmed_at = now
        locked.save(update_fields=["email_confirmed_at"])
        record(locked, kind=EventKind.EMAIL_CONFIRMED, now=now)
    return locked


@transaction.atomic
def correct_contact(
    enquiry: Enquiry, *, email: str, phone: str, phone_typed: str, now: datetime
) -> Enquiry:
    """
    Correct the address and the number of an adult, or of a minor's guardian.

    ``email`` and ``phone`` (in E.164) are the new ones; empty ones stay as they are. Another
    address is unconfirmed until its own link is used, older links are worth nothing, and a
    notice goes to the former address. A guardian's must be confirmed anew, as at first: until
    then a résumé is sealed. Neither is copied into the history.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    :raises NotNow: while a guardian is missing, or the person must agree anew at 18
    """
    locked = lock_open(enquiry, now=now)
    if not locked.contact_email or locked.hold == Hold.RECONSENT:
        raise NotNow
    whose = "guardian" if locked.is_minor else "own"
    changed = []
    if phone and phone != locked.contact_phone:
        setattr(locked, f"{whose}_phone", phone)
        setattr(locked, f"{whose}_phone_typed", phone_typed)
        changed.append("phone")
    if email and email != locked.contact_email:
        if email.casefold() != locked.contact_email.casefold():
            FormerAddress.objects.get_or_create(
                enquiry=locked,
                email=locked.contact_email,
                defaults={"expires_at": now + KEPT_FOR_THE_NOTICE},
            )
            if locked.is_minor:
                _ask_the_guardian_anew(locked, now=now)
        setattr(locked, f"{whose}_email", email)
        locked.email_confirmed_at = None
        locked.link_version += 1
        changed.append("e-mail")
    if not changed:
        return locked
    if locked.is_minor and was_the_childs(
        given_name=locked.given_name, phone=locked.guardian_phone, email=locked.guardian_email
    ):
        locked.flags = sorted({*locked.flags, Flag.GUARDIAN_CONTACT_SEEN})
    locked.save()
    if locked.is_minor:
        flag_guardians(locked.person_digest)
    record(locked, kind=EventKind.CONTACT_CORRECTED, now=now, why=", ".join(changed).capitalize())
    if "e-mail" in changed:
        _write_to_the_new_address(locked, now=now)
    return locked


def forget_former_addresses(*, now: datetime) -> int:
    """Delete replaced addresses whose notice could not be sent in 7 days; says how many."""
    forgotten, _ = FormerAddress.objects.expired(now=now).delete()
    return forgotten


def _ask_the_guardian_anew(enquiry: Enquiry, *, now: datetime) -> None:
    """Take back that a guardian confirmed; the days to do so count from now."""
    # A file is sealed at the very instant of the correction: so the confirmation finds it.
    Resume.objects.filter(enquiry=enquiry, sealed_at=None, deleted_at=None).update(sealed_at=now)
    enquiry.guardian_confirmed_at = enquiry.guardian_link_renewed_at = None
    enquiry.consent_asked_at = now


def _write_to_the_new_address(enquiry: Enquiry, *, now: datetime) -> None:
    topics = [Topic.CONTACT_CHANGED, Topic.ENQUIRY_LINK]
    if enquiry.is_minor and enquiry.guardian_confirmed_at is None:
        topics.append(Topic.GUARDIAN_CONFIRMATION)
    for topic in topics:
        key = f"{topic}:{enquiry.pk}:{enquiry.link_version}"
        outbox.queue_message(topic, dedupe_key=key, enquiry=enquiry, now=now)

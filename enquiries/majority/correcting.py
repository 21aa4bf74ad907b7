"""Correcting a date of birth: the age is decided anew, and what may no longer stay goes."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from enquiries.events import Standing, record_event
from enquiries.followups import schedule_follow_up
from enquiries.forgetting import forget_contacts
from enquiries.guardian import decide
from enquiries.majority.deciding import (
    drop_guardian,
    drop_own_contact,
    promise_call,
    step_back,
    write_decision,
    zone_of,
)
from enquiries.models import (
    Enquiry,
    EventKind,
    FollowUpReason,
    GuardianRequest,
    Resume,
    Topic,
    contact_digest,
)
from enquiries.office import site_zone
from enquiries.outbox import queue_message
from enquiries.same_person import flag_guardians
from enquiries.transitions import Hold
from enquiries.uploads import drop_upload

ADDRESS_LIVES = timedelta(days=7)  # for the one message that still goes to it


@transaction.atomic
def change_birth_date(
    enquiry: Enquiry, *, born: date, by: User, now: datetime, why: str = ""
) -> Enquiry:
    """
    Correct a date of birth, and decide anew whether the person needs a guardian.

    An adult who turns out to be under 18: no contact of theirs stays but the one address that
    the request for a guardian goes to. A minor who turns out to be an adult: no guardian's data
    may stay on an adult's row, and the person has given no contact, so that only an invitation
    to agree anew goes to the former guardian's address, as at an 18th birthday.
    """
    locked = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    was_minor, former_digest = locked.is_minor, locked.person_digest
    decision = decide(born=born, now=now, enquirer_zone=zone_of(locked), site_zone=site_zone())
    write_decision(locked, decision)
    before, after = _age(was_minor), _age(decision.needs_guardian)
    told = f"From {before} to {after}" if before != after else f"Still {after}"
    why = f"{told}. {why}".strip()
    record_event(locked, kind=EventKind.BIRTH_DATE_CHANGED, by=by, now=now, why=why)
    if decision.needs_guardian and not was_minor:
        _become_minor(locked, by=by, now=now)
    elif was_minor and not decision.needs_guardian:
        _become_adult(locked, by=by, now=now)
    else:
        not_yet = was_minor and locked.hold == Hold.RECONSENT  # not 18 yet after all
        if not_yet:
            locked.hold, locked.consent_asked_at = Hold.NONE, None
        locked.save()
        if not_yet and locked.is_open:
            promise_call(locked, now=now)
    for digest in sorted({former_digest, locked.person_digest}):
        flag_guardians(digest)
    locked.refresh_from_db()
    return locked


def _become_minor(enquiry: Enquiry, *, by: User, now: datetime) -> None:
    """Empty what an adult gave; the address lives on only for the request for a guardian."""
    address = enquiry.own_email or _waiting_address(enquiry)
    for sealed in Resume.objects.filter(enquiry=enquiry, sealed_at=None):
        sealed.sealed_at = now
        sealed.save(update_fields=["sealed_at"])
        record_event(enquiry, kind=EventKind.RESUME_SEALED, by=by, now=now)
    drop_upload(enquiry.submission_key)
    contacts = drop_own_contact(enquiry)
    enquiry.former_contacts = [contact_digest(each) for each in contacts if each]
    _hold(enquiry, Hold.NEEDS_GUARDIAN, by=by, now=now)
    forget_contacts(enquiry, contacts=contacts, and_all_of=enquiry.country)
    if enquiry.is_open:
        _ask_by_letter(enquiry, Topic.GUARDIAN_REQUEST, address=address, now=now)
        schedule_follow_up(
            enquiry,
            due_at=now + ADDRESS_LIVES,
            reason=FollowUpReason.CONFIRM_GUARDIAN,
            now=now,
            owner=enquiry.owner,
            by=by,
        )


def _become_adult(enquiry: Enquiry, *, by: User, now: datetime) -> None:
    """Empty what a guardian gave; their address lives on only to hand a link to the person."""
    address = enquiry.guardian_email or _waiting_address(enquiry)
    contacts = drop_guardian(enquiry)
    _hold(enquiry, Hold.RECONSENT, by=by, now=now)
    forget_contacts(enquiry, contacts=contacts)
    if enquiry.is_open:
        _ask_by_letter(enquiry, Topic.RECONSENT, address=address, now=now)


def _hold(enquiry: Enquiry, hold: Hold, *, by: User, now: datetime) -> None:
    """Hold the call back; links that were sent before open nothing any more."""
    GuardianRequest.objects.filter(enquiry=enquiry).delete()
    before = Standing.of(enquiry)
    enquiry.hold, enquiry.consent_asked_at = hold, now
    enquiry.link_version += 1
    step_back(enquiry, by=by, now=now)
    enquiry.save()
    kind = EventKind.HOLD_CHANGED
    record_event(enquiry, kind=kind, before=before, by=by, now=now, why=hold.label)


def _ask_by_letter(enquiry: Enquiry, topic: Topic, *, address: str, now: datetime) -> None:
    if not address:
        return
    GuardianRequest.objects.create(enquiry=enquiry, email=address, expires_at=now + ADDRESS_LIVES)
    key = f"{topic}:{enquiry.pk}:{enquiry.link_version}"
    queue_message(topic, dedupe_key=key, enquiry=enquiry, now=now)


def _waiting_address(enquiry: Enquiry) -> str:
    waiting = GuardianRequest.objects.filter(enquiry=enquiry).first()
    return waiting.email if waiting else ""


def _age(is_minor: bool) -> str:  # noqa: FBT001 - what a column says
    return "under 18" if is_minor else "an adult"

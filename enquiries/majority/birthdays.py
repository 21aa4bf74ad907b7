"""Turning 18 while an enquiry is open: it waits until the person agrees anew, or goes."""

from datetime import datetime

from django.db import transaction

from enquiries.consents import record_consents
from enquiries.erasure import MOST_AT_ONCE, act_on_each, erase_enquiry
from enquiries.events import Standing, record_event
from enquiries.forgetting import forget_contacts
from enquiries.guardian import decide, decision_date
from enquiries.majority.deciding import (
    drop_guardian,
    promise_call,
    step_back,
    write_decision,
    zone_of,
)
from enquiries.models import (
    About,
    Channel,
    Enquiry,
    EventKind,
    Flag,
    GuardianRequest,
    LinkPurpose,
    LinkRejected,
    Purpose,
    Resume,
    Topic,
    read_link,
)
from enquiries.office import site_zone
from enquiries.outbox import queue_message
from enquiries.same_person import flag_guardians
from enquiries.transitions import Hold, State


class NothingToAgree(Exception):
    """The enquiry is closed, or waits for nobody to agree anew."""


def turn_adults(*, now: datetime) -> int:
    """
    Hold the open enquiries of those who have turned 18 until they agree anew; says how many.

    It is their birthday once it is on both calendars, theirs and ours. The letter goes to the
    guardian, whose contact alone we have, and asks them to hand its link on.
    """
    today = now.astimezone(site_zone()).date()
    grown = (
        Enquiry.objects.open()
        .filter(is_minor=True, eighteenth_birthday_on__lte=today)
        .exclude(hold__in=[Hold.RECONSENT, Hold.NEEDS_GUARDIAN])
        .exclude(state=State.IN_CALL)
    )
    return sum(
        _turn_adult(key, now=now) for key in grown.values_list("pk", flat=True)[:MOST_AT_ONCE]
    )


def enquiry_to_agree(token: str, *, now: datetime) -> Enquiry:
    """
    Find the enquiry that a person may agree to anew by their link; looking changes nothing.

    :raises LinkRejected: if the link is not ours, or a newer one replaced it
    :raises LinkExpired: if its 30 days are over
    :raises NothingToAgree: if the enquiry was closed, or agreed to, meanwhile
    """
    claim = read_link(token, purpose=LinkPurpose.RECONSENT, now=now)
    enquiry = Enquiry.objects.filter(pk=claim.enquiry_id, link_version=claim.version).first()
    if enquiry is None:
        raise LinkRejected
    _check_waits(enquiry)
    return enquiry


@transaction.atomic
def agree_anew(
    enquiry: Enquiry, *, email: str, phone: str, phone_typed: str, now: datetime
) -> Enquiry:
    """
    Take in an adult's own contact and agreement; what we had of their guardian goes.

    :raises NothingToAgree: if the enquiry was closed, or agreed to, meanwhile
    """
    locked = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    _check_waits(locked)
    if locked.date_of_birth is None:  # kept while an enquiry is open
        raise NothingToAgree
    decision = decide(
        born=locked.date_of_birth, now=now, enquirer_zone=zone_of(locked), site_zone=site_zone()
    )
    if decision.needs_guardian:
        raise NothingToAgree
    shares_phone = bool(phone) and phone == locked.guardian_phone
    write_decision(locked, decision)
    contacts = drop_guardian(locked)
    locked.own_email, locked.own_phone, locked.own_phone_typed = email, phone, phone_typed
    before = Standing.of(locked)
    locked.about = About.ME
    locked.hold, locked.consent_asked_at = Hold.NONE, None
    locked.last_contact_at = now
    locked.link_version += 1  # what the guardian holds opens nothing any more
    if shares_phone:
        locked.flags = sorted({*locked.flags, Flag.GUARDIAN_CONTACT_SEEN})
    locked.save()
    forget_contacts(locked, contacts=[each for each in contacts if each not in {email, phone}])
    flag_guardians(locked.person_digest)
    GuardianRequest.objects.filter(enquiry=locked).delete()
    Resume.objects.filter(enquiry=locked).update(sealed_at=None)
    record_consents(locked, purposes=[Purpose.ADULT_RECONSENT], channel=Channel.LINK, now=now)
    record_event(locked, kind=EventKind.RECONSENTED, before=before, now=now)
    promise_call(locked, now=now)
    key = f"{Topic.ACKNOWLEDGEMENT}:{locked.pk}:{locked.link_version}"
    queue_message(Topic.ACKNOWLEDGEMENT, dedupe_key=key, enquiry=locked, now=now)
    locked.refresh_from_db()
    return locked


def expire_unrenewed(*, now: datetime) -> int:
    """Erase the enquiries of those who did not agree anew within 30 days; says how many."""
    lifetime = LinkPurpose.RECONSENT.lifetime
    over = Enquiry.objects.filter(
        hold=Hold.RECONSENT, legal_hold_since=None, consent_asked_at__lte=now - lifetime
    ).order_by("pk")
    why = f"Did not agree anew at 18 within {lifetime.days} days"
    return act_on_each(over, act=lambda enquiry: erase_enquiry(enquiry, why=why, now=now))


def _turn_adult(key: int, *, now: datetime) -> bool:
    with transaction.atomic():
        waiting = Enquiry.objects.select_for_update(of=("self",), skip_locked=True)
        enquiry = waiting.filter(pk=key, is_minor=True).exclude(hold=Hold.RECONSENT).first()
        if enquiry is None or not enquiry.is_open:
            return False
        on = decision_date(now=now, enquirer_zone=zone_of(enquiry), site_zone=site_zone())
        if enquiry.eighteenth_birthday_on > on:
            return False
        before = Standing.of(enquiry)
        enquiry.hold, enquiry.consent_asked_at = Hold.RECONSENT, now
        step_back(enquiry, by=None, now=now)
        enquiry.save()
        record_event(enquiry, kind=EventKind.TURNED_ADULT, before=before, now=now)
        # Named by the day too: a birth date may be corrected, and a second birthday come.
        birthday = f"{enquiry.eighteenth_birthday_on:%Y%m%d}"
        key_of_letter = f"{Topic.RECONSENT}:{enquiry.pk}:{enquiry.link_version}:{birthday}"
        queue_message(Topic.RECONSENT, dedupe_key=key_of_letter, enquiry=enquiry, now=now)
    return True


def _check_waits(enquiry: Enquiry) -> None:
    if not (enquiry.is_open and enquiry.hold == Hold.RECONSENT):
        raise NothingToAgree

"""A guardian who is waited for: asked for, found, reminded, and given up after some days."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from enquiries import bookings, office, places, slots
from enquiries.consents import record_consents
from enquiries.erasure import act_on_each, erase_enquiry
from enquiries.events import Standing, record_event
from enquiries.followups import schedule_follow_up
from enquiries.models import (
    Channel,
    Enquiry,
    EventKind,
    FollowUp,
    FollowUpReason,
    GuardianDetails,
    GuardianRequest,
    Kept,
    LinkPurpose,
    LinkRejected,
    OutboxMessage,
    Purpose,
    RetentionPeriod,
    Topic,
    read_link,
)
from enquiries.outbox import queue_message
from enquiries.redaction import without_contacts
from enquiries.same_person import flag_guardians, guardian_flags
from enquiries.transitions import Hold

REMIND_AFTER = (10, 3)  # days, the later first
LONGEST_NAME = 200  # signs


class NoGuardianWanted(Exception):
    """The enquiry is closed, or a guardian has completed it already."""


def enquiry_to_complete(token: str, *, now: datetime) -> Enquiry:
    """
    Find the enquiry whose guardian a link asks for; looking changes nothing.

    :raises LinkRejected: if the link is not ours, or a newer one replaced it
    :raises LinkExpired: if its time is over
    :raises NoGuardianWanted: if the enquiry was closed or completed meanwhile
    """
    claim = read_link(token, purpose=LinkPurpose.GUARDIAN_REQUEST, now=now)
    enquiry = Enquiry.objects.filter(pk=claim.enquiry_id, link_version=claim.version).first()
    if enquiry is None:
        raise LinkRejected
    _check_wanted(enquiry)
    return enquiry


@transaction.atomic
def give_guardian(enquiry: Enquiry, *, guardian: GuardianDetails, now: datetime) -> Enquiry:
    """
    Take in the guardian of a minor whose enquiry waits for one; then they confirm as usual.

    :raises NoGuardianWanted: if the enquiry was closed or completed meanwhile
    """
    locked = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    _check_wanted(locked)
    kept = (guardian.email, guardian.phone)
    name = without_contacts(guardian.name, country=locked.country, but=kept)
    locked.guardian_name = name[:LONGEST_NAME]
    locked.guardian_relationship = guardian.relationship
    locked.guardian_email = guardian.email
    locked.guardian_phone = guardian.phone
    locked.guardian_phone_typed = guardian.phone_typed
    before = Standing.of(locked)
    locked.hold = Hold.NONE
    locked.consent_asked_at = locked.last_contact_at = now
    flags = guardian_flags(guardian, child=locked.person_name, given_name=locked.given_name)
    locked.flags = sorted({*locked.flags, *flags})
    locked.save()
    flag_guardians(locked.person_digest)
    GuardianRequest.objects.filter(enquiry=locked).delete()
    purposes = [Purpose.PRIVACY, Purpose.GUARDIAN_DECLARATION]
    record_consents(locked, purposes=purposes, channel=Channel.LINK, now=now)
    record_event(locked, kind=EventKind.GUARDIAN_GIVEN, before=before, now=now)
    FollowUp.objects.open().filter(enquiry=locked).update(done_at=now)
    bookings.book(locked, starts_at=None, now=now)
    schedule_follow_up(
        locked,
        due_at=office.answer_by(now=now, zone=_zone_of(locked)),
        reason=FollowUpReason.FIRST_CALL,
        now=now,
        owner=locked.owner,
    )
    for topic in (Topic.ACKNOWLEDGEMENT, Topic.GUARDIAN_CONFIRMATION):
        key = f"{topic}:{locked.pk}:{locked.link_version}"
        queue_message(topic, dedupe_key=key, enquiry=locked, now=now)
    return locked


def remind_guardians(*, now: datetime) -> int:
    """
    Promise the reminders that are due, for the guardian's next daytime; says how many.

    A reminder goes 3 and 10 days after a guardian was asked, and never once they confirmed.
    The first has the link that they got, the second a new one: there are two of 7 days at most.
    """
    reminded = 0
    asked = (
        Enquiry.objects.open()
        .unconfirmed()
        .exclude(guardian_email="")
        .exclude(hold=Hold.RECONSENT)
        .waiting_since(now - timedelta(days=min(REMIND_AFTER)))
    )
    for enquiry in asked.order_by("pk").iterator():
        since = enquiry.consent_asked_at or enquiry.created_at
        days = next(each for each in REMIND_AFTER if since + timedelta(days=each) <= now)
        key = f"{Topic.GUARDIAN_REMINDER}:{enquiry.pk}:{since:%Y%m%d%H%M}:{days}"
        if OutboxMessage.objects.filter(dedupe_key=key).exists():
            continue
        delay = slots.next_daytime(now, zone=_zone_of(enquiry)) - now
        with transaction.atomic():
            if since + LinkPurpose.GUARDIAN_CONFIRMATION.lifetime <= now:
                Enquiry.objects.filter(pk=enquiry.pk, guardian_link_renewed_at=None).update(
                    guardian_link_renewed_at=now + delay
                )
            queue_message(
                Topic.GUARDIAN_REMINDER, dedupe_key=key, enquiry=enquiry, now=now, delay=delay
            )
            why = f"After {days} days"
            record_event(enquiry, kind=EventKind.GUARDIAN_REMINDED, now=now, why=why)
        reminded += 1
    return reminded


def expire_unconfirmed(*, now: datetime) -> int:
    """
    Erase the enquiries of minors whose guardian has not confirmed in time; says how many.

    The days are data, 14 at most, counted from the day a guardian was last asked; a closed
    enquiry goes as well. What is on legal hold stays.
    """
    days = RetentionPeriod.objects.get(what=Kept.UNCONFIRMED_GUARDIAN).days
    over = (
        Enquiry.objects.unconfirmed()
        .filter(legal_hold_since=None)
        .waiting_since(now - timedelta(days=days))
        .order_by("pk")
    )
    why = f"No guardian confirmed within {days} days"
    return act_on_each(over, act=lambda enquiry: erase_enquiry(enquiry, why=why, now=now))


def forget_requested_addresses(*, now: datetime) -> int:
    """Delete the addresses that waited 7 days for their one message; says how many."""
    return GuardianRequest.objects.expired(now=now).delete()[0]


def _check_wanted(enquiry: Enquiry) -> None:
    waits = enquiry.hold == Hold.NEEDS_GUARDIAN and not enquiry.guardian_email
    if not (enquiry.is_open and enquiry.is_minor and waits):
        raise NoGuardianWanted


def _zone_of(enquiry: Enquiry) -> ZoneInfo:
    """Give the zone where the guardian is; ours if this machine no longer knows it."""
    return places.zone_named(enquiry.time_zone) or office.site_zone()

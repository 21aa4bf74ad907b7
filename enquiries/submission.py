"""Taking an enquiry in: all of it or nothing, and once however often it is sent."""

import json
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from enquiries import bookings, office, outbox
from enquiries.consents import new_consents
from enquiries.events import BEFORE_IT_CAME, new_event
from enquiries.followups import scheduled_event
from enquiries.guardian import GuardianDecision
from enquiries.models import (
    Callback,
    Channel,
    Enquiry,
    EnquiryDetails,
    EventKind,
    Flag,
    FollowUp,
    FollowUpReason,
    GuardianDetails,
    OccupationOfInterest,
    PendingUpload,
    Purpose,
    QualificationOfInterest,
    Reply,
    Suppression,
    Topic,
)
from enquiries.redaction import without_contacts, without_known
from enquiries.same_person import flag_guardians, guardian_flags, person_digest
from enquiries.storing import store_together
from enquiries.uploads import drop_upload, settle_upload

TRIES = 3  # two people at once, or a reference that was taken
RIVALRY = {"enquiry_submitted_once", "enquiry_reference_once"}


class GuardianMissing(Exception):
    """A minor's enquiry came without a guardian; nothing was stored."""


def has_booked(submission_key: UUID, *, starts_at: datetime) -> bool:
    """Say whether an earlier try of the same form booked this slot already."""
    return Callback.objects.filter(
        enquiry__submission_key=submission_key, starts_at=starts_at
    ).exists()


def count_stored(submission_key: UUID) -> int:
    """Count the enquiries that came by one form."""
    return Enquiry.objects.filter(submission_key=submission_key).count()


def submit_enquiry(
    details: EnquiryDetails,
    *,
    decision: GuardianDecision,
    submission_key: UUID,
    now: datetime,
    guardian: GuardianDetails | None = None,
    upload: PendingUpload | None = None,
    flags: Collection[Flag] = (),
    taken_by: User | None = None,
) -> Enquiry:
    """
    Store an enquiry with all that belongs to it, or find it if it was stored before.

    The same key and content give the same enquiry; the same key with other content a new one.
    Of a minor, neither phone, e-mail nor résumé is stored; of an adult, no guardian. Staff who
    took it down on the phone are named by ``taken_by``: what was agreed to then was so by voice.

    :raises GuardianMissing: if the decision asks for a guardian and there is none
    :raises SlotClosed: if nothing can be booked at the chosen time
    :raises UploadGone: if ``upload`` no longer waits
    """
    if decision.needs_guardian:
        if guardian is None:
            raise GuardianMissing
        details, guardian = _without_own_contact(details, guardian=guardian)
        upload = None
    else:
        guardian = None
    digest = _digest(details, born=decision.born, guardian=guardian, upload=upload)
    for tries_left in reversed(range(TRIES)):
        stored = Enquiry.objects.filter(submission_key=submission_key, content_digest=digest)
        if pk := stored.order_by().values_list("pk", flat=True).first():
            drop_upload(submission_key)
            return Enquiry.objects.get(pk=pk)
        try:
            with transaction.atomic():
                enquiry = Enquiry.objects.create(
                    submission_key=submission_key,
                    content_digest=digest,
                    created_at=now,
                    last_contact_at=now,
                    flags=sorted({*flags, *_own_flags(details, guardian=guardian)}),
                    **_columns(details, decision=decision, guardian=guardian),
                )
                _store_rest(enquiry, details=details, taken_by=taken_by, now=now)
                if enquiry.is_minor:
                    flag_guardians(enquiry.person_digest)
                settle_upload(enquiry, upload=upload, now=now)
        except IntegrityError as error:
            if not tries_left or _constraint(error) not in RIVALRY:
                raise
        else:
            return enquiry
    raise AssertionError  # the last try returns or raises


def _columns(
    details: EnquiryDetails, *, decision: GuardianDecision, guardian: GuardianDetails | None
) -> dict[str, object]:
    theirs = asdict(guardian) if guardian else {}
    return {
        "about": details.about,
        "interests": list(details.interests),
        "given_name": details.given_name,
        "family_name": details.family_name,
        "person_digest": person_digest(name=_name(details), born=decision.born),
        "date_of_birth": decision.born,
        "decided_at": decision.decided_at,
        "decided_on": decision.decided_on,
        "decision_zone": decision.enquirer_zone,
        "site_zone": decision.site_zone,
        "rule_version": decision.rule_version,
        "own_email": details.email,
        "own_phone": details.phone,
        "own_phone_typed": details.phone_typed,
        "country": details.country,
        "time_zone": details.time_zone,
        "reply": details.reply,
        "fallback": details.fallback,
        "may_name_caller": details.may_name_caller,
        "may_leave_voicemail": details.may_leave_voicemail,
        "language": details.language,
        "wants_interpreter": details.wants_interpreter,
        "accessibility_needs": details.accessibility_needs,
        "message": details.message,
        **{f"guardian_{name}": value for name, value in theirs.items()},
    }


def _store_rest(
    enquiry: Enquiry, *, details: EnquiryDetails, taken_by: User | None, now: datetime
) -> None:
    by_email = enquiry.reply == Reply.EMAIL
    call = None if by_email else bookings.new_booking(enquiry, starts_at=details.callback, now=now)
    first = FollowUp(
        enquiry=enquiry,
        reason=FollowUpReason.SEND_INFORMATION if by_email else FollowUpReason.FIRST_CALL,
        due_at=_due_at(enquiry, call=call, now=now),
        created_at=now,
    )
    purposes = [Purpose.PRIVACY, *([Purpose.GUARDIAN_DECLARATION] if enquiry.is_minor else [])]
    channel = Channel.VOICE if taken_by else Channel.FORM
    came = new_event(enquiry, kind=EventKind.SUBMITTED, before=BEFORE_IT_CAME, by=taken_by, now=now)
    store_together(
        [
            *(
                OccupationOfInterest(enquiry=enquiry, **asdict(each))
                for each in details.occupations
            ),
            *(
                QualificationOfInterest(enquiry=enquiry, **asdict(each))
                for each in details.qualifications
            ),
            *new_consents(enquiry, purposes=purposes, channel=channel, now=now),
            *([call] if call else []),
            first,
            came,
            scheduled_event(first, now=now),
        ]
    )
    topics = [Topic.ACKNOWLEDGEMENT, Topic.STAFF_NOTICE]
    if enquiry.is_minor:
        topics.append(Topic.GUARDIAN_CONFIRMATION)
    promises = [
        outbox.Promise(topic=topic, dedupe_key=f"{topic}:{enquiry.pk}:{enquiry.link_version}")
        for topic in topics
    ]
    outbox.queue_messages(promises, enquiry=enquiry, now=now)


def _due_at(enquiry: Enquiry, *, call: Callback | None, now: datetime) -> datetime:
    """Say by when staff are to act: to call, or to answer by e-mail."""
    if call is None:
        return office.answer_by(now=now)
    return office.answer_by(now=now, zone=ZoneInfo(enquiry.time_zone), starts_at=call.starts_at)


def _own_flags(details: EnquiryDetails, *, guardian: GuardianDetails | None) -> Iterator[Flag]:
    if any(_is_of_another_script(sign) for sign in details.message):
        yield Flag.OTHER_SCRIPT
    if Suppression.objects.of(guardian.email if guardian else details.email).exists():
        yield Flag.DISOWNED
    if guardian:
        yield from guardian_flags(guardian, child=_name(details), given_name=details.given_name)


def _without_own_contact(
    details: EnquiryDetails, *, guardian: GuardianDetails
) -> tuple[EnquiryDetails, GuardianDetails]:
    """Take a minor's contact out, also where it was written among other words."""
    kept = (guardian.email, guardian.phone)
    mine = [each for each in (details.email, details.phone) if each not in kept]

    def clean(text: str, *, longest: int) -> str:
        text = without_known(text, contacts=mine)
        return without_contacts(text, country=details.country, but=kept)[:longest]

    theirs = replace(guardian, name=clean(guardian.name, longest=200))
    return replace(
        details,
        email="",
        phone="",
        phone_typed="",
        given_name=clean(details.given_name, longest=100),
        family_name=clean(details.family_name, longest=100),
        language=clean(details.language, longest=60),
        accessibility_needs=clean(details.accessibility_needs, longest=500),
        message=clean(details.message, longest=4000),
    ), theirs


def _name(details: EnquiryDetails) -> str:
    return f"{details.given_name} {details.family_name}".strip()


def _is_of_another_script(sign: str) -> bool:
    return sign.isalpha() and not unicodedata.name(sign, "").startswith(
        ("LATIN", "FULLWIDTH LATIN", "MODIFIER", "FEMININE", "MASCULINE", "MICRO")
    )


def _digest(
    details: EnquiryDetails,
    *,
    born: date,
    guardian: GuardianDetails | None,
    upload: PendingUpload | None,
) -> str:
    content = {
        "details": asdict(details),
        "born": born,
        "guardian": asdict(guardian) if guardian else None,
        "resume": upload.sha256 if upload else None,
    }
    written = json.dumps(content, default=str, sort_keys=True)
    return salted_hmac("enquiries.submission", written, algorithm="sha256").hexdigest()


def _constraint(error: IntegrityError) -> str | None:
    cause = error.__cause__
    return cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None

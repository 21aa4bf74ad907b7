"""What a person may ask of us: to see what we hold about them, and to have it deleted."""

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from enquiries.closing import close_by_rule
from enquiries.erasure import OnLegalHold, erase_enquiry
from enquiries.events import record_event
from enquiries.models import DataRequest, DataRequestKind, Enquiry, Erasure, EventKind
from enquiries.transitions import State

logger = logging.getLogger(__name__)

DELETED_WITHIN = timedelta(days=7)
OF_THE_PERSON = (
    "about",
    "interests",
    "given_name",
    "family_name",
    "date_of_birth",
    "country",
    "time_zone",
    "reply",
    "fallback",
    "may_name_caller",
    "may_leave_voicemail",
    "language",
    "wants_interpreter",
    "accessibility_needs",
    "message",
)
OF_THE_CONTACT = ("own_email", "own_phone_typed")
OF_THE_GUARDIAN = (
    "guardian_name",
    "guardian_relationship",
    "guardian_email",
    "guardian_phone_typed",
    "guardian_confirmed_at",
)


@transaction.atomic
def ask_for_deletion(enquiry: Enquiry, *, now: datetime) -> DataRequest:
    """
    Take in a person's wish that their data be deleted; asked twice, it is one wish.

    The enquiry is withdrawn at once, so that nobody calls; the data goes within 7 days.
    """
    locked = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    request, is_new = DataRequest.objects.get_or_create(
        enquiry=locked,
        kind=DataRequestKind.DELETION,
        done_at=None,
        defaults={"asked_at": now, "due_at": now + DELETED_WITHIN},
    )
    if is_new:
        _record(locked, DataRequestKind.DELETION, now=now)
    if locked.is_open:
        close_by_rule(locked, state=State.WITHDRAWN, why="Asked for deletion", now=now)
    return request


@transaction.atomic
def copy_for_person(enquiry: Enquiry, *, now: datetime) -> str:
    """
    Write down all that we hold about an enquiry, as JSON for the person, and record the asking.

    It holds no name of our staff, and none of their notes on how to do their work; a guardian's
    copy holds the guardian's own contact, since it is theirs.
    """
    DataRequest.objects.create(
        enquiry=enquiry, kind=DataRequestKind.ACCESS, asked_at=now, due_at=now, done_at=now
    )
    _record(enquiry, DataRequestKind.ACCESS, now=now)
    return json.dumps(_held(enquiry), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def carry_out_deletion(request: DataRequest, *, by: User | None, now: datetime) -> Erasure:
    """
    Erase what a person asked to have deleted.

    :raises OnLegalHold: while it must be kept
    """
    return erase_enquiry(request.enquiry, why="The person asked for it", now=now, by=by)


def carry_out_due_deletions(*, now: datetime) -> int:
    """Erase whatever was to be deleted by now, but for legal holds; says how many."""
    due = DataRequest.objects.open().filter(
        kind=DataRequestKind.DELETION, due_at__lte=now, enquiry__legal_hold_since=None
    )
    erased = 0
    for key in due.values_list("pk", flat=True):
        request = due.select_related("enquiry").filter(pk=key).first()
        if request is None:  # gone meanwhile, with the enquiry that it repeats
            continue
        try:
            carry_out_deletion(request, by=None, now=now)
        except OnLegalHold:
            logger.warning("Data request %s waits: a repeated enquiry is on legal hold", key)
        else:
            erased += 1
    return erased


def _held(enquiry: Enquiry) -> dict[str, Any]:
    fields = OF_THE_PERSON + (OF_THE_GUARDIAN if enquiry.is_minor else OF_THE_CONTACT)
    resume = getattr(enquiry, "resume", None)
    return {
        "held_by": settings.FIRM["name"],
        "reference": enquiry.reference,
        "sent_at": enquiry.created_at,
        "state": enquiry.get_state_display(),
        "answers": {name: getattr(enquiry, name) for name in fields},
        "occupations": list(enquiry.occupations.values("edition", "code", "title")),
        "qualifications": list(enquiry.qualifications.values("code", "title")),
        "calls_booked": list(
            enquiry.callbacks.values("starts_at", "ends_at", "zone", "created_at", "cancelled_at")
        ),
        "calls_made": [
            {"at": each.at, "outcome": each.get_outcome_display(), "remark": each.remark}
            for each in enquiry.call_attempts.all()
        ],
        "said_of_calls": [
            {"at": each.at, "helped": each.get_helped_display(), "words": each.words}
            for each in enquiry.opinions.all()
        ],
        "notes": list(enquiry.notes.values("at", "text")),
        "letters": [
            {"kind": each.get_kind_display(), "sent_at": each.delivered_at}
            for each in enquiry.letters.all()
        ],
        "replies": list(enquiry.replies.values("at", "subject", "text")),
        "agreements": [
            {
                "to": each.get_purpose_display(),
                "version": each.wording_version,
                "given_at": each.given_at,
                "withdrawn": each.withdrawn,
            }
            for each in enquiry.consents.all()
        ],
        "resume": resume and {"name": resume.original_name, "received_at": resume.received_at},
        "what_happened": [
            {"at": each.at, "what": each.get_kind_display()} for each in enquiry.events.all()
        ],
    }


def _record(enquiry: Enquiry, kind: DataRequestKind, *, now: datetime) -> None:
    record_event(enquiry, kind=EventKind.DATA_REQUESTED, now=now, why=kind.label)

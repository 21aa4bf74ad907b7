"""Keeping data no longer than we say: what each period ends, once it is over."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from enquiries.closing import close_by_rule
from enquiries.erasure import OnLegalHold, erase_enquiry
from enquiries.models import Enquiry, Event, EventKind, Kept, Resume, RetentionPeriod
from enquiries.transitions import State
from enquiries.uploads import discard_files

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 500  # enquiries a run and period; the next run goes on


def period(what: Kept) -> timedelta:
    """
    Give for how long ``what`` is kept.

    :raises RetentionPeriod.DoesNotExist: if nobody said for how long
    """
    return timedelta(days=RetentionPeriod.objects.get(what=what).days)


def over(what: Kept, *, now: datetime) -> QuerySet[Enquiry]:
    """List the enquiries whose period of ``what`` is over, but for those on legal hold."""
    before = now - period(what)
    closed = Q(closed_at__lte=before)
    rules = {
        Kept.BIRTH_DATE: closed & Q(is_minor=False, date_of_birth__isnull=False),
        Kept.RESUME: closed & Q(resume__isnull=False, resume__deleted_at=None),
        Kept.ENQUIRY: closed,
        Kept.SILENT_ENQUIRY: Q(closed_at=None, last_contact_at__lte=before),
        Kept.UNCONFIRMED_GUARDIAN: Q(is_minor=True, guardian_confirmed_at=None)
        & (Q(consent_asked_at__lte=before) | Q(consent_asked_at=None, created_at__lte=before)),
    }
    return Enquiry.objects.filter(rules[what], legal_hold_since=None).order_by("pk")


def keep_periods(*, now: datetime) -> int:
    """
    Do what the ended periods of closed and silent enquiries ask for, each in its transaction.

    Says how many it acted on. Guardians who never confirmed have their own verb.
    """
    return sum(_end(what, now=now) for what in _ENDINGS)


def _end(what: Kept, *, now: datetime) -> int:
    ended = 0
    for key in over(what, now=now).values_list("pk", flat=True)[:MOST_AT_ONCE]:
        try:
            with transaction.atomic():
                locked = over(what, now=now).select_for_update(skip_locked=True, of=("self",))
                if enquiry := locked.filter(pk=key).first():
                    _ENDINGS[what](enquiry, now)
                    ended += 1
        except OnLegalHold:
            logger.warning("Enquiry %s is kept: what repeats it is on legal hold", key)
    return ended


def _forget_birth_date(enquiry: Enquiry, _now: datetime) -> None:
    enquiry.date_of_birth, enquiry.person_digest = None, ""
    enquiry.save(update_fields=["date_of_birth", "person_digest"])


def _delete_resume(enquiry: Enquiry, now: datetime) -> None:
    resume = Resume.objects.select_for_update(no_key=True).get(enquiry=enquiry)
    discard_files(resume, now=now)
    resume.deleted_at = now
    resume.original_name, resume.preview_name = "Deleted", ""
    resume.save(update_fields=["deleted_at", "original_name", "preview_name"])
    Event.objects.create(enquiry=enquiry, kind=EventKind.RESUME_DELETED, at=now)


def _erase(enquiry: Enquiry, now: datetime) -> None:
    erase_enquiry(enquiry, why=Kept.ENQUIRY.label, now=now)


def _close_silent(enquiry: Enquiry, now: datetime) -> None:
    why = f"No contact for {period(Kept.SILENT_ENQUIRY).days} days"
    close_by_rule(enquiry, state=State.CLOSED_UNREACHED, why=why, now=now)


_ENDINGS: dict[Kept, Callable[[Enquiry, datetime], None]] = {
    Kept.SILENT_ENQUIRY: _close_silent,
    Kept.BIRTH_DATE: _forget_birth_date,
    Kept.RESUME: _delete_resume,
    Kept.ENQUIRY: _erase,
}

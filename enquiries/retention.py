"""Keeping data no longer than we say: what each period ends, once it is over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from enquiries.closing import close_by_rule
from enquiries.erasure import act_on_each, erase_enquiry
from enquiries.events import record_event
from enquiries.models import Enquiry, EventKind, Kept, Resume, RetentionPeriod
from enquiries.transitions import State
from enquiries.uploads import discard_files


def period(what: Kept) -> timedelta:
    """
    Give for how long ``what`` is kept.

    :raises RetentionPeriod.DoesNotExist: if nobody said for how long
    """
    return timedelta(days=RetentionPeriod.objects.get(what=what).days)


def over(what: Kept, *, now: datetime, days: int | None = None) -> QuerySet[Enquiry]:
    """
    List the enquiries whose period of ``what`` is over, but for those on legal hold.

    With ``days``, those that would be if it were so many calendar days.
    """
    before = now - (period(what) if days is None else timedelta(days=days))
    kept = Enquiry.objects.filter(legal_hold_since=None).order_by("pk")
    closed = kept.filter(closed_at__lte=before)
    rules = {
        Kept.BIRTH_DATE: closed.filter(is_minor=False, date_of_birth__isnull=False),
        Kept.RESUME: closed.filter(resume__isnull=False, resume__deleted_at=None),
        Kept.ENQUIRY: closed,
        Kept.SILENT_ENQUIRY: kept.filter(closed_at=None, last_contact_at__lte=before),
        Kept.UNCONFIRMED_GUARDIAN: kept.unconfirmed().waiting_since(before),
    }
    return rules[what]


def keep_periods(*, now: datetime) -> int:
    """
    Do what the ended periods of closed and silent enquiries ask for, each in its transaction.

    Says how many it acted on. Guardians who never confirmed have their own verb.
    """
    return sum(
        act_on_each(over(what, now=now), act=partial(ending, now=now))
        for what, ending in _ENDINGS.items()
    )


def forget_sessions(*, now: datetime) -> int:
    """Delete the sessions that are over, with what was typed in them; says how many."""
    gone, _ = Session.objects.filter(expire_date__lt=now).delete()
    return gone


def _forget_birth_date(enquiry: Enquiry, *, now: datetime) -> None:  # noqa: ARG001 - as the others
    enquiry.date_of_birth, enquiry.person_digest = None, ""
    enquiry.save(update_fields=["date_of_birth", "person_digest"])


def _delete_resume(enquiry: Enquiry, *, now: datetime) -> None:
    resume = Resume.objects.select_for_update(no_key=True).get(enquiry=enquiry)
    discard_files(resume, now=now)
    resume.deleted_at = now
    resume.original_name, resume.preview_name = "Deleted", ""
    resume.save(update_fields=["deleted_at", "original_name", "preview_name"])
    record_event(enquiry, kind=EventKind.RESUME_DELETED, now=now)


def _erase(enquiry: Enquiry, *, now: datetime) -> None:
    erase_enquiry(enquiry, why=Kept.ENQUIRY.label, now=now)


def _close_silent(enquiry: Enquiry, *, now: datetime) -> None:
    why = f"No contact for {period(Kept.SILENT_ENQUIRY).days} days"
    close_by_rule(enquiry, state=State.CLOSED_UNREACHED, why=why, now=now)


_ENDINGS: dict[Kept, Callable[..., None]] = {
    Kept.SILENT_ENQUIRY: _close_silent,
    Kept.BIRTH_DATE: _forget_birth_date,
    Kept.RESUME: _delete_resume,
    Kept.ENQUIRY: _erase,
}

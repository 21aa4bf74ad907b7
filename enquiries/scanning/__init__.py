"""Has résumés checked for viruses, settles what becomes of them, and says which may be opened."""

import logging
from datetime import datetime
from math import ceil
from typing import BinaryIO, cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import OuterRef, QuerySet

from enquiries.events import record_event
from enquiries.models import (
    EventKind,
    OutboxMessage,
    Resume,
    ResumeState,
    Topic,
    resume_storage,
)
from enquiries.notices import day_for_letters, wait_for_day
from enquiries.office import site_zone
from enquiries.outbox import queue_message
from enquiries.scanning.clamd import Finding, ScannerFailed, Verdict, read_address, scan
from enquiries.uploads import UNCHECKED, discard_files, queue_checks

__all__ = [
    "ScannerFailed",
    "alert_if_scans_fail",
    "failed_scans",
    "is_configured",
    "read_address",
    "scan_resume",
    "scan_what_waits",
    "send_alert",
    "why_closed",
    "why_late",
]

logger = logging.getLogger(__name__)

LONGEST_FINDING = 100  # signs
STATES = {
    Finding.CLEAN: ResumeState.CLEAN,
    Finding.INFECTED: ResumeState.INFECTED,
    Finding.UNSCANNABLE: ResumeState.UNSCANNABLE,
}
CLOSED = {
    ResumeState.SCANNING: "It is being checked for viruses. Until then nobody can open it.",
    ResumeState.STRUCTURE_OK: "It waits for the virus check. Until then nobody can open it.",
    ResumeState.RECEIVED: "It waits for its checks. Until then nobody can open it.",
    ResumeState.UNSCANNABLE: "The virus scanner could not look into it, so nobody can open it.",
}
ALERT = """\
The virus scanner did not check a résumé when it was asked to.

We try again by ourselves. Until a résumé has passed, nobody can open it; the enquiry itself
can be worked on. Résumés that wait: {waiting}. See that clamd runs and answers.

{site_url}
"""


def is_configured() -> bool:
    """Whether a virus scanner looks at every résumé."""
    return bool(settings.CLAMAV_URL)


def why_closed(resume: Resume) -> str:
    """Say in a sentence why nobody may open this résumé or its picture now; nothing if one may."""
    enquiry = resume.enquiry
    if resume.deleted_at:
        return "The file was deleted."
    if enquiry.is_minor and enquiry.guardian_confirmed_at is None:
        return "A parent or guardian has not confirmed yet."
    if resume.sealed_at:
        return "It is sealed: it came before we knew that the person is under 18."
    state = ResumeState(resume.state)
    if state is ResumeState.UNSCANNABLE or (is_configured() and state is not ResumeState.CLEAN):
        return CLOSED[state]
    return ""


def failed_scans(number: int | OuterRef) -> QuerySet[OutboxMessage]:
    """List the scans of an enquiry's résumé that failed and are to be done, the newest first."""
    scans = OutboxMessage.objects.filter(enquiry=number, topic=Topic.RESUME_SCAN, done_at=None)
    return scans.exclude(last_error="").order_by("-id")


def why_late(resume: Resume, *, failed: OutboxMessage | None, now: datetime) -> str:
    """Say that the scanner has failed on this résumé, and when it is asked again; or nothing."""
    if resume.state != ResumeState.SCANNING or resume.deleted_at or failed is None:
        return ""
    if failed.set_aside_at:
        return "The virus scanner failed too often. Its message waits in the outbox to be taken up."
    minutes = max(1, ceil((failed.available_at - now).total_seconds() / 60))
    again = "soon" if minutes == 1 else f"in about {minutes} minutes"
    return f"The virus scanner has failed {failed.attempts} times. It is asked again {again}."


def scan_resume(message: OutboxMessage, *, now: datetime) -> None:
    """
    Have the résumé that ``message`` names checked, and settle what becomes of it.

    One that is gone, or was replaced, is left alone; so is any if there is no scanner any more.

    :raises ScannerFailed: if there was no verdict; the résumé stays closed until there is
    """
    resume = (
        Resume.objects.select_related("enquiry")
        .filter(enquiry=message.enquiry, deleted_at=None)
        .first()
    )
    if resume is None or resume.stored_name not in message.dedupe_key.split(":"):
        return
    if not is_configured():
        Resume.objects.filter(pk=resume.pk, state=ResumeState.SCANNING).update(
            state=ResumeState.STRUCTURE_OK
        )
        return
    with resume_storage().open(resume.stored_name) as file:
        try:
            verdict = scan(cast(BinaryIO, file), url=settings.CLAMAV_URL)
        except ScannerFailed as error:
            logger.warning("The virus scanner gave no verdict: %s", error)
            raise
    _settle(resume, verdict=verdict, now=now)


def scan_what_waits(*, now: datetime) -> int:
    """Queue every résumé that came while there was no scanner; says how many."""
    if not is_configured():
        return 0
    waiting = list(
        Resume.objects.filter(state__in=UNCHECKED, deleted_at=None).select_related("enquiry")
    )
    for resume in waiting:
        with transaction.atomic():
            queue_checks(resume, now=now)
    return len(waiting)


def alert_if_scans_fail(message_id: int, *, now: datetime) -> None:
    """Queue one letter a day to staff, for by day, if the message is a scan that failed."""
    failed = OutboxMessage.objects.waiting().exclude(last_error="")
    if failed.filter(pk=message_id, topic=Topic.RESUME_SCAN).exists():
        logger.error("A résumé could not be checked for viruses; it stays closed")
        with transaction.atomic():
            at = day_for_letters(now=now)
            key = f"{Topic.SCANNER_ALERT}:{at.astimezone(site_zone()).date().isoformat()}"
            queue_message(Topic.SCANNER_ALERT, dedupe_key=key, delay=at - now, now=now)


def send_alert(*, now: datetime) -> None:
    """
    Write to staff by day that the scanner fails, unless it has recovered meanwhile.

    :raises NotYet: if it is night by now
    """
    wait_for_day(now=now)
    failing = OutboxMessage.objects.waiting().filter(topic=Topic.RESUME_SCAN).exclude(last_error="")
    if waiting := failing.count():
        EmailMessage(
            subject="The virus scanner does not answer",
            body=ALERT.format(waiting=waiting, site_url=settings.SITE_URL),
            to=[settings.STAFF_EMAIL],
        ).send()


@transaction.atomic
def _settle(resume: Resume, *, verdict: Verdict, now: datetime) -> None:
    state = STATES[verdict.finding]
    locked = (
        Resume.objects.select_for_update()
        .filter(pk=resume.pk, stored_name=resume.stored_name, deleted_at=None)
        .first()
    )
    if locked is None:
        return
    locked.state, locked.scanned_at, locked.finding = state, now, verdict.name[:LONGEST_FINDING]
    if state is ResumeState.INFECTED:
        discard_files(locked, now=now)
        locked.deleted_at, locked.preview_name = now, ""
        queue_message(
            Topic.RESUME_REFUSED,
            dedupe_key=f"{Topic.RESUME_REFUSED}:{locked.stored_name}",
            enquiry=resume.enquiry,
            now=now,
        )
    locked.save(update_fields=["state", "scanned_at", "finding", "deleted_at", "preview_name"])
    record_event(resume.enquiry, kind=EventKind.RESUME_CHECKED, now=now, why=state.label)
    if state is ResumeState.CLEAN:
        queue_checks(locked, now=now)

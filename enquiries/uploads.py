"""Uploaded files: kept for an hour while their form is put right, then a résumé or nothing."""

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import connection, transaction

from enquiries.models import (
    Enquiry,
    PendingUpload,
    Resume,
    ResumeState,
    Topic,
    new_stored_name,
    resume_storage,
)
from enquiries.outbox import queue_message

LIFETIME = timedelta(hours=1)
WITH_PICTURE = "pdf"
UNCHECKED = (ResumeState.RECEIVED, ResumeState.STRUCTURE_OK)
LONGEST_NAME = 200  # signs
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
BIGINT = 2**63  # what PostgreSQL's locks are named by


class UploadGone(Exception):
    """The file that came with an earlier try was discarded after its hour."""


def keep_upload(
    file: File, *, submission_key: UUID, name: str, kind: str, now: datetime
) -> PendingUpload:
    """
    Keep a checked file for an hour while its form is put right; an earlier one makes way.

    ``name`` is the file's name as sent, ``kind`` its format.
    """
    columns = {
        "original_name": harmless_name(name),
        "format": kind,
        "size": file.size,
        "sha256": _sha256(file),
        "expires_at": now + LIFETIME,
    }
    stored_name = resume_storage().save(new_stored_name(), file)
    try:
        with transaction.atomic():
            upload = _keep_row(submission_key, columns | {"stored_name": stored_name})
            queue_message(
                Topic.DISCARD_UPLOAD,
                dedupe_key=f"{Topic.DISCARD_UPLOAD}:{stored_name}",
                now=now,
                delay=LIFETIME,
            )
    except BaseException:
        resume_storage().delete(stored_name)
        raise
    return upload


def pending_upload(submission_key: UUID, *, now: datetime) -> PendingUpload | None:
    """Find the file that waits for the form with this key."""
    return PendingUpload.objects.waiting(now=now).filter(submission_key=submission_key).first()


def named_upload(submission_key: UUID, *, sha256: str) -> PendingUpload | None:
    """Stand for a file that was kept for this form, and may be gone; None without a digest."""
    if not SHA256.fullmatch(sha256):
        return None
    return PendingUpload(submission_key=submission_key, sha256=sha256)


@transaction.atomic
def drop_upload(submission_key: UUID) -> None:
    """Delete the file that waits for the form with this key, if there is one, at once."""
    _drop_of_form(submission_key)


@transaction.atomic
def discard_expired_uploads(*, now: datetime) -> None:
    """Delete every file whose hour is over."""
    for upload in PendingUpload.objects.expired(now=now).select_for_update():
        upload.delete()
        transaction.on_commit(partial(resume_storage().delete, upload.stored_name))


def settle_upload(
    enquiry: Enquiry,
    *,
    upload: PendingUpload | None,
    now: datetime,
    instead_of: Resume | None = None,
) -> None:
    """
    Make ``upload`` the résumé of an enquiry, in its transaction; without one, drop what waits.

    Of a deleted one that it comes instead of, the row stays: the log of who opened it hangs on it.

    :raises UploadGone: if it no longer waits
    """
    if upload is None:
        _drop_of_form(enquiry.submission_key)
        return
    kept = (
        PendingUpload.objects.select_for_update()
        .filter(submission_key=enquiry.submission_key, sha256=upload.sha256)
        .first()
    )
    if kept is None:
        raise UploadGone
    resume = Resume(
        pk=instead_of.pk if instead_of else None,
        enquiry=enquiry,
        stored_name=kept.stored_name,
        original_name=kept.original_name,
        format=kept.format,
        size=kept.size,
        sha256=kept.sha256,
        received_at=now,
    )
    resume.save()
    kept.delete()
    queue_checks(resume, now=now)


def queue_checks(resume: Resume, *, now: datetime) -> None:
    """Promise what comes next: the virus check, if there is a scanner, and then the picture."""
    unchecked = Resume.objects.filter(pk=resume.pk, state__in=UNCHECKED)
    if settings.CLAMAV_URL and unchecked.update(state=ResumeState.SCANNING):
        resume.state = ResumeState.SCANNING
        # A scan may be promised again, if there was no scanner when the first one was due.
        key = f"{Topic.RESUME_SCAN}:{resume.stored_name}:{now.timestamp():.0f}"
        queue_message(Topic.RESUME_SCAN, dedupe_key=key, enquiry=resume.enquiry, now=now)
    elif resume.format == WITH_PICTURE:
        key = f"{Topic.RESUME_PREVIEW}:{resume.stored_name}"
        queue_message(Topic.RESUME_PREVIEW, dedupe_key=key, enquiry=resume.enquiry, now=now)


def discard_files(resume: Resume, *, now: datetime) -> None:
    """
    Delete the stored files of a résumé once that is certain; the caller changes its row.

    What fails then, or dies before it, the outbox makes good.
    """
    for name in filter(None, [resume.stored_name, resume.preview_name]):
        transaction.on_commit(partial(resume_storage().delete, name), robust=True)
        queue_message(Topic.DISCARD_FILE, dedupe_key=f"{Topic.DISCARD_FILE}:{name}", now=now)


def discard_file(dedupe_key: str) -> None:
    """Delete the file that a promise names; one that is gone already is no fault."""
    resume_storage().delete(dedupe_key.removeprefix(f"{Topic.DISCARD_FILE}:"))


def harmless_name(name: str) -> str:
    """Give a file's name as sent, without folders or signs that control a screen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return " ".join(plain.split())[-LONGEST_NAME:] or "resume"


def _keep_row(submission_key: UUID, columns: dict[str, Any]) -> PendingUpload:
    """Store or alter the one row of this form, whoever else sends it at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [submission_key.int % BIGINT])
    waiting = PendingUpload.objects.select_for_update().filter(submission_key=submission_key)
    upload = waiting.first() or PendingUpload(submission_key=submission_key)
    if upload.pk:
        transaction.on_commit(partial(resume_storage().delete, upload.stored_name), robust=True)
    for name, value in columns.items():
        setattr(upload, name, value)
    upload.save()
    return upload


def _drop_of_form(submission_key: UUID) -> None:
    """
    Delete what waits for a form by one statement, since nearly always nothing does.

    A file that cannot be deleted now is an orphan, which goes by night; what was sent stands.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM enquiries_pendingupload WHERE submission_key = %s RETURNING stored_name",
            [submission_key],
        )
        dropped = [name for (name,) in cursor.fetchall()]
    for name in dropped:
        transaction.on_commit(partial(resume_storage().delete, name), robust=True)


def _sha256(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()

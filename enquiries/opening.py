"""Opening a résumé, or the picture of its first page: who, when and why is logged first."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.files.base import File
from django.db import transaction

from enquiries import scanning
from enquiries.events import record_event
from enquiries.models import EventKind, Resume, ResumeAccess, ResumeState, resume_storage

UNCHECKED = "No virus scanner has looked at it. Say that you know this."
LOOKED_AT_PREVIEW = "Looked at the picture of page 1"


class ResumeClosed(Exception):
    """Nobody may open the résumé, or not in this way; the message says why in a sentence."""


@transaction.atomic
def open_resume(
    resume: Resume, *, by: User, now: datetime, why: str = "", though_unchecked: bool = False
) -> File:
    """
    Open a résumé for the member of staff ``by``.

    ``though_unchecked`` says that they know that no scanner has looked at it.

    :raises ResumeClosed: saying why nobody may open it now
    :raises FileNotFoundError: if the storage has lost it
    """
    if sentence := scanning.why_closed(resume):
        raise ResumeClosed(sentence)
    if resume.state != ResumeState.CLEAN and not though_unchecked:
        raise ResumeClosed(UNCHECKED)
    ResumeAccess.objects.create(resume=resume, by=by, at=now, why=why)
    record_event(resume.enquiry, kind=EventKind.RESUME_OPENED, by=by, now=now, why=why)
    return resume_storage().open(resume.stored_name)


@transaction.atomic
def open_preview(resume: Resume, *, by: User, now: datetime) -> File:
    """
    Open the picture of a résumé's first page for ``by``.

    :raises ResumeClosed: saying why nobody may see it now
    :raises FileNotFoundError: if there is none
    """
    if sentence := scanning.why_closed(resume):
        raise ResumeClosed(sentence)
    if not resume.preview_name:
        raise FileNotFoundError
    ResumeAccess.objects.create(resume=resume, by=by, at=now, why=LOOKED_AT_PREVIEW)
    return resume_storage().open(resume.preview_name)

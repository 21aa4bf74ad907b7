"""Adding a résumé later, by the person's link."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from enquiries import uploads
from enquiries.followups import EnquiryClosed
from enquiries.models import Enquiry, EventKind, PendingUpload, Resume
from enquiries.redaction import without_contacts
from enquiries.selfservice.changes import NotNow, lock_open, record
from enquiries.selfservice.visits import Visit
from enquiries.transitions import Hold


class ResumeThere(Exception):
    """There is a résumé already."""


def may_add_resume(visit: Visit) -> bool:
    """
    Say whether a résumé may be added: of a minor only once the guardian confirmed, and by them.

    The page after sending may be a child's; the link in a letter is the guardian's.
    """
    enquiry = visit.enquiry
    if not enquiry.is_open or enquiry.hold == Hold.RECONSENT:
        return False
    if Resume.objects.filter(enquiry=enquiry, deleted_at=None).exists():
        return False
    return not enquiry.is_minor or (visit.by_letter and enquiry.guardian_confirmed_at is not None)


def add_resume(enquiry: Enquiry, *, file: File, name: str, kind: str, now: datetime) -> None:
    """
    Add a checked file as the résumé of an enquiry; ``name`` is the file's as sent.

    Of a minor, whatever looks like a contact in that name is blanked.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    :raises NotNow: while the guardian has not confirmed, or the person must agree anew at 18
    :raises ResumeThere: if there is one already
    """
    if not enquiry.is_open:
        raise EnquiryClosed
    _check_agreed(enquiry)
    if enquiry.is_minor:
        name = without_contacts(name, country=enquiry.country)
    key = enquiry.submission_key
    upload = uploads.keep_upload(file, submission_key=key, name=name, kind=kind, now=now)
    try:
        _settle(enquiry, upload=upload, now=now)
    except uploads.UploadGone:  # another tab was quicker
        raise ResumeThere from None
    except (EnquiryClosed, NotNow, ResumeThere):
        uploads.drop_upload(key)
        raise


@transaction.atomic
def _settle(enquiry: Enquiry, *, upload: PendingUpload, now: datetime) -> None:
    locked = lock_open(enquiry, now=now)
    _check_agreed(locked)
    before = Resume.objects.select_for_update(no_key=True).filter(enquiry=locked).first()
    if before and before.deleted_at is None:
        raise ResumeThere
    uploads.settle_upload(locked, upload=upload, now=now, instead_of=before)
    record(locked, kind=EventKind.RESUME_ADDED, now=now)


def _check_agreed(enquiry: Enquiry) -> None:
    waits = enquiry.is_minor and enquiry.guardian_confirmed_at is None
    if waits or enquiry.hold == Hold.RECONSENT:
        raise NotNow

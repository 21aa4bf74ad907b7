"""Erasing an enquiry: rows, files and promises together; what stays names nobody."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Count, QuerySet, Value

from enquiries import bookings, uploads
from enquiries.models import Callback, Enquiry, Erasure, Resume

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 500  # enquiries a run; the next run goes on
_FORGET_LISTS_OF_IT_ALONE = """
DELETE FROM enquiries_listrecord WHERE enquiry_numbers = ARRAY[%s]::bigint[]
"""
_FORGET_IN_LISTS = """
UPDATE enquiries_listrecord SET enquiry_numbers = array_remove(enquiry_numbers, %(number)s)
WHERE enquiry_numbers @> ARRAY[%(number)s]::bigint[]
"""


class OnLegalHold(Exception):
    """The enquiry must be kept while a legal hold lasts; nothing was erased."""


def what_goes(enquiry: Enquiry) -> dict[str, int]:
    """
    Count what erasing an enquiry takes with it, by what staff call each; nothing is erased.

    It is one query.
    """
    belonging: dict[str, QuerySet[Any]] = {
        "calls booked": enquiry.callbacks.all(),
        "calls made": enquiry.call_attempts.all(),
        "notes": enquiry.notes.all(),
        "follow-ups": enquiry.follow_ups.all(),
        "e-mails on record": enquiry.letters.all(),
        "e-mails that staff wrote": enquiry.replies.all(),
        "entries of the timeline": enquiry.events.all(),
        "enquiries that repeat it": enquiry.duplicates.all(),
        "résumés": Resume.objects.filter(enquiry=enquiry, deleted_at=None),
    }
    first, *others = (
        rows.order_by().values(what=Value(name)).annotate(count=Count("pk"))
        for name, rows in belonging.items()
    )
    found = first.union(*others, all=True).order_by()
    counts = {row["what"]: row["count"] for row in found}
    return {name: counts[name] for name in belonging if counts[name]}


@transaction.atomic
def erase_enquiry(enquiry: Enquiry, *, why: str, now: datetime, by: User | None = None) -> Erasure:
    """
    Erase an enquiry, what repeats it, and everything that belongs to them.

    Consents stay without the enquiry's number, as the ledger asks; files go as soon as this is
    certain, and are tried again until they are gone.

    :raises OnLegalHold: if it, or an enquiry that repeats it, is on legal hold
    :raises Enquiry.DoesNotExist: if it was erased before
    """
    locked = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    if locked.legal_hold_since:
        raise OnLegalHold
    for repeat in locked.duplicates.all():
        erase_enquiry(repeat, why=why, now=now, by=by)
    for callback in Callback.objects.current().filter(enquiry=locked):
        bookings.cancel(callback, now=now)
    for resume in Resume.objects.select_for_update().filter(enquiry=locked):
        uploads.discard_files(resume, now=now)
        resume.delete()
    uploads.drop_upload(locked.submission_key)
    erasure = Erasure.objects.create(
        enquiry_number=locked.pk,
        reference=locked.reference,
        erased_as=uuid4(),
        why=why,
        by=by,
        at=now,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT enquiries_consent_forget(%s, %s)", [locked.pk, erasure.erased_as])
    locked.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT enquiries_records_forget(%s)", [erasure.enquiry_number])
        cursor.execute(_FORGET_LISTS_OF_IT_ALONE, [erasure.enquiry_number])
        cursor.execute(_FORGET_IN_LISTS, {"number": erasure.enquiry_number})
    return erasure


def act_on_each(over: QuerySet[Enquiry], *, act: Callable[[Enquiry], object]) -> int:
    """
    Lock each enquiry that is still among those ``over`` and act on it, in its own transaction.

    One that another worker holds is left to it; one that must be kept stops no other. Says how
    many were acted on.
    """
    acted = 0
    for key in over.values_list("pk", flat=True)[:MOST_AT_ONCE]:
        try:
            with transaction.atomic():
                locked = over.select_for_update(of=("self",), skip_locked=True)
                if enquiry := locked.filter(pk=key).first():
                    act(enquiry)
                    acted += 1
        except OnLegalHold:
            logger.warning("Enquiry %s is kept: what repeats it is on legal hold", key)
    return acted

"""Legal hold: an enquiry that must be kept is neither erased nor emptied while the hold lasts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from enquiries.events import record_event
from enquiries.models import Enquiry, EventKind


@transaction.atomic
def hold_by_law(enquiry: Enquiry, *, by: User, why: str, now: datetime) -> bool:
    """Put an enquiry on legal hold from today on; says False if it was held before."""
    today = now.astimezone(ZoneInfo(settings.SITE_TIME_ZONE)).date()
    free = Enquiry.objects.filter(pk=enquiry.pk, legal_hold_since=None)
    if not free.update(legal_hold_since=today):
        return False
    record_event(enquiry, kind=EventKind.HELD_BY_LAW, by=by, now=now, why=why)
    return True


@transaction.atomic
def release_by_law(enquiry: Enquiry, *, by: User, why: str, now: datetime) -> bool:
    """End the legal hold of an enquiry; says False if there was none."""
    held = Enquiry.objects.filter(pk=enquiry.pk, legal_hold_since__isnull=False)
    if not held.update(legal_hold_since=None):
        return False
    record_event(enquiry, kind=EventKind.RELEASED_BY_LAW, by=by, now=now, why=why)
    return True

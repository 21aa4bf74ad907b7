"""Compares the storage of résumés with the rows that name its files, both ways, each night."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from enquiries.models import PendingUpload, Resume, resume_storage

logger = logging.getLogger(__name__)

NIGHT = 3  # the hour at which it is done, by the site's time
MOST_NAMED = 50  # files in one line of the log; their names are random
PATIENCE = timedelta(days=1)  # for a file whose row may still come, or go


def reconcile_by_night(*, now: datetime) -> int:
    """Reconcile files and rows if it is night; says how many files were deleted."""
    if now.astimezone(ZoneInfo(settings.SITE_TIME_ZONE)).hour != NIGHT:
        return 0
    return reconcile_files(now=now)


def reconcile_files(*, now: datetime) -> int:
    """
    Delete each file that no row names for a day, and report each row whose file is lost, by name.

    Says how many files were deleted.
    """
    storage = resume_storage()
    try:
        stored = set(storage.listdir("")[1])
    except FileNotFoundError:  # nothing was ever stored
        stored = set()
    kept = Resume.objects.filter(deleted_at=None)
    named = {name for names in kept.values_list("stored_name", "preview_name") for name in names}
    named.update(PendingUpload.objects.values_list("stored_name", flat=True))
    strangers = [
        name for name in stored - named if now - storage.get_modified_time(name) > PATIENCE
    ]
    for name in strangers:
        storage.delete(name)
    if strangers:
        told = ", ".join(sorted(strangers)[:MOST_NAMED])
        logger.warning("Deleted %s stored files that nothing named: %s", len(strangers), told)
    for pk, name, preview in kept.values_list("pk", "stored_name", "preview_name"):
        if name not in stored and not storage.exists(name):
            logger.error("The file of résumé %s is lost: %s", pk, name)
        if preview and preview not in stored and not storage.exists(preview):
            logger.error("The preview of résumé %s is lost: %s", pk, preview)
    return len(strangers)

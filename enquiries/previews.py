"""Pictures of a résumé's first page for staff: drawn in a check process, kept beside the file."""

from typing import BinaryIO, cast

from django.core.files.base import ContentFile
from django.db import transaction

from enquiries.checking import draw_first_page
from enquiries.models import OutboxMessage, Resume, new_stored_name, resume_storage

MEDIA_TYPE = "image/jpeg"


@transaction.atomic
def draw_preview(message: OutboxMessage) -> None:
    """
    Draw and store the first page of the résumé that ``message`` names, if it can be drawn.

    One that is gone, sealed or was replaced is left alone.

    :raises CheckUnavailable: if no check process came free; the outbox tries again
    """
    resume = (
        Resume.objects.select_for_update(no_key=True)  # the log of who opens it goes on
        .filter(enquiry=message.enquiry, deleted_at=None, sealed_at=None, preview_name="")
        .first()
    )
    if resume is None or resume.stored_name not in message.dedupe_key.split(":"):
        return
    with resume_storage().open(resume.stored_name) as file:
        picture = draw_first_page(cast(BinaryIO, file))
    if picture:
        name = resume_storage().save(new_stored_name(), ContentFile(picture))
        resume.preview_name = name
        resume.save(update_fields=["preview_name"])

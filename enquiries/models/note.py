"""Notes that staff write about an enquiry."""

from django.conf import settings
from django.db import models

from enquiries.models.enquiry import Enquiry


class Note(models.Model):
    """Something that the next colleague needs to know."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=4000)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text__regex=r"\S"),
                name="note_says_something",
                violation_error_message="Write something in the note.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

"""Replies: what staff write to people by e-mail, and the texts that they start from."""

from django.conf import settings
from django.db import models

from enquiries.models.enquiry import Enquiry


class CannedReply(models.Model):
    """A text to start a reply from; ``{name}``, ``{reference}`` and ``{call}`` are filled in."""

    title = models.CharField("what it is for", max_length=80, unique=True)
    subject = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    is_offered = models.BooleanField("offered to staff", default=True)

    class Meta:
        verbose_name_plural = "canned replies"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class StaffReply(models.Model):
    """An e-mail that a member of staff wrote to the contact of an enquiry."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="replies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    subject = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)

    class Meta:
        verbose_name_plural = "staff replies"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject__regex=r"\S", text__regex=r"\S"),
                name="staffreply_says_something",
                violation_error_message="Write a subject and a text.",
            )
        ]

    def __str__(self) -> str:
        return self.subject

"""Asking for a guardian, or for the person themselves, by the one message that may still go."""

from datetime import datetime
from typing import Self

from django.db import models

from enquiries.models.enquiry import Enquiry


class GuardianRequestQuerySet(models.QuerySet["GuardianRequest"]):
    def expired(self, *, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class GuardianRequest(models.Model):
    """
    An address that lives on for one message, when a date of birth turned out to be another.

    Of a person who is under 18 it is their own, of one who is an adult it is their guardian's.
    The row goes as soon as the message was sent, and after 7 days at the latest.
    """

    enquiry = models.OneToOneField(
        Enquiry, on_delete=models.CASCADE, related_name="guardian_request"
    )
    email = models.EmailField()
    expires_at = models.DateTimeField(db_index=True)

    objects = GuardianRequestQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Request for a guardian of enquiry {self.enquiry_id}"

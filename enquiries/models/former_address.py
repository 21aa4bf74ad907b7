"""An e-mail address that was replaced, kept for the one notice that still goes to it."""

from datetime import datetime
from typing import Self

from django.db import models

from enquiries.models.enquiry import Enquiry


class FormerAddressQuerySet(models.QuerySet["FormerAddress"]):
    def expired(self, *, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class FormerAddress(models.Model):
    """
    An address that lives on for one message: that the enquiry's e-mail address was changed.

    The row goes as soon as the message was sent, and after 7 days at the latest.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="former_addresses")
    email = models.EmailField()
    expires_at = models.DateTimeField(db_index=True)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "former addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "email"], name="formeraddress_once_an_enquiry"
            )
        ]

    def __str__(self) -> str:
        return f"Former address of enquiry {self.enquiry_id}"

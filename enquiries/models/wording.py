"""The words that people agree to, each version kept for as long as a consent names it."""

import hashlib
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q

from enquiries.models.consent import Purpose


class WordingQuerySet(models.QuerySet["Wording"]):
    def in_force(self, purpose: str, *, on: date) -> Self:
        """Versions of ``purpose`` that were in force by the day ``on``, the newest first."""
        return self.filter(purpose=purpose, in_force_on__lte=on).order_by("-in_force_on", "-pk")


class Wording(models.Model):
    """One version of the words behind a consent; a trigger refuses to change or delete it."""

    purpose = models.CharField(max_length=30, choices=Purpose)
    version = models.CharField(max_length=20)
    text = models.TextField(max_length=1000)
    in_force_on = models.DateField("in force from")

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["purpose", "-in_force_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="wording_version_once"),
            models.CheckConstraint(
                condition=Q(text__regex=r"\S"),
                name="wording_says_something",
                violation_error_message="Write the words that people agree to.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.version})"

    @property
    def digest(self) -> str:
        """The SHA-256 of the words, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def current_wording(purpose: str, *, now: datetime) -> Wording:
    """
    Give the words in force for ``purpose`` on the site's day of ``now``.

    :raises LookupError: if there are none
    """
    today = now.astimezone(ZoneInfo(settings.SITE_TIME_ZONE)).date()
    wording = Wording.objects.in_force(purpose, on=today).first()
    if wording is None:
        msg = f"There are no words for {purpose!r}."
        raise LookupError(msg)
    return wording

"""The words that people agree to, each version kept for as long as a consent names it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Self, override
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from enquiries.models.consent import Purpose


class WordingQuerySet(models.QuerySet["Wording"]):
    def in_force(self, *, now: datetime) -> Self:
        """Those in force on the site's day of ``now``, the newest of each purpose first."""
        today = now.astimezone(ZoneInfo(settings.SITE_TIME_ZONE)).date()
        return self.filter(in_force_on__lte=today).order_by("purpose", "-in_force_on", "-pk")


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

    @override
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget_wordings()
        transaction.on_commit(forget_wordings)  # others read the old ones until then

    @property
    def digest(self) -> str:
        """The SHA-256 of the words, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def current_wording(purpose: str, *, now: datetime) -> Wording:
    """
    Give the words in force for ``purpose`` on the site's day of ``now``.

    Each process reads them once a minute, so that what was shown and what is agreed to come from
    one reading. Words are never changed, and new ones come into force with a day.

    :raises LookupError: if there are none
    """
    wording = _in_force(now.replace(second=0, microsecond=0)).get(purpose)
    if wording is None:
        msg = f"There are no words for {purpose!r}."
        raise LookupError(msg)
    return wording


def forget_wordings() -> None:
    """Read the words anew at the next question, as after new ones were written."""
    _in_force.cache_clear()


@lru_cache(maxsize=2)
def _in_force(minute: datetime) -> Mapping[str, Wording]:
    newest = Wording.objects.in_force(now=minute).distinct("purpose")
    return {wording.purpose: wording for wording in newest}

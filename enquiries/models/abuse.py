"""Counts of submissions by keyed digest, for the budgets; no address is stored."""

from typing import Self

from django.db import models
from django.utils.crypto import salted_hmac


class SubmissionCount(models.Model):
    """How often one network or contact submitted within one hour."""

    digest = models.CharField(max_length=64)
    hour_starts_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "hour_starts_at"], name="submissioncount_once_an_hour"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} at {self.hour_starts_at:%Y-%m-%d %H:00}"


def contact_digest(contact: str) -> str:
    """Make the keyed digest under which an address is remembered; case and spaces are no matter."""
    known_as = contact.strip().casefold()
    return salted_hmac("enquiries.suppression", known_as, algorithm="sha256").hexdigest()


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def of(self, contact: str) -> Self:
        return self.filter(digest=contact_digest(contact))


class Suppression(models.Model):
    """A contact that said "this was not me", by keyed digest; no address is stored."""

    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()

    objects = SuppressionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"since {self.since:%Y-%m-%d}"

"""Counts of submissions by keyed digest, for the budgets; no address is stored."""

from django.db import models


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


class Suppression(models.Model):
    """A contact that said "this was not me", by keyed digest; no address is stored."""

    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"since {self.since:%Y-%m-%d}"


class SolvedChallenge(models.Model):
    """A challenge that was solved once, by its digest, so that it is worth nothing again."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"until {self.expires_at:%Y-%m-%d %H:%M}"

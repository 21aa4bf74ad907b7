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

"""What the desk remembers: views of the queue that staff saved, and the figures of past days."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def offered_to(self, user: User) -> Self:
        """Their own views, and those shared with all."""
        return self.filter(Q(by=user) | Q(is_shared=True))


class SavedView(models.Model):
    """A part of the queue under a name, as the query of its address, without words of a search."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(max_length=40)
    query = models.CharField("query of the address", max_length=500, blank=True)
    is_shared = models.BooleanField("shown to all", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "name"],
                name="savedview_name_once",
                violation_error_message="You have a view of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"),
                name="savedview_has_a_name",
                violation_error_message="Give the view a name.",
            ),
            models.CheckConstraint(
                condition=~Q(query__regex=r"(^|&)q="), name="savedview_keeps_no_words"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DayFigures(models.Model):
    """What happened on one day of the office that is over, for the dashboard."""

    on = models.DateField(unique=True)
    received = models.PositiveIntegerField()
    first_calls = models.PositiveIntegerField()
    first_call_minutes = models.PositiveIntegerField(
        "median business minutes to the first call", null=True
    )
    promised = models.PositiveIntegerField("calls promised for a time")
    kept = models.PositiveIntegerField("of them made in their half hour")
    outcomes = models.JSONField("calls by outcome", default=dict)
    closed = models.JSONField("enquiries closed by state", default=dict)

    class Meta:
        verbose_name_plural = "figures of days"
        ordering = ["-on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kept__lte=models.F("promised")), name="dayfigures_kept_were_promised"
            )
        ]

    def __str__(self) -> str:
        return str(self.on)

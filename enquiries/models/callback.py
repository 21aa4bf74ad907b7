"""Callbacks: when an enquirer would like to be called; one row a booking."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from enquiries.models.enquiry import Enquiry


class CallbackQuerySet(models.QuerySet["Callback"]):
    def current(self) -> Self:
        return self.filter(cancelled_at=None)

    def at_a_chosen_time(self) -> Self:
        return self.filter(starts_at__isnull=False)


class Callback(models.Model):
    """A wish to be called: in a chosen slot, or at any time when ``starts_at`` is empty."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="callbacks")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField("zone of the enquirer", max_length=64)
    local_on = models.DateField("date where the enquirer is", null=True, blank=True)
    local_time = models.TimeField("time where the enquirer is", null=True, blank=True)
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = CallbackQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"], condition=Q(cancelled_at=None), name="callback_one_current"
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None, local_on=None, local_time=None)
                | Q(
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                    ends_at__gt=F("starts_at"),
                    local_on__isnull=False,
                    local_time__isnull=False,
                ),
                name="callback_slot_is_whole_or_any",
                violation_error_message="A slot needs its start, its end and its local time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M %Z}" if self.starts_at else "any time"

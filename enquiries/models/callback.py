"""Callbacks: when an enquirer would like to be called, and the places that are taken."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from enquiries.models.enquiry import Enquiry


class CallbackSlot(models.Model):
    """Half an hour in which calls are booked; its row is written at the first booking."""

    starts_at = models.DateTimeField(unique=True)
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField("calls at once")
    used = models.PositiveSmallIntegerField("calls booked", default=0)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(used__lte=F("capacity")),
                name="callbackslot_is_never_overbooked",
                violation_error_message="More calls are booked then.",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="callbackslot_starts_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M %Z}: {self.used} of {self.capacity}"


class CallbackQuerySet(models.QuerySet["Callback"]):
    def current(self) -> Self:
        return self.filter(cancelled_at=None)

    def at_a_chosen_time(self) -> Self:
        return self.filter(starts_at__isnull=False)


class Callback(models.Model):
    """
    A wish to be called: in a chosen slot, or at any time of the day when ``starts_at`` is empty.

    ``sequence`` counts the changes of the call, for the calendar files that tell of them.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="callbacks")
    slot = models.ForeignKey(
        CallbackSlot, null=True, blank=True, on_delete=models.PROTECT, related_name="callbacks"
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField("zone of the enquirer", max_length=64)
    local_on = models.DateField("date where the enquirer is", null=True, blank=True)
    local_time = models.TimeField("time where the enquirer is", null=True, blank=True)
    tzdata_version = models.CharField("release of the time zone data", max_length=10)
    sequence = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = CallbackQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                "starts_at", condition=Q(cancelled_at=None), name="callback_current_by_start"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"], condition=Q(cancelled_at=None), name="callback_one_current"
            ),
            models.UniqueConstraint(
                fields=["enquiry", "sequence"], name="callback_sequence_goes_up"
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
            models.CheckConstraint(
                condition=Q(starts_at=None, slot=None)
                | Q(starts_at__isnull=False, slot__isnull=False),
                name="callback_chosen_time_holds_a_place",
                violation_error_message="A chosen time needs a place in its slot.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M %Z}" if self.starts_at else "any time"

"""Follow-ups: what staff promised to do next, by when."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from enquiries.models.enquiry import Enquiry


class FollowUpReason(models.TextChoices):
    FIRST_CALL = "first_call", "First call"
    CALL_AGAIN = "call_again", "Call again"
    SEND_INFORMATION = "send_information", "Send information"
    CONFIRM_GUARDIAN = "confirm_guardian", "Confirm the guardian"


class Escalation(models.IntegerChoices):
    """How far it was told that a follow-up is late."""

    NONE = 0, "Told to nobody"
    OWNER = 1, "Told to its owner when it fell due"
    LEAD = 2, "Told to the leads 15 minutes later"
    END_OF_DAY = 3, "Told to the leads at the end of the day"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def due(self, *, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now)


class FollowUp(models.Model):
    """A promise to act on an enquiry by ``due_at``."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="follow_ups")
    reason = models.CharField("what to do", max_length=20, choices=FollowUpReason)
    due_at = models.DateTimeField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    escalation = models.PositiveSmallIntegerField(
        choices=Escalation, default=Escalation.NONE, editable=False
    )
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "follow-up"
        ordering = ["due_at", "id"]
        indexes = [
            models.Index("due_at", "id", name="followup_by_due"),
            models.Index("due_at", "id", condition=Q(done_at=None), name="followup_open_by_due"),
            models.Index(
                "owner", "due_at", condition=Q(done_at=None), name="followup_open_by_owner"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(done_by=None),
                name="followup_open_is_done_by_nobody",
            )
        ]

    def __str__(self) -> str:
        return self.get_reason_display()

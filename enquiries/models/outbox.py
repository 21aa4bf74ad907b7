"""The outbox: work that a change promised, kept until it is done."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from enquiries.models.enquiry import Enquiry


class Topic(models.TextChoices):
    ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement"
    GUARDIAN_CONFIRMATION = "guardian_confirmation", "Guardian's confirmation link"
    GUARDIAN_REMINDER = "guardian_reminder", "Reminder to the guardian to confirm"
    GUARDIAN_REQUEST = "guardian_request", "Request for a guardian"
    RECONSENT = "reconsent", "Invitation to agree anew at 18"
    CALLBACK_CHANGED = "callback_changed", "New time of the call"
    CALLBACK_REMINDER = "callback_reminder", "Reminder of the call"
    STAFF_REMINDER = "staff_reminder", "Reminder of the call to staff"
    CONTACT_CHANGED = "contact_changed", "Notice to a former e-mail address"
    RESCHEDULE_INVITATION = "reschedule_invitation", "Invitation to choose another time"
    WITHDRAWAL = "withdrawal", "Enquiry withdrawn"
    RESUME_REFUSED = "resume_refused", "Résumé could not be kept"
    ENQUIRY_LINK = "enquiry_link", "New link to the enquiry"
    STAFF_NOTICE = "staff_notice", "Notice to staff"
    SCANNER_ALERT = "scanner_alert", "Alert: the virus scanner fails"
    RESUME_SCAN = "resume_scan", "Check a résumé for viruses"
    RESUME_PREVIEW = "resume_preview", "Draw a résumé's first page"
    STAFF_REPLY = "staff_reply", "E-mail written by staff"
    ESCALATION = "escalation", "A follow-up is late"
    DAILY_DIGEST = "daily_digest", "The day's list for staff"
    CALL_OPINION = "call_opinion", "Question whether the call helped"
    DISCARD_UPLOAD = "discard_upload", "Discard an unused upload"
    DISCARD_FILE = "discard_file", "Delete a stored file"

    @property
    def lease(self) -> timedelta:
        """For how long one delivery may take before the message is published again."""
        return timedelta(seconds=120 if self == Topic.RESUME_SCAN else 40)


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def waiting(self) -> Self:
        return self.filter(done_at=None, set_aside_at=None)

    def available(self) -> Self:
        """
        Whose time has come, by the database's clock.

        During a deploy a newer release may promise work of a topic that this one does not know.
        """
        return self.waiting().filter(available_at__lte=Now(), topic__in=Topic.values)

    def unclaimed(self) -> Self:
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lte=Now()))

    def set_aside(self) -> Self:
        return self.filter(set_aside_at__isnull=False)


class OutboxMessage(models.Model):
    """One piece of work for the worker; ids only, never a name or a contact."""

    topic = models.CharField(max_length=40, choices=Topic)
    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.CASCADE, related_name="outbox_messages"
    )
    dedupe_key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                "available_at",
                "id",
                condition=Q(done_at=None, set_aside_at=None),
                name="outboxmessage_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.dedupe_key

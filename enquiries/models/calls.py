"""Call attempts: who called when, which line, and what came of it."""

from django.conf import settings
from django.db import models

from enquiries.models.enquiry import Enquiry


class CallOutcome(models.TextChoices):
    REACHED = "reached", "Reached"
    NO_ANSWER = "no_answer", "No answer"
    VOICEMAIL = "voicemail", "Left a voicemail"
    BUSY = "busy", "Busy"
    THEY_CALLED = "they_called", "They called us"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    ASKED_LATER = "asked_later", "Asked to call later"
    REFUSED = "refused", "Did not want the call"
    MINOR_ANSWERED = "minor_answered", "The young person answered"


class CallAttempt(models.Model):
    """
    One attempt to speak with the contact of an enquiry.

    It keeps the last digits only: a whole number here would outlive its correction.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="call_attempts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    to_guardian = models.BooleanField(default=False)
    number_ending = models.CharField(max_length=3, blank=True)
    outcome = models.CharField(max_length=20, choices=CallOutcome)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index("at", name="callattempt_by_instant")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=CallOutcome.values),
                name="callattempt_outcome_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.at:%Y-%m-%d %H:%M})"

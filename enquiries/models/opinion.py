"""Opinions: whether a call helped, as the person called said afterwards."""

from django.db import models

from enquiries.models.calls import CallAttempt
from enquiries.models.enquiry import Enquiry


class Helped(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


class CallOpinion(models.Model):
    """The answer to “did this help?” after one call."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="opinions")
    attempt = models.OneToOneField(CallAttempt, on_delete=models.CASCADE, related_name="opinion")
    helped = models.CharField("did this help?", max_length=6, choices=Helped)
    words = models.CharField("in their words", max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index("at", name="callopinion_by_instant")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(helped__in=Helped.values), name="callopinion_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.get_helped_display()

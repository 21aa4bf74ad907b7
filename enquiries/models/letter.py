"""Letters: the e-mails that left, each with its Message-ID and what became of it."""

from django.db import models
from django.db.models import Q

from enquiries.models.enquiry import Enquiry
from enquiries.models.outbox import OutboxMessage, Topic


class Letter(models.Model):
    """One e-mail that a mail server took, or refused for good; it names no address."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="letters")
    outbox_message = models.OneToOneField(
        OutboxMessage, on_delete=models.CASCADE, related_name="letter"
    )
    kind = models.CharField(max_length=40, choices=Topic)
    message_id = models.CharField(max_length=200, unique=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    refusal_code = models.PositiveSmallIntegerField(
        "SMTP code of the refusal", null=True, blank=True
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=False, failed_at=None)
                | Q(delivered_at=None, failed_at__isnull=False),
                name="letter_was_delivered_or_failed",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

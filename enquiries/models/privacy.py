"""Privacy: how long we keep what, what people asked of us, and what is gone."""

from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from enquiries.models.enquiry import Enquiry


class Kept(models.TextChoices):
    """What is kept for a period, and from when its days are counted."""

    BIRTH_DATE = "birth_date", "An adult's date of birth, after closing"
    RESUME = "resume", "A résumé, after closing"
    ENQUIRY = "enquiry", "An enquiry, after closing"
    SILENT_ENQUIRY = "silent_enquiry", "An open enquiry, after the last contact"
    UNCONFIRMED_GUARDIAN = "unconfirmed_guardian", "An enquiry that no guardian confirmed"


class RetentionPeriod(models.Model):
    """For how many calendar days something is kept."""

    what = models.CharField(max_length=30, choices=Kept, unique=True)
    days = models.PositiveSmallIntegerField("calendar days", validators=[MinValueValidator(0)])

    class Meta:
        ordering = ["what"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=Kept.values), name="retentionperiod_is_of_something_known"
            ),
            models.CheckConstraint(
                condition=~Q(what=Kept.UNCONFIRMED_GUARDIAN) | Q(days__lte=14),
                name="retentionperiod_child_without_guardian_at_most_14_days",
                violation_error_message="A child's data without a guardian's confirmation is "
                "kept for 14 days at most.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.days} days"


class Erasure(models.Model):
    """An enquiry that is gone: what is left says when and why, and nothing about anybody."""

    enquiry_number = models.BigIntegerField(unique=True)
    reference = models.CharField(max_length=8)
    erased_as = models.UUIDField(unique=True)
    why = models.CharField(max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.reference


class DataRequestKind(models.TextChoices):
    ACCESS = "access", "Send me what you hold about me"
    DELETION = "deletion", "Delete what you hold about me"


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def open(self) -> Self:
        return self.filter(done_at=None)


class DataRequest(models.Model):
    """A person asked to see, or to have deleted, what we hold about them."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="data_requests")
    kind = models.CharField(max_length=10, choices=DataRequestKind)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "kind"], condition=Q(done_at=None), name="datarequest_once_open"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DataRequestKind.values), name="datarequest_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

"""The ledger of consents: rows are only ever added, and hold no name and no contact."""

from django.db import models
from django.db.models import Q

from enquiries.models.choices import Relationship
from enquiries.models.enquiry import Enquiry


class Purpose(models.TextChoices):
    PRIVACY = "privacy", "Contact about the enquiry"
    GUARDIAN_DECLARATION = "guardian_declaration", "Declaration of the guardian"
    GUARDIAN_CONFIRMATION = "guardian_confirmation", "Confirmation by the guardian"
    ADULT_RECONSENT = "adult_reconsent", "Agreement anew at 18"


class ConsentGiver(models.TextChoices):
    SELF = "self", "The person"
    GUARDIAN = "guardian", "Their guardian"


class Channel(models.TextChoices):
    FORM = "form", "On the form"
    LINK = "link", "By the link in an e-mail"
    VOICE = "voice", "By voice"


class Consent(models.Model):
    """Somebody agreed to a wording, or took it back; a trigger refuses update and delete."""

    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="consents"
    )
    erased_as = models.UUIDField("stands for an erased enquiry", null=True, blank=True)
    purpose = models.CharField(max_length=30, choices=Purpose)
    withdrawn = models.BooleanField(default=False)
    given_by = models.CharField(max_length=10, choices=ConsentGiver)
    relationship = models.CharField(max_length=10, blank=True, choices=Relationship)
    wording_version = models.CharField(max_length=20)
    wording_digest = models.CharField(max_length=64)
    channel = models.CharField(max_length=10, choices=Channel)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by=ConsentGiver.SELF, relationship="")
                | (Q(given_by=ConsentGiver.GUARDIAN) & ~Q(relationship="")),
                name="consent_guardian_names_the_relationship",
            ),
            models.CheckConstraint(
                condition=Q(enquiry__isnull=False, erased_as=None)
                | Q(enquiry=None, erased_as__isnull=False),
                name="consent_is_of_one_enquiry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.wording_version})"

"""Résumés: the file that came with an enquiry, one that still waits, and who opened it."""

import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from enquiries.models.enquiry import Enquiry


def resume_storage() -> Storage:
    """Give the private storage of résumés, outside static and media files."""
    return storages["resumes"]


def new_stored_name() -> str:
    """Make a random name under which a file is stored; it tells nothing of its content."""
    return secrets.token_hex(20)


class ResumeState(models.TextChoices):
    """How far the checks of a file have come."""

    RECEIVED = "received", "Received"
    STRUCTURE_OK = "structure_ok", "Not virus-checked"
    SCANNING = "scanning", "Being virus-checked"
    CLEAN = "clean", "No virus found"
    INFECTED = "infected", "Infected, deleted"
    UNSCANNABLE = "unscannable", "Could not be virus-checked"


class Resume(models.Model):
    """The résumé of one enquiry: where it is stored, and what the checks found."""

    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="resume")
    stored_name = models.CharField(max_length=100, unique=True, default=new_stored_name)
    original_name = models.CharField(max_length=255)
    format = models.CharField(max_length=10)
    size = models.PositiveIntegerField("size in bytes")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=ResumeState, default=ResumeState.STRUCTURE_OK)
    received_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField("what the scanner found", max_length=100, blank=True)
    preview_name = models.CharField("stored preview of page 1", max_length=100, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField("file deleted at", null=True, blank=True)

    class Meta:
        verbose_name = "résumé"
        permissions = [("download_resume", "Can download résumés")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & Q(size__gt=0),
                name="resume_has_content_and_digest",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ResumeState.values), name="resume_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ResumeState.INFECTED) | Q(deleted_at__isnull=False),
                name="resume_infected_is_deleted",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name


class PendingUploadQuerySet(models.QuerySet["PendingUpload"]):
    def waiting(self, *, now: datetime) -> Self:
        return self.filter(expires_at__gt=now)

    def expired(self, *, now: datetime) -> Self:
        return self.filter(expires_at__lte=now)


class PendingUpload(models.Model):
    """A checked file that waits up to an hour for the rest of its form."""

    submission_key = models.UUIDField(unique=True)
    stored_name = models.CharField(max_length=100, unique=True, default=new_stored_name)
    original_name = models.CharField(max_length=255)
    format = models.CharField(max_length=10)
    size = models.PositiveIntegerField("size in bytes")
    sha256 = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)

    objects = PendingUploadQuerySet.as_manager()

    def __str__(self) -> str:
        return self.original_name


class ResumeAccess(models.Model):
    """Someone opened a résumé."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="accesses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "résumé access"
        verbose_name_plural = "résumé accesses"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.resume_id} by {self.by_id}"

"""
Records that are only ever added: what changed in the rows, who opened what, and who saw whom.

A trigger writes the changes, so that raw SQL and bulk updates leave theirs too; no trigger lets a
record be altered. Neither ever holds a name, a contact or free text.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class ChangeKind(models.TextChoices):
    INSERT = "insert", "Added"
    UPDATE = "update", "Changed"
    DELETE = "delete", "Deleted"


class ChangeRecord(models.Model):
    """
    One row that was added, changed or deleted.

    ``changed`` names the columns; it holds their values before and after only where they say
    nothing about a person. ``by_hand`` says that another program than the site's own wrote it, as
    ``psql`` does; of what belongs to no enquiry there is no ``enquiry_number``.
    """

    at = models.DateTimeField()
    by = models.BigIntegerField("member of staff", null=True)
    database_user = models.CharField(max_length=63)
    by_hand = models.BooleanField()
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    enquiry_number = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=6, choices=ChangeKind)
    changed = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index("enquiry_number", "id", name="changerecord_by_enquiry"),
            models.Index("by", "id", name="changerecord_by_staff"),
            models.Index("id", condition=models.Q(by_hand=True), name="changerecord_by_hand"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.kind}"


class AccessKind(models.TextChoices):
    OPENED = "opened", "Opened an enquiry"
    EXPORTED = "exported", "Exported it"
    REFUSED = "refused", "Was refused"
    SIGNED_IN = "signed_in", "Signed in"
    SIGN_IN_FAILED = "sign_in_failed", "Failed to sign in"
    LOCKED_OUT = "locked_out", "Was locked out"
    SECOND_FACTOR_CHANGED = "second_factor_changed", "Changed a second factor"


class AccessRecord(models.Model):
    """A member of staff opened an enquiry, took data out, was refused, or signed in."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=25, choices=AccessKind)
    enquiry_number = models.BigIntegerField(null=True, blank=True)
    what = models.CharField("page or permission", max_length=200, blank=True)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index("by", "at", name="accessrecord_by_staff"),
            models.Index("at", "id", name="accessrecord_by_instant"),
            models.Index(
                "enquiry_number",
                "at",
                condition=models.Q(enquiry_number__isnull=False),
                name="accessrecord_by_enquiry",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AccessKind.values), name="accessrecord_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ListRecord(models.Model):
    """
    A member of staff had a page of a list before them, with the names of these enquiries' people.

    It holds no word that was searched for. The number of what is erased goes from it, and it goes
    with the last of them.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField("list", max_length=40)
    enquiry_numbers = ArrayField(models.BigIntegerField())

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index("by", "at", name="listrecord_by_staff"),
            GinIndex("enquiry_numbers", name="listrecord_by_enquiry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(enquiry_numbers__len__gt=0), name="listrecord_shows_somebody"
            )
        ]

    def __str__(self) -> str:
        return self.what

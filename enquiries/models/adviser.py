"""Advisers: who takes enquiries in turn, when they work, and who may mark advice as given."""

from datetime import time
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable

from enquiries.models.office import Absence, Weekday


class Adviser(models.Model):
    """What the desk knows of a member of staff beside their account."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="adviser"
    )
    marn = models.CharField(
        "migration agent's registration number (MARN)", max_length=7, blank=True
    )
    is_in_turn = models.BooleanField("gets new enquiries in turn", default=False)
    most_open = models.PositiveSmallIntegerField(
        "open enquiries at once",
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    given_at = models.DateTimeField("last got one in turn", null=True, blank=True, editable=False)
    calendar_version = models.PositiveSmallIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["user__username"]
        constraints = [
            models.CheckConstraint(
                condition=Q(marn__regex=r"^(\d{7})?$"),
                name="adviser_marn_is_seven_digits",
                violation_error_message="A MARN has seven digits.",
            ),
            models.CheckConstraint(
                condition=Q(most_open__gte=1), name="adviser_can_have_an_enquiry"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class ShiftQuerySet(models.QuerySet["Shift"]):
    def worked(
        self, *, weekday: int, clock: time | Combinable, away: models.QuerySet[Absence]
    ) -> Self:
        """
        Those that are worked when the site's clocks show ``clock`` on a weekday.

        They are of active staff, and of nobody with an absence among those ``away`` then.
        """
        return self.filter(
            ~Exists(away.filter(staff=OuterRef("staff"))),
            weekday=weekday,
            starts__lte=clock,
            ends__gt=clock,
            staff__is_active=True,
        )


class Shift(models.Model):
    """Hours of a weekday, in the site's zone, in which an adviser works."""

    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shifts"
    )
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    starts = models.TimeField()
    ends = models.TimeField()

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["staff", "weekday", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values), name="shift_weekday_is_known"
            ),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")),
                name="shift_starts_before_it_ends",
                violation_error_message="A shift must start before it ends.",
            ),
            models.UniqueConstraint(
                fields=["staff", "weekday", "starts"],
                name="shift_starts_once",
                violation_error_message="This person has a shift from then already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.starts:%H:%M} to {self.ends:%H:%M}"

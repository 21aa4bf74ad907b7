"""The office: when it is open for calls, when it is not, and who is away."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, Least


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class HolidayState(models.TextChoices):
    """A state or territory, for its public holidays."""

    ACT = "ACT", "Australian Capital Territory"
    NSW = "NSW", "New South Wales"
    NT = "NT", "Northern Territory"
    QLD = "QLD", "Queensland"
    SA = "SA", "South Australia"
    TAS = "TAS", "Tasmania"
    VIC = "VIC", "Victoria"
    WA = "WA", "Western Australia"


class HoursOfADay(models.Func):
    """Two times of a day as a range, with its end left out."""

    function = "tsrange"
    template = "%(function)s(date '2000-01-01' + %(expressions)s)"
    arg_joiner = ", date '2000-01-01' + "
    output_field = DateTimeRangeField()


class OfficeHours(models.Model):
    """One period of a weekday, in the site's zone, in which some advisers can call."""

    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()
    capacity = models.PositiveSmallIntegerField(
        "calls at once", default=2, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    state = models.CharField(
        "closed on the public holidays of",
        max_length=3,
        choices=HolidayState,
        default=HolidayState.NSW,
    )

    class Meta:
        verbose_name = verbose_name_plural = "office hours"
        ordering = ["weekday", "opens", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values), name="officehours_weekday_is_known"
            ),
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")),
                name="officehours_open_before_they_close",
                violation_error_message="The office must open before it closes.",
            ),
            models.CheckConstraint(
                condition=Q(
                    opens__minute__in=[0, 30],
                    opens__second=0,
                    closes__minute__in=[0, 30],
                    closes__second=0,
                ),
                name="officehours_are_told_in_half_hours",
                violation_error_message="Use full or half hours, as 09:00 or 17:30.",
            ),
            ExclusionConstraint(
                name="officehours_of_a_state_do_not_overlap",
                expressions=[
                    ("state", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (
                        HoursOfADay(Least("opens", "closes"), Greatest("opens", "closes")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Other hours of this weekday and state overlap with these.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=100),
                name="officehours_capacity_is_sensible",
                violation_error_message="Choose from 1 to 100 calls at once.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HolidayState.values), name="officehours_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.opens:%H:%M} to {self.closes:%H:%M}"


class Closure(models.Model):
    """A day on which the whole office makes no calls, beside the public holidays."""

    on = models.DateField(unique=True)
    why = models.CharField(max_length=100)

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on}: {self.why}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def between(self, starts_at: datetime | Combinable, ends_at: datetime | Combinable) -> Self:
        """Those that touch any instant from ``starts_at`` to before ``ends_at``."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Absence(models.Model):
    """A time in which an adviser makes no calls: one call at once fewer."""

    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index("ends_at", "starts_at", name="absence_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="absence_starts_before_it_ends",
                violation_error_message="An absence must start before it ends.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%Y-%m-%d %H:%M}"


class CallbackPolicy(models.Model):
    """How soon and how far ahead a call can be booked; one row."""

    notice_minutes = models.PositiveSmallIntegerField(
        "minutes of notice", default=60, validators=[MinValueValidator(60)]
    )
    horizon_working_days = models.PositiveSmallIntegerField(
        "working days ahead",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    first_answer_minutes = models.PositiveSmallIntegerField(
        "business minutes to the first call or answer",
        default=240,
        validators=[MinValueValidator(15), MaxValueValidator(4800)],
    )
    return_minutes = models.PositiveSmallIntegerField(
        "minutes after which a claimed, untouched enquiry goes back",
        default=30,
        validators=[MinValueValidator(5), MaxValueValidator(480)],
    )

    class Meta:
        verbose_name = verbose_name_plural = "callback policy"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="callbackpolicy_is_one_row"),
            models.CheckConstraint(
                condition=Q(notice_minutes__gte=60),
                name="callbackpolicy_gives_an_hour_of_notice",
                violation_error_message="Give at least an hour of notice.",
            ),
            models.CheckConstraint(
                condition=Q(horizon_working_days__gte=1, horizon_working_days__lte=60),
                name="callbackpolicy_horizon_is_sensible",
                violation_error_message="Choose from 1 to 60 working days.",
            ),
        ]

    def __str__(self) -> str:
        return "Callback policy"

"""How long we keep what: the periods that leads set, each with what it ends."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import batched
from typing import Any, override

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from enquiries.admin.fixed_rows import FixedRowsAdmin
from enquiries.admin.paginator import MOST, bounded_counts
from enquiries.admin.titled import Titled
from enquiries.models import Kept, RetentionPeriod
from enquiries.retention import over

AHEAD = [timedelta(days=days) for days in (0, 7, 30)]  # by when is shown what a period ends
COUNTED = "counted"  # what is read for all periods of the list


class RetentionPeriodForm(forms.ModelForm):
    """Asks every rule of the row, and shows what a shorter period ends before it is stored."""

    is_sure = forms.BooleanField(
        label="I know what this period ends",
        help_text="Asked for if the period ends something at the next run, within ten minutes.",
        required=False,
    )

    @override
    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if "days" in typed:
            self.instance.days = typed["days"]
            self.instance.validate_constraints()
            if "days" in self.changed_data and not typed["is_sure"]:
                self._check_end(typed["days"])
        return typed

    def _check_end(self, days: int) -> None:
        if ends := enquiries_over([self.instance])[0][0]:
            told = _told(ends)
            why = f"With {days} days it ends at the next run for {told}. Tick the box if it shall."
            raise ValidationError({"is_sure": ValidationError(why, code="ends")})


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(FixedRowsAdmin, Titled):
    list_title = "How long we keep what"
    form = RetentionPeriodForm
    fields = ("what", "days", "is_sure", "ends_now")
    list_display = ("what", "days", "ends_now", "ends_this_week", "ends_this_month")
    readonly_fields = ("what", "ends_now")
    show_full_result_count = False

    @override
    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Count for all periods of the list at once."""
        changelist = super().get_changelist_instance(request)
        periods = list(changelist.result_list)
        for period, ends in zip(periods, enquiries_over(periods), strict=True):
            vars(period)[COUNTED] = ends
        changelist.result_list = periods
        return changelist

    @admin.display(description="Ends at the next run for")
    def ends_now(self, period: RetentionPeriod) -> str:
        return _told(_ends(period)[0])

    @admin.display(description="Within 7 days")
    def ends_this_week(self, period: RetentionPeriod) -> str:
        return _told(_ends(period)[1])

    @admin.display(description="Within 30 days")
    def ends_this_month(self, period: RetentionPeriod) -> str:
        return _told(_ends(period)[2])


def enquiries_over(periods: Sequence[RetentionPeriod]) -> list[tuple[int, ...]]:
    """Count, up to a bound, what each period ends within each time ``AHEAD``, in one query."""
    now = timezone.now()
    parts = [
        over(Kept(each.what), now=now + ahead, days=each.days).order_by()
        for each in periods
        for ahead in AHEAD
    ]
    counts = bounded_counts(parts, most=MOST)
    return list(batched(counts, len(AHEAD)))


def _ends(period: RetentionPeriod) -> tuple[int, ...]:
    """Give what was counted for the list; on its own page, count by what is stored."""
    counted: tuple[int, ...] | None = vars(period).get(COUNTED)
    return counted or enquiries_over([RetentionPeriod.objects.get(pk=period.pk)])[0]


def _told(count: int) -> str:
    shown = f"more than {MOST}" if count > MOST else str(count)
    return f"{shown} {'enquiry' if count == 1 else 'enquiries'}"

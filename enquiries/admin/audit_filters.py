"""What the lists of records can be narrowed to: a day, a person, a way, a table."""

from datetime import timedelta
from typing import Any, override

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from enquiries.admin.audit_forms import all_staff
from enquiries.admin.filters import PartFilter
from enquiries.admin.staff import staff_name
from enquiries.columns import tables

THE_SITE, BY_HAND, NOBODY = "The site", "By hand, past the site", "Nobody signed in"


class PersonFilter(PartFilter):
    title = "person"
    parameter_name = "person"

    @override
    def parts(self) -> dict[str, tuple[str, Any]]:
        return self._people

    @cached_property
    def _people(self) -> dict[str, tuple[str, Any]]:
        people = {str(user.pk): (staff_name(user), Q(by=user.pk)) for user in all_staff()}
        return {**people, "nobody": (NOBODY, Q(by=None))}


class DayFilter(PartFilter):
    """By the day in the site's time."""

    title = "day"
    parameter_name = "day"

    @override
    def parts(self) -> dict[str, tuple[str, Any]]:
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        yesterday = today - timedelta(days=1)
        return {
            "today": ("Today", Q(at__gte=today)),
            "yesterday": ("Yesterday", Q(at__gte=yesterday, at__lt=today)),
            "week": ("Last 7 days", Q(at__gte=today - timedelta(days=6))),
            "month": ("Last 30 days", Q(at__gte=today - timedelta(days=29))),
        }


class WayFilter(PartFilter):
    """By whether the site's own programs wrote it, or somebody by raw SQL."""

    title = "way"
    parameter_name = "way"

    @override
    def parts(self) -> dict[str, tuple[str, Any]]:
        return {"hand": (BY_HAND, Q(by_hand=True)), "site": (THE_SITE, Q(by_hand=False))}


class TableFilter(PartFilter):
    title = "table"
    parameter_name = "table"

    @override
    def parts(self) -> dict[str, tuple[str, Any]]:
        return {table: (name, Q(table=table)) for table, name in tables().items()}

"""The office as its rows tell: hours, closures, absences and policy, read in one query."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypedDict
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject

from enquiries import slots
from enquiries.models import Absence, CallbackPolicy, Closure, OfficeHours
from enquiries.slots import Away, Office, Period

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class _Rows(TypedDict):
    read_hours: list[dict[str, Any]]
    read_closures: list[date]
    read_absences: list[dict[str, Any]]


def site_zone() -> ZoneInfo:
    """Give the zone of our office."""
    return ZoneInfo(settings.SITE_TIME_ZONE)


def read_office(*, now: datetime) -> Office:
    """Read the office as it is at this moment, in one query."""
    return office_of(policies(now=now).get())


def policies(*, now: datetime) -> QuerySet[Any]:
    """Select the policy, of which there is one, with the rows that make the office."""
    absences = Absence.objects.filter(ends_at__gt=now - slots.DAY).order_by()
    hours = OfficeHours.objects.order_by()
    return CallbackPolicy.objects.annotate(
        read_hours=as_rows(hours, "weekday", "opens", "closes", "capacity", "state"),
        read_closures=ArraySubquery(Closure.objects.order_by().values("on")),
        read_absences=as_rows(absences, "staff_id", "starts_at", "ends_at"),
    )


def as_rows(rows: QuerySet[Any], *columns: str) -> ArraySubquery:
    """Select columns of rows as one value."""
    return ArraySubquery(rows.values(row=JSONObject(**{name: F(name) for name in columns})))


def office_of(policy: "WithAnnotations[CallbackPolicy, _Rows]") -> Office:
    """Make the office of its policy, as ``policies`` selects it."""
    return Office(
        zone=site_zone(),
        periods=tuple(
            Period(
                weekday=row["weekday"],
                opens=time.fromisoformat(row["opens"]),
                closes=time.fromisoformat(row["closes"]),
                capacity=row["capacity"],
                state=row["state"],
            )
            for row in policy.read_hours
        ),
        closed_on=frozenset(policy.read_closures),
        away=tuple(
            Away(
                who=row["staff_id"],
                starts_at=datetime.fromisoformat(row["starts_at"]),
                ends_at=datetime.fromisoformat(row["ends_at"]),
            )
            for row in policy.read_absences
        ),
        notice=timedelta(minutes=policy.notice_minutes),
        horizon=policy.horizon_working_days,
        first_answer_minutes=policy.first_answer_minutes,
    )

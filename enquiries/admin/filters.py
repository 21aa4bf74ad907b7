"""What the queue can be narrowed to."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, override

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.http import HttpRequest
from django.utils import timezone

from enquiries import places
from enquiries.models import Callback, FollowUp
from enquiries.transitions import CLOSED_STATES, OPEN_STATES, Hold, State

MOST_CALLS = 2_000
NOT_CONFIRMED = Q(is_minor=True) & (
    Q(guardian_confirmed_at=None) | Q(hold=Hold.NEEDS_GUARDIAN.value)
)


def with_due_follow_up(*, now: datetime) -> Exists:
    """Give the condition that something promised about an enquiry is due."""
    return Exists(FollowUp.objects.due(now=now).filter(enquiry=OuterRef("pk")))


class PartFilter(admin.SimpleListFilter):
    """Narrows a list to one of its parts; without a choice, to ``unless_told``."""

    unless_told = ""

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, Any],
        model: type[Model],
        model_admin: admin.ModelAdmin,
    ) -> None:
        self.request = request
        super().__init__(request, params, model, model_admin)

    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        """Give for each part, by its name in the address, its label and its condition."""
        raise NotImplementedError

    @override
    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(name, label) for name, (label, _) in self.parts().items()]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        parts = self.parts()
        chosen = self.value() if self.value() in parts else self.unless_told
        return queryset.filter(parts[chosen][1]) if chosen else queryset

    @override
    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        stock = super().choices(changelist)
        if not self.unless_told:
            yield from stock
            return
        next(stock)  # “All” is one of the parts here
        for choice, name in zip(stock, self.parts(), strict=True):
            yield {**choice, "selected": name == (self.value() or self.unless_told)}


class StateFilter(PartFilter):
    """Open ones unless told otherwise; a search looks at all of them."""

    title = "state"
    parameter_name = "state"

    @property
    def unless_told(self) -> str:  # type: ignore[override]
        return "all" if self.request.GET.get(SEARCH_VAR) else "open"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        return {
            "open": ("Open", Q(state__in=sorted(OPEN_STATES))),
            **{each.value: (each.label, Q(state=each.value)) for each in State},
            "closed": ("Closed", Q(state__in=sorted(CLOSED_STATES))),
            "all": ("All", Q()),
        }


class OrderFilter(PartFilter):
    """In which order the queue stands; a search begins with the newest."""

    title = "order"
    parameter_name = "order"

    @property
    def unless_told(self) -> str:  # type: ignore[override]
        return "newest" if self.request.GET.get(SEARCH_VAR) else "oldest"

    @property
    def chosen(self) -> str:
        """The order that the address asks for, or the usual one."""
        asked = self.value()
        return asked if asked in self.parts() else self.unless_told

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        return {
            "oldest": ("Oldest first", Q()),
            "newest": ("Newest first", Q()),
            "urgent": ("Most urgent first", Q()),
        }


class OwnerFilter(PartFilter):
    title = "owner"
    parameter_name = "owner"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        mine = Q(owner_id=self.request.user.pk)
        return {
            "me": ("Mine", mine),
            "nobody": ("Unclaimed", Q(owner=None)),
            "others": ("Others\u2019", Q(owner__isnull=False) & ~mine),
        }


class HoldFilter(PartFilter):
    title = "hold"
    parameter_name = "hold"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        held = {hold.value: (hold.label, Q(hold=hold.value)) for hold in Hold if hold}
        return {"none": ("Not on hold", Q(hold="")), **held}


class AgeFilter(PartFilter):
    title = "age and guardian"
    parameter_name = "age"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        return {
            "adult": ("18 or over", Q(is_minor=False)),
            "minor": ("Under 18", Q(is_minor=True)),
            "waiting": ("Waiting for a guardian", NOT_CONFIRMED),
        }


class CallbackFilter(PartFilter):
    """By the day of the callback in the site's time."""

    title = "callback"
    parameter_name = "callback"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        now = timezone.localtime()
        days = [
            datetime.combine(now + timedelta(days=number), time(), tzinfo=now.tzinfo)
            for number in (0, 1, 2, 8)
        ]
        today, tomorrow, day_after, next_week = days
        # Asked of one enquiry after another until there are enough: there may be very many, and the
        # planner, which takes them for few, would find them all.
        current = Callback.objects.current().filter(enquiry=OuterRef("pk"))
        is_at_any_time = Subquery(
            current.values(at_any_time=ExpressionWrapper(Q(starts_at=None), BooleanField()))
        )
        return {
            "past": ("Time has passed", self._booked(starts_at__lt=now, ends_at__lt=now)),
            "today": ("Today", self._booked(starts_at__gte=today, starts_at__lt=tomorrow)),
            "tomorrow": (
                "Tomorrow",
                self._booked(starts_at__gte=tomorrow, starts_at__lt=day_after),
            ),
            "week": ("Next 7 days", self._booked(starts_at__gte=now, starts_at__lt=next_week)),
            "any": ("Any time", Q(is_at_any_time)),
        }

    def _booked(self, **when: datetime) -> Q:
        """
        Begin with the calls, of which there are few, and look at no more than 2,000.

        They are one array, so that each is looked up: beside a list, every open enquiry would be.
        """
        booked = Callback.objects.current().filter(**when).order_by("starts_at")
        is_booked = Func(
            F("pk"),
            ArraySubquery(booked.values("enquiry")[:MOST_CALLS]),
            output_field=BooleanField(),
            template="(%(expressions)s))",
            arg_joiner=" = ANY(",
        )
        return Q(is_booked)


class FollowUpFilter(PartFilter):
    title = "follow-up"
    parameter_name = "follow_up"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        return {"due": ("Due", with_due_follow_up(now=timezone.now()))}


class ResumeFilter(PartFilter):
    title = "résumé"
    parameter_name = "resume"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        return {
            "yes": ("With a résumé", Q(resume__isnull=False)),
            "no": ("Without", Q(resume=None)),
        }


class CountryFilter(PartFilter):
    """The countries that open enquiries come from; a list of all would bury the others."""

    title = "country"
    parameter_name = "country"

    @override
    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        found = {*_countries_of_open(), request.GET.get(self.parameter_name, "")}
        return [(code, name) for code, name in places.countries().items() if code in found]

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        return {code: (name, Q(country=code)) for code, name in places.countries().items()}


def _countries_of_open() -> set[str]:
    """Ask the index of countries once for each country, not for every open enquiry."""
    states = sorted(OPEN_STATES)
    marks = ", ".join(["%s"] * len(states))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM unnest(%s::text[]) AS code WHERE EXISTS (SELECT FROM"  # noqa: S608
            f" enquiries_enquiry WHERE country = code AND state IN ({marks}))",
            [list(places.countries()), *states],
        )
        return {code for (code,) in cursor.fetchall()}

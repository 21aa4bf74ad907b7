"""The list behind the queue: leafed through by place, in one of three orders."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, override

from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
)
from django.http import HttpRequest
from django.utils import timezone

from enquiries.admin.bulk import MOST as MOST_CHOSEN
from enquiries.admin.filters import OrderFilter, with_due_follow_up
from enquiries.admin.paginator import Place, Run, leaf, told_count
from enquiries.admin.queue import quick_views
from enquiries.admin.queue_rows import COLUMNS, read_rows, written_rows
from enquiries.admin.search import search
from enquiries.admin.searched import asked_for
from enquiries.models import Callback, Enquiry, FollowUp

SOON = timedelta(minutes=15)
NEIGHBOURS = {  # what stands before and after a page
    "oldest": ("Older", "Newer"),
    "newest": ("Newer", "Older"),
    "urgent": ("More urgent", "Less urgent"),
}


class QueueList(ChangeList):
    """
    The queue as its address tells it; its pages neither move nor repeat a row.

    What is looked for, sorted and counted are the places of rows; only those of the page are read.
    """

    columns = COLUMNS
    search_hint = ""

    @override
    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        return []  # the order is that of the runs

    @override
    def get_queryset(
        self, request: HttpRequest, exclude_parameters: Any = None
    ) -> QuerySet[Enquiry]:
        everything: QuerySet[Enquiry] = super().get_queryset(request, exclude_parameters)
        self.query, self.wanted = asked_for(request)
        self.everything = everything.prefetch_related(None)
        return self.wanted.narrow(self.everything)

    @override
    def get_results(self, request: HttpRequest) -> None:
        order = next(spec for spec in self.filter_specs if isinstance(spec, OrderFilter)).chosen
        place = Place.read(request.GET.get(PAGE_VAR, ""))
        is_search = bool(self.wanted.tries)
        rows = (self.everything if is_search else self.queryset).only("created_at")
        look = partial(search, wanted=self.wanted) if is_search else leaf
        now = timezone.now()
        runs = _runs(rows, order, now=now)
        shown = look(runs, place=place, size=self.list_per_page)
        self.search_hint = self.wanted.hint or ("" if shown.rows else self.wanted.if_none)
        self.result_list = read_rows([found.pk for found in shown.rows])
        self.written_rows = written_rows(self.result_list, now=now)
        self.multi_page = bool(shown.previous or shown.next)
        in_order = Run(rows=rows, descending=order == "newest").beyond(None, backward=False)
        beside = [in_order] if self.multi_page and not self.query else []
        self.quick_views, counts = quick_views(request, beside=beside)
        shown_view = next((view for view in self.quick_views if view.is_current), None)
        self.if_none = shown_view.if_none if shown_view else "No enquiry is in this list"
        self.result_count = counts[0] if counts else len(shown.rows)
        self.count_told = told_count(self.result_count)
        if self.query and self.multi_page:  # a second look for the words would only count
            self.count_told = f"{self.list_per_page}+"
        self.across_count = min(self.result_count, MOST_CHOSEN)
        self.is_more_than_across = self.result_count > MOST_CHOSEN
        before, after = NEIGHBOURS[order]
        self.neighbours = [
            {"label": label, "rel": rel, "url": self.get_query_string({PAGE_VAR: str(beside)})}
            for label, rel, beside in (
                (before, "prev", shown.previous),
                (after, "next", shown.next),
            )
            if beside
        ]
        self.first_page_url = self.get_query_string() if place else ""
        self.show_full_result_count = self.can_show_all = False
        self.full_result_count = None
        self.show_admin_actions = True


def _runs(rows: QuerySet[Enquiry], order: str, *, now: datetime) -> list[Run]:
    """Give the runs of an order; by urgency it is whose call is now, what is overdue, the rest."""
    if order != "urgent":
        return [Run(rows=rows, descending=order == "newest")]
    booked_now = Callback.objects.current().filter(
        starts_at__lte=now + SOON, ends_at__gte=now, enquiry=OuterRef("pk")
    )
    rest = rows.exclude(Exists(booked_now))
    return [
        Run(rows=_booked(rows, now=now), by="booked_at"),
        Run(rows=_overdue(rest, now=now), by="overdue_since"),
        Run(rows=rest.exclude(with_due_follow_up(now=now))),
    ]


def _booked(rows: QuerySet[Enquiry], *, now: datetime) -> QuerySet[Enquiry]:
    current = FilteredRelation("callbacks", condition=Q(callbacks__cancelled_at=None))
    window = {"booked__starts_at__lte": now + SOON, "booked__ends_at__gte": now}
    recent = {"booked__starts_at__gte": now - timedelta(hours=1)}  # for the index of starts
    return (
        rows.alias(booked=current)
        .filter(**window, **recent)
        .annotate(booked_at=F("booked__starts_at"))
    )


def _overdue(rows: QuerySet[Enquiry], *, now: datetime) -> QuerySet[Enquiry]:
    """Join each enquiry to the first of its follow-ups that are due."""
    to_do = FilteredRelation("follow_ups", condition=Q(follow_ups__done_at=None))
    earlier = (
        FollowUp.objects.open()
        .filter(enquiry=OuterRef("pk"))
        .filter(
            Q(due_at__lt=OuterRef("overdue_since"))
            | Q(due_at=OuterRef("overdue_since"), pk__lt=OuterRef("promise"))
        )
    )
    return (
        rows.alias(to_do=to_do)
        .filter(to_do__due_at__lte=now)
        .annotate(overdue_since=F("to_do__due_at"))
        .alias(promise=F("to_do__pk"))
        .exclude(Exists(earlier))
    )

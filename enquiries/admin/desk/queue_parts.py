"""The parts of the queue that staff open most and the views they saved, each with its count."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth.models import User
from django.db.models import Count, IntegerField, QuerySet, Value
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from enquiries.admin.filters import PartFilter
from enquiries.models import Enquiry, SavedView

MOST_COUNTED = 1000
MOST_VIEWS = 20  # counted on one page; each member of staff keeps twelve at most
USUAL = {
    "All open": "",
    "Unclaimed": "owner=nobody",
    "Mine": "owner=me",
    "Due follow-ups": "follow_up=due",
    "Waiting for a guardian": "age=waiting",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the queue: its address, and how many are in it where that is counted."""

    label: str
    url: str
    count: str
    view: SavedView | None
    is_own: bool


def queue_parts(request: HttpRequest, *, by: User) -> list[Part]:
    """List the usual parts and the saved views, counted up to a thousand each, in two queries."""
    saved = list(SavedView.objects.offered_to(by).select_related("by")[:MOST_VIEWS])
    wanted: list[tuple[str, str, SavedView | None]] = [
        *((label, query, None) for label, query in USUAL.items()),
        *((view.name, view.query, view) for view in saved),
    ]
    counts = _counts(request, [query for _, query, _ in wanted])
    queue = reverse("admin:enquiries_enquiry_changelist")
    return [
        Part(
            label=label,
            url=f"{queue}?{query}" if query else queue,
            count=_told(counts[place]),
            view=view,
            is_own=view is not None and view.by_id == by.pk,
        )
        for place, (label, query, view) in enumerate(wanted)
    ]


def _counts(request: HttpRequest, queries: list[str]) -> list[int | None]:
    """Count the rows behind each query of the queue's address; none where it is a search."""
    counted: list[QuerySet[Any, Any]] = []
    for place, query in enumerate(queries):
        params = QueryDict(query)
        if not params.get(SEARCH_VAR):
            found = _narrowed(request, params).order_by("created_at", "id").values("pk")
            of_part = Enquiry.objects.filter(pk__in=found[: MOST_COUNTED + 1]).order_by()
            counted.append(
                of_part.values(place=Value(place, IntegerField()))
                .annotate(rows=Count("pk"))
                .values_list("place", "rows")
            )
    found_counts = dict(counted[0].union(*counted[1:], all=True).order_by())
    return [
        None if QueryDict(query).get(SEARCH_VAR) else found_counts.get(place, 0)
        for place, query in enumerate(queries)
    ]


def _narrowed(request: HttpRequest, params: QueryDict) -> QuerySet[Enquiry]:
    """Give what the queue would list at an address, by its own filters."""
    queue = admin.site.get_model_admin(Enquiry)
    as_asked = copy(request)
    as_asked.GET = params  # type: ignore[assignment]
    filters = (
        each
        for each in queue.list_filter
        if isinstance(each, type) and issubclass(each, PartFilter)
    )
    found: QuerySet[Enquiry] = Enquiry.objects.all()
    for each in filters:
        if each.unless_told or each.parameter_name in params:
            given = dict(params.lists())
            found = each(as_asked, given, Enquiry, queue).queryset(as_asked, found)
    return found


def _told(count: int | None) -> str:
    if count is None:
        return ""
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else str(count)

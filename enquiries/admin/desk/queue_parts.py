"""The parts of the queue that staff open most and the views they saved, each with its count."""

from copy import copy
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from enquiries.admin.filters import PartFilter
from enquiries.admin.paginator import told_count
from enquiries.admin.queue import quick_views
from enquiries.models import Enquiry, SavedView

MOST_VIEWS = 20  # shown on one page; each member of staff keeps twelve at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the queue: its address, and how many are in it."""

    label: str
    url: str
    count: str
    view: SavedView | None = None
    is_own: bool = False


def queue_parts(request: HttpRequest, *, by: User) -> list[Part]:
    """List the usual parts and the saved views, each counted to a bound, in two queries."""
    saved = list(SavedView.objects.offered_to(by)[:MOST_VIEWS])
    narrowed = [_narrowed(request, QueryDict(view.query)) for view in saved]
    usual, counts = quick_views(request, beside=narrowed)
    queue = reverse("admin:enquiries_enquiry_changelist")
    return [
        *(Part(label=view.label, url=view.url, count=view.count) for view in usual),
        *(
            Part(
                label=view.name,
                url=f"{queue}?{view.query}" if view.query else queue,
                count=told_count(count),
                view=view,
                is_own=view.by_id == by.pk,
            )
            for view, count in zip(saved, counts, strict=True)
        ),
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
    found: QuerySet[Enquiry] = Enquiry.objects.order_by("created_at", "pk")
    for each in filters:
        if each.unless_told or each.parameter_name in params:
            given = dict(params.lists())
            found = each(as_asked, given, Enquiry, queue).queryset(as_asked, found)
    return found

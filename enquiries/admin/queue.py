"""What the lists of the desk share: short labels, and the views that staff open most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from enquiries.admin.filters import NOT_CONFIRMED
from enquiries.admin.paginator import MOST_COUNTED, bounded_counts, told_count
from enquiries.models import Callback, Enquiry, FollowUp


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickView:
    """A link to a part of the queue, with how many are in it."""

    label: str
    url: str
    count: str
    is_current: bool
    if_none: str


def quick_views(
    request: HttpRequest, *, beside: Sequence[QuerySet[Any]] = ()
) -> tuple[list[QuickView], list[int]]:
    """
    Count the parts of the queue that staff open most, and other parts ``beside`` them.

    It is one query, and no part is counted beyond 500.
    """
    of_open = Enquiry.objects.open().order_by("created_at", "pk")
    due = FollowUp.objects.due(now=timezone.now())
    other_due = Exists(due.filter(enquiry=OuterRef("enquiry"), pk__lt=OuterRef("pk")))
    parts: dict[str, tuple[str, QuerySet[Any], str]] = {
        "": ("All open", of_open, "No enquiry is open"),
        "owner=nobody": ("Unclaimed", of_open.filter(owner=None), "Every enquiry has an owner"),
        "owner=me": ("Mine", of_open.filter(owner_id=request.user.pk), "You own no open enquiry"),
        "age=waiting": (
            "Waiting for a guardian",
            of_open.filter(NOT_CONFIRMED),
            "Nobody waits for a guardian",
        ),
        # Only open enquiries have open follow-ups; each is counted by one of them.
        "follow_up=due": (
            "Due follow-ups",
            due.exclude(other_due).order_by("due_at", "pk"),
            "No follow-up is due",
        ),
    }
    counted = [*(part for _, part, _ in parts.values()), *beside]
    counts = bounded_counts(counted, most=MOST_COUNTED)
    queue = reverse("admin:enquiries_enquiry_changelist")
    views = [
        QuickView(
            label=label,
            url=f"{queue}?{query}" if query else queue,
            count=told_count(count),
            is_current=request.GET.urlencode() == query,
            if_none=if_none,
        )
        for (query, (label, _, if_none)), count in zip(parts.items(), counts, strict=False)
    ]
    return views, counts[len(parts) :]


def current_callback(enquiry: Enquiry) -> Callback | None:
    """Give the callback that stands, from those already read."""
    return next((each for each in enquiry.callbacks.all() if each.cancelled_at is None), None)


def pill(text: str, *, kind: str) -> SafeString:
    """Set a short label off from the text around it."""
    return format_html('<span class="pill pill-{}">{}</span>', kind, text)


def lines(*texts: str) -> SafeString:
    """Set texts under each other."""
    return SafeString(
        "".join(f'<span class="line">{conditional_escape(text)}</span>' for text in texts if text)
    )

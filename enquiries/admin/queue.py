"""The columns of the queue, and the views that staff open most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from enquiries.admin import times
from enquiries.admin.filters import NOT_CONFIRMED
from enquiries.admin.paginator import MOST_COUNTED, bounded_counts, told_count
from enquiries.admin.staff import staff_name
from enquiries.models import Callback, Enquiry, Flag, FollowUp
from enquiries.transitions import Hold


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickView:
    """A link to a part of the queue, with how many are in it."""

    label: str
    url: str
    count: str
    is_current: bool


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
    parts: dict[str, tuple[str, QuerySet[Any]]] = {
        "": ("All open", of_open),
        "owner=nobody": ("Unclaimed", of_open.filter(owner=None)),
        "owner=me": ("Mine", of_open.filter(owner_id=request.user.pk)),
        "age=waiting": ("Waiting for a guardian", of_open.filter(NOT_CONFIRMED)),
        # Only open enquiries have open follow-ups; each is counted by one of them.
        "follow_up=due": ("Due follow-ups", due.exclude(other_due).order_by("due_at", "pk")),
    }
    counted = [*(part for _, part in parts.values()), *beside]
    counts = bounded_counts(counted, most=MOST_COUNTED)
    queue = reverse("admin:enquiries_enquiry_changelist")
    views = [
        QuickView(
            label=label,
            url=f"{queue}?{query}" if query else queue,
            count=told_count(count),
            is_current=request.GET.urlencode() == query,
        )
        for (query, (label, _)), count in zip(parts.items(), counts, strict=False)
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
    return format_html_join("", '<span class="line">{}</span>', ((text,) for text in texts if text))


@admin.display(description="Who")
def person(enquiry: Enquiry) -> SafeString:
    """Name the person whom the enquiry is about."""
    return lines(
        enquiry.person_name, pill("Under 18", kind="minor") if enquiry.is_minor else SafeString("")
    )


@admin.display(description="State")
def state(enquiry: Enquiry) -> SafeString:
    """Give the state, and what the enquiry waits for."""
    return lines(
        pill(enquiry.get_state_display(), kind=enquiry.state),
        pill(Hold(enquiry.hold).label, kind="hold") if enquiry.hold else SafeString(""),
    )


@admin.display(description="Call")
def call(enquiry: Enquiry) -> SafeString:
    """Name the one to call, and the time where they are."""
    now = timezone.now()
    if not enquiry.contact_phone:
        adult = enquiry.hold == Hold.RECONSENT
        return lines(f"Nobody yet: {'they must agree anew' if adult else 'a guardian is missing'}")
    why_not = times.not_now(enquiry.time_zone, now=now)
    return lines(
        enquiry.contact_name if enquiry.is_minor else "",
        times.local_now(enquiry.time_zone, now=now),
        pill(why_not, kind="night") if why_not else "",
    )


@admin.display(description="Callback wanted")
def callback(enquiry: Enquiry) -> SafeString:
    """Give the time of the callback, there and here."""
    wanted = current_callback(enquiry)
    return lines(*times.in_both_zones(wanted)) if wanted else SafeString("\u2013")


@admin.display(description="Waiting")
def waiting(enquiry: Enquiry) -> SafeString:
    """Say how long ago the enquiry came."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        enquiry.created_at.isoformat(),
        times.at_site(enquiry.created_at),
        times.age(enquiry.created_at, now=timezone.now()),
    )


@admin.display(description="Owner")
def owner(enquiry: Enquiry) -> str:
    """Name the member of staff who has claimed the enquiry."""
    return staff_name(enquiry.owner) if enquiry.owner else "\u2013"


@admin.display(description="Flags")
def flags(enquiry: Enquiry) -> SafeString:
    """List what to look at twice, and whether there is a résumé."""
    found = [pill(Flag(flag).label, kind="flag") for flag in enquiry.flags]
    if hasattr(enquiry, "resume"):
        found.append(pill("Résumé", kind="resume"))
    return lines(*found) or SafeString("\u2013")

"""The first screen of editors: what waits for them, and their own tables before the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.auth.models import User
from django.template import Context
from django.urls import reverse
from django.utils import timezone

from occupations.editorial.waiting import waiting

register = template.Library()

_OWN_TABLES = (
    "TableUpload",
    "PageFeedback",
    "Notice",
    "SourceCheck",
    "CaveatWording",
    "LayWord",
    "MissedSearch",
)


@dataclass(frozen=True, kw_only=True)
class WaitingTask:
    """Something that an editor looks after, and how many of it wait."""

    label: str
    count: int
    url: str
    note: str = ""


@register.simple_tag(takes_context=True)
def waiting_here(context: Context) -> list[WaitingTask]:
    """List what the person signed in may do about what waits; nothing for others."""
    user = context["user"]
    if not isinstance(user, User):
        return []
    may = {
        name: user.has_perm(f"occupations.{name}")
        for name in ("approve_tableupload", "change_pagefeedback", "add_sourcecheck")
    }
    if not any(may.values()):
        return []
    found = waiting(by=user, on=timezone.localdate())  # noqa: TID251 (an edge)
    uploads = reverse("admin:occupations_tableupload_changelist")
    tasks = []
    if may["approve_tableupload"]:
        own = f"{found.own} of your own wait{'s' if found.own == 1 else ''} for somebody else"
        tasks.append(
            WaitingTask(
                label="Tables to decide on",
                count=found.to_decide,
                url=f"{uploads}?state__exact=proposed",
                note=own if found.own else "",
            )
        )
        if found.failed:
            failed = f"{uploads}?state__exact=failed"
            tasks.append(
                WaitingTask(label="Tables that did not load", count=found.failed, url=failed)
            )
    if may["change_pagefeedback"]:
        feedback = reverse("admin:occupations_pagefeedback_changelist")
        tasks.append(
            WaitingTask(
                label="Feedback to read", count=found.feedback, url=f"{feedback}?state=open"
            )
        )
    if may["add_sourcecheck"]:
        sources = reverse("admin:occupations_source_changelist")
        tasks.append(
            WaitingTask(
                label="Sources due for a check", count=found.sources, url=f"{sources}?check=due"
            )
        )
    return tasks


@register.filter
def by_room(app_list: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Part the catalogue, which nobody writes by hand, from what editors write."""
    rooms: list[dict[str, Any]] = []
    for app in app_list:
        if app["app_label"] != "occupations":
            rooms.append(app)
            continue
        own = [model for model in app["models"] if model["object_name"] in _OWN_TABLES]
        own.sort(key=lambda model: _OWN_TABLES.index(model["object_name"]))
        catalogue = [model for model in app["models"] if model not in own]
        rooms += [
            {**app, "name": name, "models": models}
            for name, models in (
                ("Editors\u2019 words and tables", own),
                ("Catalogue (read-only)", catalogue),
            )
            if models
        ]
    return rooms

"""The lists of enquiries on the index and in the sidebar, parted by what they are for."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django import template

register = template.Library()

_ROOMS = {
    "People and their enquiries": (
        "Enquiry",
        "FollowUp",
        "Letter",
        "Consent",
        "CallOpinion",
        "DataRequest",
        "Suppression",
    ),
    "The office and its staff": (
        "OfficeHours",
        "Closure",
        "Absence",
        "CallbackPolicy",
        "Shift",
        "Adviser",
    ),
    "Words and periods": ("CannedReply", "Wording", "RetentionPeriod"),
}
_OTHERS = "Records"


@register.filter
def by_work(app_list: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Part what belongs to enquiries: what is done each day, what is set up, what is on record."""
    rooms: list[dict[str, Any]] = []
    for app in app_list:
        if app["app_label"] != "enquiries":
            rooms.append(app)
            continue
        models = {model["object_name"]: model for model in app["models"]}
        parted = {
            room: [models[name] for name in names if name in models]
            for room, names in _ROOMS.items()
        }
        placed = set(chain(*_ROOMS.values()))
        parted[_OTHERS] = [model for name, model in models.items() if name not in placed]
        rooms += [{**app, "name": room, "models": found} for room, found in parted.items() if found]
    return rooms

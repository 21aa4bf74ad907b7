"""Where a group stands in every edition, and what else its code means in another one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, OuterRef, Q
from django.urls import reverse

from occupations.facts.collected import Rows, collected
from occupations.facts.editions import EditionFacts
from occupations.models import Edition, Group, Task
from occupations.views.editions import EditionLink

_NOWHERE = "no group with the same meaning"

type Place = dict[str, Any]


def places_like(group: Group) -> Rows:
    """Read the groups with this code, or title and level, in every edition, newest first."""
    rows = Group.objects.filter(
        Q(code=group.code) | Q(level=group.level, title_folded=group.title_folded)
    )
    columns = rows.order_by("-edition__released_on", "code").values(
        "pk",
        "code",
        "title",
        "title_folded",
        classification=F("edition__classification"),
        edition_slug=F("edition__slug"),
        edition_name=F("edition__short_title"),
        summary_text=F("summary__text"),
        summary_written_on=F("summary__written_on"),
        task_rows=collected(
            Task.objects.filter(group=OuterRef("pk")).order_by("seq"), "text", "is_note"
        ),
    )
    return [{**row} for row in columns]


def same_meaning(group: Group, places: Rows) -> dict[str, Place]:
    """
    Map each edition's slug to the group there with the same meaning, newest first.

    Within a classification that is the group with the same code, else the one with the same
    title. In another classification a code proves nothing: only the title counts.
    """
    found: dict[str, Place] = {}
    for place in places:
        is_one_line = place["classification"] == group.edition.classification
        has_code = is_one_line and place["code"] == group.code
        has_title = place["title_folded"] == group.title_folded
        if has_code or (has_title and place["edition_slug"] not in found):
            found[place["edition_slug"]] = place
    return found


def other_meaning(group: Group, places: Rows) -> Place | None:
    """Find what the newest edition of another classification uses this code for, if any does."""
    return next(
        (
            place
            for place in places
            if place["code"] == group.code
            and place["classification"] != group.edition.classification
        ),
        None,
    )


def links(
    group: Group, editions: Sequence[EditionFacts], found: Mapping[str, Place]
) -> list[EditionLink]:
    """Link the group to itself in each edition; where it has no counterpart, say so."""
    return [_link(group, facts, found.get(facts.edition.slug)) for facts in editions]


def latest_of(group: Group, found: Mapping[str, Place], *, latest: Edition | None) -> Place | None:
    """Find the group's counterpart in the newest edition, unless the group is in it."""
    if latest is None or latest == group.edition or latest.slug not in found:
        return None
    place = found[latest.slug]
    return place | {
        "has_code": place["code"] == group.code,
        "has_title": place["title_folded"] == group.title_folded,
    }


def _link(group: Group, facts: EditionFacts, place: Place | None) -> EditionLink:
    if place is None:
        return EditionLink(facts, note=_NOWHERE)
    return EditionLink(
        facts,
        url=reverse("occupations:detail", args=[facts.edition.slug, place["code"]]),
        is_here=facts.edition == group.edition,
        note="" if place["code"] == group.code else place["code"],
    )

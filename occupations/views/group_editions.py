"""The links from a group to itself in each edition."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from occupations.facts.editions import EditionFacts
from occupations.facts.groups import GroupRow
from occupations.models import Edition, Group
from occupations.views.editions import EditionLink

_NOWHERE = "no group with the same meaning"


def links(
    group: Group, editions: Sequence[EditionFacts], found: Mapping[str, GroupRow]
) -> list[EditionLink]:
    """Link the group to itself in each edition; where it has no counterpart, say so."""
    return [_link(group, facts, found.get(facts.edition.slug)) for facts in editions]


def latest_of(
    group: Group, found: Mapping[str, GroupRow], *, latest: Edition | None
) -> GroupRow | None:
    """Find the group's counterpart in the newest edition, unless the group is in it."""
    if latest is None or latest == group.edition or latest.slug not in found:
        return None
    place = found[latest.slug]
    return place | {
        "has_code": place["code"] == group.code,
        "has_title": place["title_folded"] == group.title_folded,
    }


def _link(group: Group, facts: EditionFacts, place: GroupRow | None) -> EditionLink:
    if place is None:
        return EditionLink(facts, note=_NOWHERE)
    return EditionLink(
        facts,
        url=reverse("occupations:detail", args=[facts.edition.slug, place["code"]]),
        is_here=facts.edition == group.edition,
        note="" if place["code"] == group.code else place["code"],
    )

"""The page of one group in one edition: what its people do, and what it holds."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from occupations import structured_data
from occupations.facts.collected import Rows
from occupations.facts.editions import every_edition, newest
from occupations.facts.groups import (
    alike,
    occupations_of,
    other_meaning,
    own_line,
    places_like,
    same_meaning,
)
from occupations.facts.levels import CountryLevel
from occupations.facts.plain_words import group_words_of
from occupations.facts.unit_group import unit_group_facts
from occupations.models import Group, GroupLevel
from occupations.views.charts import competency_bars, family_bars, shortage_tiles
from occupations.views.editions import switch
from occupations.views.group_editions import latest_of, links


def find_group(*, edition: str, code: str) -> Group | None:
    """Read a group with those above it."""
    return (
        Group.objects.filter(edition__slug=edition, code=code)
        .select_related("edition", "parent__parent__parent")
        .first()
    )


def group_page(request: HttpRequest, group: Group) -> HttpResponse:
    """Show what is published of a group, and where it stands in other editions."""
    editions = every_edition()
    places = places_like(group)
    found = same_meaning(group, places)
    line = own_line(group, found)
    is_unit_group = group.level == GroupLevel.UNIT
    like_it = alike(group, places)
    words = group_words_of(like_it)
    occupations = occupations_of(group, editions, line=like_it) if is_unit_group else []
    latest = newest(editions, classification=group.edition.classification)
    groups = groups_down_to(group)
    context = {
        "structured_data": structured_data.script(
            *structured_data.group_nodes(group, groups=groups, summary=words.summary)
        ),
        "group": group,
        "facts": next(one for one in editions if one.edition == group.edition),
        "groups": groups,
        "switch": switch(links(group, editions, found)),
        "latest": latest_of(group, found, latest=latest),
        "latest_edition": latest if latest != group.edition else None,
        "namesake": other_meaning(group, places),
        "words": words,
        "occupations": occupations,
        "has_words": any(one["words"] for one in occupations),
        "words_written_for": _written_for(occupations),
        "same_levels": _same_levels(occupations),
        "children": [] if is_unit_group else _children(group),
        "siblings": _siblings(group),
        **_stated(line, is_unit_group=is_unit_group),
        "stated": [one for one in occupations if one["titles_from"]],
    }
    return render(request, "occupations/group.html", context)


def _stated(line: Rows, *, is_unit_group: bool) -> dict[str, Any]:
    """Draw what is stated of a unit group; of a larger group nothing is."""
    if not is_unit_group:
        return {"unit_group": None}
    known = unit_group_facts(line, on=timezone.localdate())
    return {
        "unit_group": known,
        "families": family_bars(known.skills),
        "competencies": competency_bars(known.skills),
        "tiles": shortage_tiles(known.shortages),
    }


def groups_down_to(group: Group) -> list[Group]:
    """List a group and those above it, from the major group down."""
    groups = [group]
    while groups[0].parent is not None:
        groups.insert(0, groups[0].parent)
    return groups


def _children(group: Group) -> QuerySet[Group]:
    return group.children.current().order_by("code").select_related("edition")


def _siblings(group: Group) -> QuerySet[Group]:
    """List the groups beside a unit group, for getting about."""
    return (
        Group.objects.current()
        .filter(parent=group.parent_id, edition=group.edition)
        .exclude(parent=None)
        .order_by("code")
        .select_related("edition")
    )


def _written_for(occupations: Rows) -> list[str]:
    """Name the other editions for which our sentences on the occupations were written."""
    told = (one["words"].written_for for one in occupations if one["words"])
    return sorted({place.edition_name for place in told if place})


def _same_levels(occupations: Rows) -> list[CountryLevel]:
    """Give the levels that all the occupations of the group share, else nothing."""
    every = [one["levels"] for one in occupations]
    return every[0] if every and all(levels == every[0] for levels in every) else []

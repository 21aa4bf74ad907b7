"""The page of one group in one edition: what its people do, and what it holds."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from occupations.correspondence import OWN_CODES
from occupations.countries import only_in
from occupations.facts.collected import Rows, collected
from occupations.facts.editions import EditionFacts, every_edition, newest
from occupations.facts.levels import CountryLevel, country_levels
from occupations.models import Group, GroupLevel, Occupation, OtherTitle, TitleKind
from occupations.views.editions import switch
from occupations.views.group_editions import (
    latest_of,
    links,
    other_meaning,
    places_like,
    same_meaning,
)

_PUBLISHED_TITLES = (TitleKind.ALTERNATIVE, TitleKind.SPECIALISATION, TitleKind.NEC)


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
    line = [
        one
        for one in found.values()
        if one["classification"] == group.edition.classification and one["pk"] != group.pk
    ]
    line.insert(0, found[group.edition.slug])
    is_unit_group = group.level == GroupLevel.UNIT
    occupations = _occupations(group, editions) if is_unit_group else []
    latest = newest(editions, classification=group.edition.classification)
    context = {
        "group": group,
        "facts": next(one for one in editions if one.edition == group.edition),
        "groups": groups_down_to(group),
        "switch": switch(links(group, editions, found)),
        "latest": latest_of(group, found, latest=latest),
        "latest_edition": latest if latest != group.edition else None,
        "namesake": other_meaning(group, places),
        "summary": next((one for one in line if one["summary_text"]), None),
        "tasks": next((one for one in line if one["task_rows"]), None),
        "occupations": occupations,
        "same_levels": _same_levels(occupations),
        "children": [] if is_unit_group else _children(group),
        "siblings": _siblings(group),
        "stated": [one for one in occupations if one["titles_from"]],
    }
    return render(request, "occupations/group.html", context)


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


def _occupations(group: Group, editions: Sequence[EditionFacts]) -> Rows:
    """Read the occupations of a unit group with titles; titles of 2022 where it states none."""
    titles = OtherTitle.objects.filter(kind__in=_PUBLISHED_TITLES).order_by("kind", "title")
    elsewhere = (
        titles.filter(
            occupation__code=OuterRef("code"),
            occupation__edition__classification=OWN_CODES,
        )
        .exclude(occupation=OuterRef("pk"))
        .order_by("-occupation__edition__released_on", "kind", "title")
    )
    summaries = (
        Occupation.objects.filter(code=OuterRef("code"), edition__classification=OWN_CODES)
        .exclude(summary=None)
        .order_by("-edition__released_on")
    )
    rows = (
        group.occupations.current()
        .filter(retired=False)
        .order_by("code")
        .values(
            "code",
            "title",
            "skill_level",
            "skill_level_nz",
            own_text=F("summary__text"),
            own_written_on=F("summary__written_on"),
            own_titles=collected(titles.filter(occupation=OuterRef("pk")), "kind", "title"),
            other_titles=collected(
                elsewhere, "kind", "title", edition="occupation__edition__short_title"
            ),
            other_texts=collected(
                summaries,
                text="summary__text",
                written_on="summary__written_on",
                edition="edition__short_title",
            ),
        )
    )
    is_own_line = group.edition.classification == OWN_CODES
    return [_arranged({**row}, group, editions, may_borrow=is_own_line) for row in rows]


def _arranged(
    row: dict[str, Any], group: Group, editions: Sequence[EditionFacts], *, may_borrow: bool
) -> dict[str, Any]:
    titles, titles_from = row["own_titles"], ""
    if not titles and may_borrow and row["other_titles"]:
        titles_from = row["other_titles"][0]["edition"]
        titles = [one for one in row["other_titles"] if one["edition"] == titles_from]
    text, text_from = row["own_text"], ""
    if not text and may_borrow and row["other_texts"]:
        text, text_from = row["other_texts"][0]["text"], row["other_texts"][0]["edition"]
    return row | {
        "url": reverse("occupations:detail", args=[group.edition.slug, row["code"]]),
        "only_in": only_in(row["code"], classification=group.edition.classification),
        "text": text,
        "text_from": text_from,
        "titles_from": titles_from,
        "alternatives": _of_kind(titles, TitleKind.ALTERNATIVE),
        "specialisations": _of_kind(titles, TitleKind.SPECIALISATION),
        "residuals": _of_kind(titles, TitleKind.NEC),
        "levels": country_levels(
            skill_level=row["skill_level"],
            skill_level_nz=row["skill_level_nz"],
            edition=group.edition,
            editions=editions,
        ),
    }


def _of_kind(titles: Rows, kind: TitleKind) -> list[str]:
    return [row["title"] for row in titles if row["kind"] == kind]


def _same_levels(occupations: Rows) -> list[CountryLevel]:
    """Give the levels that all the occupations of the group share, else nothing."""
    every = [one["levels"] for one in occupations]
    return every[0] if every and all(levels == every[0] for levels in every) else []

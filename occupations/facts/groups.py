"""What is known of a group: where it stands in each edition, and what a unit group holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, OuterRef, Q
from django.urls import reverse

from occupations.correspondence import OWN_CODES
from occupations.countries import only_in
from occupations.facts.collected import Rows, collected
from occupations.facts.editions import EditionFacts
from occupations.facts.levels import country_levels
from occupations.facts.plain_words import (
    group_words_rows,
    member_words_of,
    member_words_rows,
)
from occupations.facts.unit_group import unit_group_rows
from occupations.facts.whole_groups import WholeGroup, whole_group_rows, whole_groups
from occupations.models import Group, OtherTitle, TitleKind

_PUBLISHED_TITLES = (TitleKind.ALTERNATIVE, TitleKind.SPECIALISATION, TitleKind.NEC)

type GroupRow = dict[str, Any]


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
        edition_url=F("edition__url"),
        **whole_group_rows(),
        **group_words_rows(),
        **member_words_rows(),
        **unit_group_rows(),
    )
    return [{**row} for row in columns]


def same_meaning(group: Group, places: Rows) -> dict[str, GroupRow]:
    """
    Map each edition's slug to the group there with the same meaning, newest first.

    Within a classification that is the group with the same code, else the one with the same
    title. In another classification a code proves nothing: only the title counts.
    """
    found: dict[str, GroupRow] = {}
    for place in places:
        is_one_line = place["classification"] == group.edition.classification
        has_code = is_one_line and place["code"] == group.code
        has_title = place["title_folded"] == group.title_folded
        if has_code or (has_title and place["edition_slug"] not in found):
            found[place["edition_slug"]] = place
    return found


def own_line(group: Group, found: Mapping[str, GroupRow]) -> Rows:
    """Put the group first, then its counterparts in the same classification, newest first."""
    others = [
        one
        for one in found.values()
        if one["classification"] == group.edition.classification and one["pk"] != group.pk
    ]
    return [found[group.edition.slug], *others]


def alike(group: Group, places: Rows) -> list[WholeGroup]:
    """Keep the group, then those with its code in other editions that correspond to it fully."""
    same_code = [one for one in places if one["code"] == group.code]
    return whole_groups(sorted(same_code, key=lambda one: one["pk"] != group.pk))


def other_meaning(group: Group, places: Rows) -> GroupRow | None:
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


def occupations_of(
    group: Group, editions: Sequence[EditionFacts], *, line: Sequence[WholeGroup]
) -> Rows:
    """
    Read the occupations of a unit group with titles; titles of 2022 where it states none.

    ``line`` holds the groups whose words on occupations may be told here.
    """
    words = member_words_of(line)
    titles = OtherTitle.objects.filter(kind__in=_PUBLISHED_TITLES).order_by("kind", "title")
    elsewhere = (
        titles.filter(
            occupation__code=OuterRef("code"),
            occupation__edition__classification=OWN_CODES,
        )
        .exclude(occupation=OuterRef("pk"))
        .order_by("-occupation__edition__released_on", "kind", "title")
    )
    rows = (
        group.occupations.current()
        .filter(retired=False)
        .order_by("code")
        .values(
            "pk",
            "code",
            "title",
            "skill_level",
            "skill_level_nz",
            own_titles=collected(titles.filter(occupation=OuterRef("pk")), "kind", "title"),
            other_titles=collected(
                elsewhere, "kind", "title", edition="occupation__edition__short_title"
            ),
        )
    )
    is_own_line = group.edition.classification == OWN_CODES
    return [
        _arranged({**row}, group, editions, may_borrow=is_own_line)
        | {"words": words.get(row["pk"])}
        for row in rows
    ]


def _arranged(
    row: dict[str, Any], group: Group, editions: Sequence[EditionFacts], *, may_borrow: bool
) -> dict[str, Any]:
    titles, titles_from = row["own_titles"], ""
    if not titles and may_borrow and row["other_titles"]:
        titles_from = row["other_titles"][0]["edition"]
        titles = [one for one in row["other_titles"] if one["edition"] == titles_from]
    return row | {
        "url": reverse("occupations:detail", args=[group.edition.slug, row["code"]]),
        "only_in": only_in(row["code"], classification=group.edition.classification),
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

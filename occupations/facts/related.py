"""Occupations that are near this one: beside it, taken for it, or with the same digits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from occupations.facts.collected import collected
from occupations.facts.plain_words import own_tasks, tasks_of
from occupations.facts.values import Place, Source, place_in, source_of
from occupations.facts.whole_groups import whole_group_rows, whole_groups
from occupations.models import Group, NotConsideredTitle, Occupation


@dataclass(frozen=True)
class Sibling:
    """Another occupation of the same unit group, with our summary if we wrote one."""

    place: Place
    summary: str


@dataclass(frozen=True)
class NotConsidered:
    """
    A title that the assessing authority does not take under a code; the link is ours.

    Without ``right``, no single code fits and the duties decide. ``tasks`` are our words for
    the tasks of the right code's unit group.
    """

    title: str
    right: Place | None
    tasks: tuple[str, ...]


@dataclass(frozen=True)
class NotConsideredFacts:
    """The titles that are not taken under one code."""

    place: Place
    titles: tuple[NotConsidered, ...]
    source: Source | None


def related_rows() -> dict[str, ArraySubquery]:
    """Select what stands beside an occupation."""
    current = Occupation.objects.current().filter(retired=False)
    return {
        "siblings_rows": collected(
            current.filter(unit_group=OuterRef("unit_group"))
            .exclude(pk=OuterRef("pk"))
            .order_by("code"),
            "code",
            "title",
            text="summary__text",
            edition_slug="edition__slug",
            edition_name="edition__short_title",
        ),
        "namesakes_rows": collected(
            current.filter(code=OuterRef("code"))
            .exclude(edition__classification=OuterRef("edition__classification"))
            .order_by("-edition__released_on"),
            "code",
            "title",
            edition_slug="edition__slug",
            edition_name="edition__short_title",
        ),
        "not_considered_rows": collected(
            NotConsideredTitle.objects.filter(occupation=OuterRef("pk"))
            .annotate(right_groups=_groups_with_code("right_occupation__unit_group__code"))
            .order_by("seq"),
            "title",
            "right_groups",
            right_code="right_occupation__code",
            right_title="right_occupation__title",
            right_edition="right_occupation__edition__slug",
            right_edition_name="right_occupation__edition__short_title",
        ),
    }


def siblings_of(facts: Mapping[str, Any]) -> tuple[Sibling, ...]:
    """List the other occupations of the unit group."""
    return tuple(Sibling(place_in(row), row["text"] or "") for row in facts["siblings"])


def namesakes_of(facts: Mapping[str, Any]) -> tuple[Place, ...]:
    """List what other classifications use the same digits for, the newest edition first."""
    return tuple(place_in(row) for row in facts["namesakes"])


def not_considered_of(
    line: Iterable[Mapping[str, Any]], *, on: date
) -> tuple[NotConsideredFacts, ...]:
    """
    List the titles that are not taken under this code, or under a counterpart's.

    They come from the page of the authority that the notes come from.
    """
    return tuple(
        NotConsideredFacts(
            place=place_in(facts),
            titles=tuple(_not_considered(row) for row in facts["not_considered"]),
            source=source_of(facts["notes"][0], on=on) if facts["notes"] else None,
        )
        for facts in line
        if facts["not_considered"]
    )


def _not_considered(row: Mapping[str, Any]) -> NotConsidered:
    if not row["right_code"]:
        return NotConsidered(row["title"], None, ())
    right = Place(
        row["right_edition"], row["right_edition_name"], row["right_code"], row["right_title"]
    )
    groups = sorted(row["right_groups"], key=lambda one: one["edition_slug"] != right.edition)
    tasks = tasks_of(whole_groups(groups))
    return NotConsidered(row["title"], right, tasks.tasks if tasks else ())


def _groups_with_code(path: str) -> ArraySubquery:
    """Select the unit groups with the code at the end of a path, with our words for tasks."""
    rows = whole_group_rows() | {
        "own_tasks": own_tasks("pk"),
        "group_title": F("title"),
        "edition_slug": F("edition__slug"),
        "edition_name": F("edition__short_title"),
    }
    groups = Group.objects.filter(code=OuterRef(path)).order_by("pk").annotate(**rows)
    return collected(groups, *rows)

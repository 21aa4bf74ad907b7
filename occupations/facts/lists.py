"""The occupation lists that name an occupation, now and earlier, for which visas."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from occupations.facts.collected import collected
from occupations.facts.editions import EditionFacts, spoken
from occupations.facts.values import SOURCE, Place, Source, place_in, source_of
from occupations.models import ListMembership

_PROGRAMS = {
    "State or territory nomination": ("190", "489S", "491S"),
    "Employer nomination or sponsorship": ("186", "187", "407", "482", "494"),
    "Regional": ("187", "489F", "489S", "491F", "491S", "494"),
}


@dataclass(frozen=True)
class ListFact:
    """
    A list that named a code for these visas, as at the day of its source.

    ``is_current`` is true for our newest copy of the lists of that edition while it is no
    older than 180 days; every other list is history, and told in the past tense.
    """

    slug: str
    acronym: str
    title: str
    url: str
    place: Place
    visas: tuple[str, ...]
    source: Source
    is_current: bool


@dataclass(frozen=True)
class Program:
    """A way to be nominated, and the visas of it that current lists name."""

    title: str
    visas: tuple[str, ...]

    @property
    def named(self) -> str:
        """Say the visas, such as ``190 and 491S``; nothing if the lists name none."""
        return spoken(self.visas)


def lists_rows() -> dict[str, ArraySubquery]:
    """Select the lists that name an occupation, the newest copy first."""
    rows = ListMembership.objects.filter(occupation=OuterRef("pk")).order_by(
        F("source__as_at_on").desc(nulls_last=True), "occupation_list__acronym"
    )
    return {
        "lists_rows": collected(
            rows,
            "visas",
            slug="occupation_list__slug",
            acronym="occupation_list__acronym",
            title="occupation_list__title",
            url="occupation_list__url",
            source_id="source__pk",
            **SOURCE,
        )
    }


def lists_of(
    line: Iterable[Mapping[str, Any]], *, editions: Sequence[EditionFacts], on: date
) -> tuple[ListFact, ...]:
    """List what names an occupation or its counterparts, the current lists first."""
    newest = {facts.list_copy["id"] for facts in editions if facts.list_copy}
    found = [_list(row, facts, newest=newest, on=on) for facts in line for row in facts["lists"]]
    return tuple(sorted(found, key=lambda one: not one.is_current))


def programs_of(lists: Iterable[ListFact]) -> tuple[Program, ...]:
    """Say by state, employer and regional program which visas the current lists name."""
    named = {visa for one in lists if one.is_current for visa in one.visas}
    return tuple(Program(title, tuple(sorted(named & set(of)))) for title, of in _PROGRAMS.items())


def _list(
    row: Mapping[str, Any], facts: Mapping[str, Any], *, newest: set[int], on: date
) -> ListFact:
    source = source_of(row, on=on)
    return ListFact(
        slug=row["slug"],
        acronym=row["acronym"],
        title=row["title"],
        url=row["url"],
        place=place_in(facts),
        visas=tuple(row["visas"]),
        source=source,
        is_current=row["source_id"] in newest and not source.is_history,
    )

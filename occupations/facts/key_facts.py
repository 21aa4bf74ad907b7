"""The few facts that are told first of an occupation, read for several at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from occupations.correspondence import OWN_CODES, Origin
from occupations.correspondence.links import Links, Trail, families_of
from occupations.facts.collected import collected
from occupations.facts.editions import EditionFacts
from occupations.facts.levels import COUNTRIES
from occupations.facts.lists import ListFact, lists_of, lists_rows
from occupations.facts.rows import StoredFacts, named
from occupations.facts.values import SOURCE, Source, source_of
from occupations.facts.words import edition_columns
from occupations.models import Assessment, CaveatMembership, Correspondence, Occupation


@dataclass(frozen=True)
class Assessor:
    """An authority that assesses skills for an occupation, and where we know it from."""

    name: str
    source: Source


@dataclass(frozen=True)
class KeyFacts:
    """What ``OccupationFacts`` tells of levels, lists, assessors and caveats, and no more."""

    is_retired: bool
    withdrawn_on: date | None
    levels: Mapping[str, int]  # by country
    lists: tuple[ListFact, ...]
    assessors: tuple[Assessor, ...]
    has_caveats: bool

    @property
    def current_lists(self) -> tuple[ListFact, ...]:
        """List what names it today, by our newest copy."""
        return tuple(one for one in self.lists if one.is_current)


def key_facts_of(
    places: Collection[tuple[str, str]], *, editions: Sequence[EditionFacts], on: date
) -> dict[tuple[str, str], KeyFacts]:
    """
    Tell the key facts of occupations, by edition and code, as told on a day; one query.

    What is stated of its only counterpart in another edition is told of an occupation too. A
    place that the catalogue does not know is left out.
    """
    if not places:
        return {}
    rows = {row["pk"]: row for row in _read(places)}
    links = Links({key: row["edition_id"] for key, row in rows.items()})
    for key, row in rows.items():
        for link in row["links"]:
            derived = link["origin"] == Origin.DERIVED
            other, is_partial = link["to_occupation_id"], link["is_partial"]
            links.add(key, other, is_derived=derived, is_partial=is_partial)
    oldest_first = sorted(editions, key=lambda one: one.edition.released_on)
    order = [one.edition.pk for one in oldest_first]
    return {
        place: _told(_line(row, rows=rows, links=links, order=order), editions=editions, on=on)
        for row in rows.values()
        if (place := (row["edition_slug"], row["code"])) in places
    }


def _read(places: Collection[tuple[str, str]]) -> list[StoredFacts]:
    return [named(row) for row in _occupations().filter(pk__in=families_of(places))]


@cache
def _occupations() -> QuerySet[Occupation, Any]:
    this = {"occupation": OuterRef("pk")}
    return Occupation.objects.values(
        "pk",
        "code",
        "title",
        "edition_id",
        "skill_level",
        "skill_level_nz",
        "retired",
        "withdrawn_on",
        **edition_columns(),
        **lists_rows(),
        has_caveats=Exists(CaveatMembership.objects.filter(**this)),
        assessors_rows=collected(
            Assessment.objects.filter(**this).order_by("authority"),
            acronym="authority__acronym",
            name="authority__name",
            **SOURCE,
        ),
        links_rows=collected(
            Correspondence.objects.filter(from_occupation=OuterRef("pk")).order_by(),
            "to_occupation_id",
            "is_partial",
            "origin",
        ),
    )


def _line(
    own: StoredFacts, *, rows: Mapping[int, StoredFacts], links: Links, order: Sequence[int]
) -> list[StoredFacts]:
    """Put after an occupation what alone stands for it in other editions, the newest first."""
    here = order.index(own["edition_id"])
    single: set[int] = set()
    for way in (order[here + 1 :], order[:here][::-1]):
        trail = Trail(frozenset({own["pk"]}))
        for edition in way:
            trail = links.follow(trail, editions=[edition])
            if len(trail.found) == 1:
                single |= trail.found
    others = [rows[key] for key in single if rows[key]["classification"] == OWN_CODES]
    return [own, *sorted(others, key=lambda row: order.index(row["edition_id"]), reverse=True)]


def _told(line: Sequence[StoredFacts], *, editions: Sequence[EditionFacts], on: date) -> KeyFacts:
    own = line[0]
    levels = zip(COUNTRIES, (own["skill_level"], own["skill_level_nz"]), strict=True)
    assessors = [
        Assessor(name=row["acronym"] or row["name"], source=source_of(row, on=on))
        for facts in line
        for row in facts["assessors"]
    ]
    return KeyFacts(
        is_retired=own["retired"],
        withdrawn_on=own["withdrawn_on"],
        levels={country: level for (country, _), level in levels if level is not None},
        lists=lists_of(line, editions=editions, on=on),
        assessors=tuple(dict.fromkeys(assessors)),
        has_caveats=any(facts["has_caveats"] for facts in line),
    )

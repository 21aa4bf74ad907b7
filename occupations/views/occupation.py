"""The page of one occupation in one edition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from occupations import structured_data
from occupations.correspondence import Change
from occupations.facts import (
    EditionFacts,
    OccupationFacts,
    Source,
    every_edition,
    newest,
    occupation_facts,
)
from occupations.facts.links import CounterpartFact
from occupations.facts.lists import ListFact
from occupations.facts.near import LookAlike, NearFacts, near_facts
from occupations.facts.related import Sibling
from occupations.facts.visas import OFFICIAL_LISTS
from occupations.models import Occupation
from occupations.views.charts import competency_bars, expression_charts, family_bars, shortage_tiles
from occupations.views.contents import contents_of
from occupations.views.editions import EditionLink, EditionSwitch, changes_address, switch


@dataclass(frozen=True)
class OtherEdition:
    """What stands for the occupation in another edition, and where all its changes are told."""

    fact: CounterpartFact
    changes: str


def occupation_page(request: HttpRequest, occupation: Occupation) -> HttpResponse:
    """Show what is published of an occupation, and what stands for it in other editions."""
    editions = every_edition()
    facts = occupation_facts(occupation, on=timezone.localdate(), editions=editions)
    near = near_facts(facts)
    context = {
        "occupation": occupation,
        "structured_data": structured_data.script(*structured_data.occupation_nodes(facts)),
        "query_for_contact": f"o={facts.place.key}",
        "facts": facts,
        "near": near,
        "beside": _beside(facts, near),
        "links": [link for one in facts.assessments for link in one.links],
        "contents": contents_of(facts, near=near),
        "switch": _switch(facts, editions),
        "latest": _latest(facts, editions),
        "others": _others(facts, editions),
        "official_lists": OFFICIAL_LISTS,
        "sources_of_current_lists": _sources(facts.current_lists),
        "sources_of_earlier_lists": _sources(facts.earlier_lists),
        "families": family_bars(facts.skills),
        "competencies": competency_bars(facts.skills),
        "tiles": shortage_tiles(facts.shortages),
        "expressions": expression_charts(facts.expressions),
    }
    return render(request, "occupations/occupation.html", context)


def _sources(lists: Iterable[ListFact]) -> tuple[Source, ...]:
    """Name the source of each list, once each."""
    return tuple(dict.fromkeys(one.source for one in lists))


def _switch(facts: OccupationFacts, editions: Sequence[EditionFacts]) -> EditionSwitch:
    found = {other.edition: other for other in facts.counterparts}
    return switch(
        [
            EditionLink(one, url=facts.place.path, is_here=True)
            if one is facts.edition
            else _link(one, found.get(one.edition.slug))
            for one in editions
        ]
    )


def _link(edition: EditionFacts, other: CounterpartFact | None) -> EditionLink:
    if other is None or other.change is Change.GONE:
        return EditionLink(edition)
    if len(other.occupations) > 1:
        return EditionLink(edition, url="#editions", note=f"{len(other.occupations)} occupations")
    return EditionLink(edition, url=other.occupations[0].path)


def _latest(facts: OccupationFacts, editions: Sequence[EditionFacts]) -> CounterpartFact | None:
    """Find the counterpart in the newest edition of the classification, unless this is it."""
    latest = newest(editions, classification=facts.edition.edition.classification)
    slug = latest.slug if latest else ""
    return next((other for other in facts.counterparts if other.edition == slug), None)


def _beside(facts: OccupationFacts, near: NearFacts) -> list[tuple[Sibling, LookAlike | None]]:
    """Pair the other occupations of the unit group with what tells them apart, if we know."""
    by_code = {one.place.code: one for one in near.siblings}
    return [(one, by_code.get(one.place.code)) for one in facts.siblings]


def _others(facts: OccupationFacts, editions: Sequence[EditionFacts]) -> list[OtherEdition]:
    by_slug = {one.edition.slug: one.edition for one in editions}
    return [
        OtherEdition(other, changes_address(facts.edition.edition, by_slug[other.edition]))
        for other in facts.counterparts
    ]

"""What a person asks about, with the key facts that an adviser wants at hand during the call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse

from enquiries.models import Enquiry, OccupationOfInterest
from occupations.facts import (
    EditionFacts,
    OccupationFacts,
    every_edition,
    find_occupation,
    occupation_facts,
)

MOST_WITH_FACTS = 4  # occupations: each is read in several queries


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFact:
    """A fact in a few words, with the day as at which its source tells it."""

    what: str
    told: str
    as_at_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAbout:
    """Something that the person asks about, with its page on the site."""

    code: str
    title: str
    source: str
    url: str
    facts: tuple[KeyFact, ...] = ()
    is_gone: bool = False  # the catalogue no longer knows it under this code


def asked_about(enquiry: Enquiry, *, on: date) -> list[AskedAbout]:
    """List what an enquiry asks about; of the first four occupations with their key facts."""
    occupations = list(enquiry.occupations.order_by("pk"))
    editions = every_edition() if occupations else []
    return [
        *(
            _occupation(one, editions=editions, on=on, with_facts=place < MOST_WITH_FACTS)
            for place, one in enumerate(occupations)
        ),
        *(
            AskedAbout(
                code=one.code,
                title=one.title,
                source="qualification",
                url=_address("occupations:qualification", one.code),
            )
            for one in enquiry.qualifications.order_by("pk")
        ),
    ]


def _occupation(
    snapshot: OccupationOfInterest,
    *,
    editions: Sequence[EditionFacts],
    on: date,
    with_facts: bool,
) -> AskedAbout:
    found = find_occupation(edition=snapshot.edition, code=snapshot.code) if with_facts else None
    told = occupation_facts(found, on=on, editions=editions) if found else None
    named = {one.edition.slug: one.edition.short_title for one in editions}
    return AskedAbout(
        code=snapshot.code,
        title=snapshot.title,
        source=named.get(snapshot.edition, snapshot.edition),
        url=_address("occupations:detail", snapshot.edition, snapshot.code),
        facts=tuple(_key_facts(told)) if told else (),
        is_gone=with_facts and found is None,
    )


def _key_facts(facts: OccupationFacts) -> Iterator[KeyFact]:
    """Choose the facts that decide most calls; history is told in the past tense."""
    if facts.is_retired:
        since = f" on {facts.withdrawn_on:%-d %B %Y}" if facts.withdrawn_on else ""
        yield KeyFact(what="Withdrawn", told=f"Our newest copy of this edition left it out{since}")
    if facts.skill_levels:
        levels = {each.country: each.level for each in facts.skill_levels}
        if len(set(levels.values())) == 1:
            told = str(facts.skill_levels[0].level)
        else:
            told = "; ".join(f"{level} in {country}" for country, level in levels.items())
        yield KeyFact(what="Skill level", told=told)
    for one in facts.current_lists:
        visas = f" for visas {', '.join(one.visas)}" if one.visas else ""
        yield KeyFact(what="Is on", told=f"{one.acronym}{visas}", as_at_on=one.source.as_at_on)
    if not facts.current_lists and facts.earlier_lists:
        latest = facts.earlier_lists[0]
        yield KeyFact(what="Was on", told=latest.acronym, as_at_on=latest.source.as_at_on)
    for each in facts.assessments:
        for authority in each.authorities:
            verb = "Was assessed by" if authority.source.is_history else "Is assessed by"
            name = authority.acronym or authority.name
            yield KeyFact(what=verb, told=name, as_at_on=authority.source.as_at_on)
    if facts.caveats:
        yield KeyFact(what="Caveats", told="Some visas set conditions: see its page")


def _address(name: str, *args: str) -> str:
    """Give a page's address; a snapshot may outlive what the site knows."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""

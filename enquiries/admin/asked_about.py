"""What a person asks about, with the key facts that an adviser wants at hand during the call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from enquiries.models import OccupationOfInterest, QualificationOfInterest
from occupations.facts import EditionFacts, KeyFacts, every_edition, key_facts_of

MOST_WITH_FACTS = 4  # occupations; more are seldom what the call is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
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
    facts: tuple[Fact, ...] = ()
    is_gone: bool = False  # the catalogue no longer knows it under this code


def asked_about(
    occupations: Sequence[OccupationOfInterest],
    qualifications: Sequence[QualificationOfInterest],
    *,
    now: datetime,
) -> list[AskedAbout]:
    """
    List what an enquiry asks about, the first four occupations with key facts.

    It is one query, and another one once a minute in each process, or for an edition that is new
    to it.
    """
    editions = _known_editions(occupations, now=now) if occupations else ()
    titles = {one.edition.slug: one.edition.short_title for one in editions}
    with_facts = [(one.edition, one.code) for one in occupations[:MOST_WITH_FACTS]]
    known = key_facts_of(with_facts, editions=editions, on=timezone.localdate(now))
    return [
        *(
            AskedAbout(
                code=one.code,
                title=one.title,
                source=titles.get(one.edition, one.edition),
                url=_address("occupations:detail", one.edition, one.code),
                facts=tuple(_key_facts(known[place])) if place in known else (),
                is_gone=place in with_facts and place not in known,
            )
            for one in occupations
            for place in [(one.edition, one.code)]
        ),
        *(
            AskedAbout(
                code=one.code,
                title=one.title,
                source="qualification",
                url=_address("occupations:qualification", one.code),
            )
            for one in qualifications
        ),
    ]


def forget_editions() -> None:
    """Read the editions anew at the next question, as after a load of the catalogue."""
    _editions.cache_clear()


def _known_editions(
    occupations: Sequence[OccupationOfInterest], *, now: datetime
) -> Sequence[EditionFacts]:
    minute = now.replace(second=0, microsecond=0)
    known = {one.edition.slug for one in _editions(minute)}
    if not known.issuperset(one.edition for one in occupations):
        forget_editions()
    return _editions(minute)


@lru_cache(maxsize=2)
def _editions(_minute: datetime) -> Sequence[EditionFacts]:
    return every_edition()


def _key_facts(facts: KeyFacts) -> Iterator[Fact]:
    """Choose the facts that decide most calls; history is told in the past tense."""
    if facts.is_retired:
        since = f" on {facts.withdrawn_on:%-d %B %Y}" if facts.withdrawn_on else ""
        yield Fact(what="Withdrawn", told=f"Our newest copy of this edition left it out{since}")
    if facts.levels:
        levels = set(facts.levels.values())
        apart = "; ".join(f"{level} in {country}" for country, level in facts.levels.items())
        yield Fact(what="Skill level", told=apart if len(levels) > 1 else str(levels.pop()))
    for one in facts.current_lists:
        visas = f" for visas {', '.join(one.visas)}" if one.visas else ""
        yield Fact(what="Is on", told=f"{one.acronym}{visas}", as_at_on=one.source.as_at_on)
    if facts.lists and not facts.current_lists:
        latest = facts.lists[0]
        yield Fact(what="Was on", told=latest.acronym, as_at_on=latest.source.as_at_on)
    for each in facts.assessors:
        verb = "Was assessed by" if each.source.is_history else "Is assessed by"
        yield Fact(what=verb, told=each.name, as_at_on=each.source.as_at_on)
    if facts.has_caveats:
        yield Fact(what="Caveats", told="Some visas set conditions: see its page")


def _address(name: str, *args: str) -> str:
    """Give a page's address; a snapshot may outlive what the site knows."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""

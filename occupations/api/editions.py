"""The editions: which there are, and which visas read them."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from occupations.api.stamps import SourceFacts, Stamped, stamp
from occupations.facts.addresses import whole
from occupations.facts.editions import EditionFacts, every_edition
from occupations.facts.provenance import edition_source

router = Router(tags=["Editions"])


class VisaReading(Schema):
    """A visa subclass that reads an edition."""

    subclass: str = Field(description="The subclass.", examples=["482"])
    title: str = Field(description="Its name.", examples=["Skills in Demand"])
    is_open: bool = Field(description="Whether it takes new applications.")
    url: str = Field(
        description="The official page.", examples=["https://immi.homeaffairs.gov.au/"]
    )


class LevelWords(Schema):
    """What a skill level stands for in an edition."""

    level: int = Field(description="From 1, the highest, to 5.", examples=[3])
    australia: str = Field(description="The usual training in Australia.")
    new_zealand: str = Field(description="The usual training in New Zealand; may be empty.")
    substitute_years: int | None = Field(
        description="Years of experience that may replace the training.", examples=[3]
    )


class EditionFactsOut(Schema):
    """One published release of ANZSCO or OSCA."""

    slug: str = Field(description="Its name in addresses.", examples=["anzsco-2022"])
    classification: str = Field(description="The classification.", examples=["ANZSCO"])
    title: str = Field(description="Its name in full.", examples=["ANZSCO 2022"])
    short_title: str = Field(description="Its short name.", examples=["ANZSCO 2022"])
    released_on: date = Field(description="When it was published.", examples=["2022-11-22"])
    superseded_by: str | None = Field(description="What came after it.", examples=["osca-2024"])
    used_for: str = Field(description="What reads it, in a sentence.")
    url: str = Field(description="Its page on this site.")
    source: SourceFacts = Field(description="Its publication.")
    visas: list[VisaReading] = Field(description="The visas that read it.")
    skill_levels: list[LevelWords] = Field(description="What its skill levels stand for.")


class EditionsAnswer(Stamped):
    """Every edition, the oldest first."""

    editions: list[EditionFactsOut] = Field(description="The editions.")


@router.get("/editions", response=EditionsAnswer, summary="Every edition")
def editions(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """List the editions of ANZSCO and OSCA, and the visas that read each of them."""
    known = every_edition()
    slugs = {one.edition.pk: one.edition.slug for one in known}
    return {**stamp(), "editions": [_edition(one, slugs=slugs) for one in known]}


def _edition(facts: EditionFacts, *, slugs: dict[int, str]) -> dict[str, Any]:
    edition = facts.edition
    successor = edition.superseded_by_id
    return {
        "slug": edition.slug,
        "classification": edition.classification,
        "title": edition.title,
        "short_title": edition.short_title,
        "released_on": edition.released_on,
        "superseded_by": None if successor is None else slugs.get(successor),
        "used_for": edition.used_for,
        "url": whole(edition.get_absolute_url()),
        "source": edition_source(edition),
        "visas": facts.visas,
        "skill_levels": facts.skill_levels.values(),
    }

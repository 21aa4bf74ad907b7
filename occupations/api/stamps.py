"""What every answer of the API carries: the catalogue's revision and day, edition and source."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from occupations.facts.addresses import whole
from occupations.facts.provenance import own_source, revision
from occupations.facts.values import Place, Source
from occupations.models import Edition, Group, Occupation
from occupations.search import Recent


class SourceFacts(Schema):
    """Who published a fact, under which licence, and as at which day."""

    title: str = Field(description="What it is called.", examples=["ANZSCO 2022"])
    publisher: str = Field(
        description="Who published it.",
        examples=["Australian Bureau of Statistics and Stats NZ"],
    )
    licence: str = Field(description="Its licence, if it states one.", examples=["CC BY 4.0"])
    as_at_on: date | None = Field(description="The day it speaks of.", examples=["2022-11-22"])
    is_official: bool = Field(description="Whether it is the publisher's own, whole.")
    url: str = Field(description="The official page.", examples=["https://www.abs.gov.au/"])
    note: str = Field(description="What to know before relying on it.", examples=[""])
    is_history: bool = Field(
        description="Whether it is older than 180 days or undated: read it in the past tense."
    )


class Stamped(Schema):
    """The stamp on every answer."""

    as_at: date | None = Field(
        description="The day of the newest load of the catalogue.", examples=["2026-11-24"]
    )
    revision: int = Field(description="The number of that load.", examples=[7])
    edition: str | None = Field(
        description="The edition that the codes belong to; null where none or several do.",
        examples=["anzsco-2022"],
    )
    source: SourceFacts = Field(description="Where the facts come from, unless they say.")


class PlaceFacts(Schema):
    """A code with its title in one edition; a code means nothing without its edition."""

    edition: str = Field(description="The edition.", examples=["anzsco-2022"])
    code: str = Field(description="The code.", examples=["541111"])
    title: str = Field(description="The title.", examples=["Call or Contact Centre Team Leader"])
    url: str = Field(
        description="Its page.",
        examples=["https://advisory.example/occupations/anzsco-2022/541111/"],
    )

    @staticmethod
    def resolve_url(obj: Place) -> str:
        return whole(obj.path)


class CodeFacts(Schema):
    """A qualification or unit by its code."""

    code: str = Field(description="The code.", examples=["BSB40311"])
    title: str = Field(
        description="The title; empty where only the code is known.",
        examples=["Certificate IV in Customer Contact"],
    )
    url: str = Field(
        description="Its page.", examples=["https://advisory.example/qualifications/BSB40311/"]
    )


_revision = Recent(revision)


def stamp(*, edition: Edition | str | None = None, source: Source | None = None) -> dict[str, Any]:
    """Give the fields of the stamp; one query a second."""
    newest = _revision.read()
    return {
        "as_at": newest.as_at_on,
        "revision": newest.number,
        "edition": edition.slug if isinstance(edition, Edition) else edition,
        "source": source or own_source(),
    }


def place(row: Occupation | Group) -> Place:
    """Give a code with its edition."""
    return Place(row.edition.slug, row.edition.short_title, row.code, row.title)


def coded(row: Any) -> dict[str, str]:  # noqa: ANN401 (a qualification or a unit)
    """Give the code, title and page of a qualification or unit."""
    return {"code": row.code, "title": row.title, "url": whole(row.get_absolute_url())}


def first(sources: Iterable[Source]) -> Source | None:
    """Take the first of a table's sources."""
    return next(iter(sources), None)

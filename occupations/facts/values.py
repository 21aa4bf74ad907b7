"""The small values that facts are made of: places and sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from occupations.facts.tense import is_history
from occupations.models import Edition, Occupation

SOURCE = {
    "source_title": "source__title",
    "publisher": "source__publisher",
    "licence": "source__licence",
    "as_at_on": "source__as_at_on",
    "source_url": "source__url",
    "source_note": "source__note",
    "is_official": "source__is_official",
}


@dataclass(frozen=True)
class Place:
    """A code with its title, as one edition means it; a code never stands without its edition."""

    edition: str
    edition_name: str
    code: str
    title: str

    @property
    def edition_slug(self) -> str:
        """Give the edition as addresses name it."""
        return self.edition

    @property
    def path(self) -> str:
        """Give the address of its page."""
        return reverse("occupations:detail", args=[self.edition, self.code])

    @property
    def key(self) -> str:
        """Name it as addresses and notices do, such as ``anzsco-2022:541111``."""
        return f"{self.edition}:{self.code}"


@dataclass(frozen=True)
class Source:
    """
    Who published a fact, and as at which day.

    ``is_history`` is true once the fact is older than 180 days, or has no date: such a fact is
    told in the past tense. Official lists are copied whole, so that absence may be stated;
    an unofficial copy may be a sample.
    """

    title: str
    publisher: str
    licence: str
    as_at_on: date | None
    is_official: bool
    url: str
    note: str
    is_history: bool

    @property
    def is_whole(self) -> bool:
        return self.is_official


def source_of(row: Mapping[str, Any], *, on: date) -> Source:
    """Read the source that stands in a row's columns of ``SOURCE``."""
    return Source(
        title=row["source_title"],
        publisher=row["publisher"],
        licence=row["licence"],
        as_at_on=row["as_at_on"],
        is_official=row["is_official"],
        url=row["source_url"],
        note=row["source_note"],
        is_history=is_history(row["as_at_on"], on=on),
    )


def place_of(occupation: Occupation, *, edition: Edition | None = None) -> Place:
    """Give an occupation's code and title with its edition."""
    edition = edition or occupation.edition
    return Place(edition.slug, edition.short_title, occupation.code, occupation.title)


def place_in(row: Mapping[str, Any]) -> Place:
    """Read the place that stands in a row's own columns."""
    return Place(row["edition_slug"], row["edition_name"], row["code"], row["title"])

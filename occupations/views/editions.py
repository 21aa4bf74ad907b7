"""The links from a page to itself in each edition, and to what changed between two."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from occupations.facts.editions import DEFAULT, EditionFacts
from occupations.models import Edition

ONE_TAP_AWAY = ("anzsco-2013", DEFAULT)  # what today's visas read


@dataclass(frozen=True)
class EditionLink:
    """Where a page stands in one edition; without an address it has no counterpart there."""

    facts: EditionFacts
    url: str = ""
    is_here: bool = False
    note: str = ""


@dataclass(frozen=True)
class EditionSwitch:
    """The editions that stand one tap away, and the rest."""

    main: list[EditionLink] = field(default_factory=list)
    others: list[EditionLink] = field(default_factory=list)


def switch(links: Sequence[EditionLink]) -> EditionSwitch:
    """Put this edition and those that visas read one tap away, the rest behind a fold."""
    main = [link for link in links if link.is_here or link.facts.edition.slug in ONE_TAP_AWAY]
    return EditionSwitch(main=main, others=[link for link in links if link not in main])


def changes_address(one: Edition, other: Edition) -> str:
    """Give the address at which two editions are compared, whichever of them is named first."""
    newer, older = sorted((one, other), key=lambda edition: edition.released_on, reverse=True)
    return reverse("occupations:differences", args=[newer.slug, older.slug])

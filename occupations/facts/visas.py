"""What our newest copy of the lists says of each visa, by the edition that the visa reads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from occupations.facts.collected import Rows
from occupations.facts.editions import EditionFacts, spoken
from occupations.facts.tense import is_history
from occupations.facts.values import Place, place_of
from occupations.models import Edition, Occupation

OFFICIAL_LISTS = "https://immi.homeaffairs.gov.au/visas/working-in-australia/skill-occupation-list"
_SUBCLASS = re.compile(r"[0-9]+")


class Standing(StrEnum):
    NAMED = "named"
    ABSENT = "absent"
    ENDED = "ended"


@dataclass(frozen=True)
class VisaLine:
    """
    What our copy says of one visa; never whether a person may apply for it.

    ``streams`` are those that the lists name, such as ``491F`` and ``491S``.
    """

    visa: Mapping[str, Any]
    standing: Standing
    acronyms: tuple[str, ...]
    streams: tuple[str, ...]

    @property
    def lists(self) -> str:
        """Say the lists that name the occupation for this visa."""
        return spoken(self.acronyms)


@dataclass(frozen=True)
class EditionVisas:
    """
    The visas that read one edition, and what stands there for the occupation.

    ``is_whole`` tells whether absence from our copy means absence from the lists.
    """

    edition: Edition
    occupations: tuple[Place, ...]
    as_at_on: date | None
    is_history: bool
    is_whole: bool
    lines: tuple[VisaLine, ...]

    @property
    def named(self) -> tuple[VisaLine, ...]:
        return tuple(line for line in self.lines if line.standing is Standing.NAMED)


def visas_by_edition(
    editions: Sequence[EditionFacts],
    *,
    here: Edition,
    standing_in: Mapping[str, Sequence[Occupation]],
    facts: Mapping[int, Mapping[str, Any]],
    on: date,
) -> list[EditionVisas]:
    """
    Say of each visa what the newest copy of its lists says, the edition of the page first.

    ``standing_in`` maps the slug of an edition to the occupations that stand there for the one
    of the page; ``facts`` maps their keys to what is known of them.
    """
    return [
        _visas_of(one, occupations=standing_in.get(one.edition.slug, ()), facts=facts, on=on)
        for one in sorted(editions, key=lambda one: one.edition != here)
        if one.visas
    ]


def _visas_of(
    read: EditionFacts,
    *,
    occupations: Sequence[Occupation],
    facts: Mapping[int, Mapping[str, Any]],
    on: date,
) -> EditionVisas:
    copy = read.list_copy or {"id": None, "as_at_on": None, "is_official": False}
    rows = [
        row
        for occupation in occupations
        for row in facts[occupation.pk]["lists"]
        if row["source_id"] == copy["id"]
    ]
    lines = [_line(visa, rows=rows) for visa in read.visas]
    lines.sort(key=lambda line: line.standing is Standing.ENDED)
    return EditionVisas(
        edition=read.edition,
        occupations=tuple(place_of(one, edition=read.edition) for one in occupations),
        as_at_on=copy["as_at_on"],
        is_history=is_history(copy["as_at_on"], on=on),
        is_whole=copy["is_official"],
        lines=tuple(lines),
    )


def _line(visa: Mapping[str, Any], *, rows: Rows) -> VisaLine:
    naming = [row for row in rows if _streams(visa["subclass"], row["visas"])]
    standing = Standing.NAMED if naming else Standing.ABSENT
    return VisaLine(
        visa=visa,
        standing=standing if visa["is_open"] else Standing.ENDED,
        acronyms=tuple(sorted({row["acronym"] for row in naming})),
        streams=tuple(
            sorted({one for row in naming for one in _streams(visa["subclass"], row["visas"])})
        ),
    )


def _streams(subclass: str, visas: Sequence[str]) -> list[str]:
    """Match ``491`` with its streams, such as ``491S``."""
    return [
        visa
        for visa in visas
        if (found := _SUBCLASS.match(visa)) is not None and found.group() == subclass
    ]

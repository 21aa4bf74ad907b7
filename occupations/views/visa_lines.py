"""One line a visa, by the edition it reads: whether our copy of its lists names an occupation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from occupations.models import Edition, Occupation
from occupations.views.collected import Rows
from occupations.views.editions import EditionFacts, spoken
from occupations.views.occupation_facts import Facts

_SUBCLASS = re.compile(r"[0-9]+")

_PROGRAMS = {
    "State or territory nomination": ("190", "489S", "491S"),
    "Employer nomination or sponsorship": ("186", "187", "407", "482", "494"),
    "Regional": ("187", "489F", "489S", "491F", "491S", "494"),
}


class Standing(StrEnum):
    NAMED = "named"
    ABSENT = "absent"
    ENDED = "ended"


@dataclass(frozen=True)
class VisaLine:
    """What our copy says of one visa; never whether a person may apply for it."""

    visa: Mapping[str, Any]
    standing: Standing
    lists: str


@dataclass(frozen=True)
class EditionVisas:
    """The visas that read one edition, and what stands there for the occupation of the page."""

    edition: Edition
    occupations: tuple[Occupation, ...]
    as_at_on: date | None
    lines: tuple[VisaLine, ...]


def visas_by_edition(
    editions: Sequence[EditionFacts],
    *,
    here: Edition,
    standing_in: Mapping[str, Sequence[Occupation]],
    facts: Mapping[int, Facts],
) -> list[EditionVisas]:
    """
    Say of each visa what the newest copy of its lists says, the edition of the page first.

    ``standing_in`` maps the slug of an edition to the occupations that stand there for the one
    of the page; ``facts`` maps their keys to what is known of them.
    """
    return [
        _visas_of(one, occupations=tuple(standing_in.get(one.edition.slug, ())), facts=facts)
        for one in sorted(editions, key=lambda one: one.edition != here)
        if one.visas
    ]


def programs(lists: Rows) -> list[tuple[str, str]]:
    """Say by state, employer and regional program which visas the lists name."""
    named = {visa for row in lists for visa in row["visas"]}
    return [(program, spoken(sorted(named & set(visas)))) for program, visas in _PROGRAMS.items()]


def _visas_of(
    read: EditionFacts, *, occupations: tuple[Occupation, ...], facts: Mapping[int, Facts]
) -> EditionVisas:
    copy = read.list_copy or {"id": None, "as_at_on": None}
    rows = [
        row
        for occupation in occupations
        for row in facts[occupation.pk]["lists"]
        if row["source_id"] == copy["id"]
    ]
    lines = [_line(visa, rows=rows) for visa in read.visas]
    lines.sort(key=lambda line: line.standing is Standing.ENDED)
    return EditionVisas(read.edition, occupations, copy["as_at_on"], tuple(lines))


def _line(visa: Mapping[str, Any], *, rows: Rows) -> VisaLine:
    naming = sorted({row["acronym"] for row in rows if _is_for(visa["subclass"], row["visas"])})
    standing = Standing.NAMED if naming else Standing.ABSENT
    return VisaLine(visa, standing if visa["is_open"] else Standing.ENDED, spoken(naming))


def _is_for(subclass: str, visas: Sequence[str]) -> bool:
    """Match ``491`` with its streams, such as ``491S``."""
    return any(
        (found := _SUBCLASS.match(visa)) is not None and found.group() == subclass for visa in visas
    )

"""One line a visa: the edition it reads, and whether our copy of its lists names an occupation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from occupations.models import Occupation
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
    facts: EditionFacts
    occupations: tuple[Occupation, ...]
    standing: Standing
    lists: str
    as_at_on: date | None


def visa_lines(
    editions: Sequence[EditionFacts],
    *,
    standing_in: Mapping[str, Sequence[Occupation]],
    facts: Mapping[int, Facts],
) -> list[VisaLine]:
    """
    Say of each visa what the newest copy of its lists says.

    ``standing_in`` maps the slug of an edition to the occupations that stand there for the one
    of the page; ``facts`` maps their keys to what is known of them.
    """
    return [
        _line(visa, of=edition, occupations=standing_in.get(edition.edition.slug, ()), facts=facts)
        for edition in editions
        for visa in edition.visas
    ]


def programs(lists: Rows) -> list[tuple[str, str]]:
    """Say by state, employer and regional program which visas the lists name."""
    named = {visa for row in lists for visa in row["visas"]}
    return [(program, spoken(sorted(named & set(visas)))) for program, visas in _PROGRAMS.items()]


def _line(
    visa: Mapping[str, Any],
    *,
    of: EditionFacts,
    occupations: Sequence[Occupation],
    facts: Mapping[int, Facts],
) -> VisaLine:
    copy = of.list_copy or {"id": None, "as_at_on": None}
    naming = sorted(
        {
            row["acronym"]
            for occupation in occupations
            for row in facts[occupation.pk]["lists"]
            if row["source_id"] == copy["id"] and _is_for(visa["subclass"], row["visas"])
        }
    )
    standing = Standing.NAMED if naming else Standing.ABSENT
    return VisaLine(
        visa=visa,
        facts=of,
        occupations=tuple(occupations),
        standing=standing if visa["is_open"] else Standing.ENDED,
        lists=spoken(naming),
        as_at_on=copy["as_at_on"],
    )


def _is_for(subclass: str, visas: Sequence[str]) -> bool:
    """Match ``491`` with its streams, such as ``491S``."""
    return any(
        (found := _SUBCLASS.match(visa)) is not None and found.group() == subclass for visa in visas
    )

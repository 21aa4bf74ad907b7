"""Skills, shortages and official wording of a unit group, wherever an edition states them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from occupations.facts.collected import collected, dated
from occupations.facts.selection import ShortageFacts, shortage_rows, shortages_of
from occupations.facts.skills import SkillsFacts, group_skills_of, group_skills_rows
from occupations.facts.values import Source
from occupations.facts.words import OfficialWording, official_of, sources_of, sources_rows
from occupations.models import OfficialText

_ROWS = "_rows"


@dataclass(frozen=True)
class UnitGroupFacts:
    """What is stated of a unit group, or of its counterparts in other editions."""

    skills: SkillsFacts | None
    shortages: ShortageFacts | None
    official: OfficialWording | None
    sources: Mapping[str, Source | None]


def unit_group_rows() -> dict[str, ArraySubquery | F]:
    """Select what is stated of a group itself."""
    return {
        "edition_publisher": F("edition__publisher"),
        "edition_licence": F("edition__licence"),
        "group_official_rows": collected(
            OfficialText.objects.filter(group=OuterRef("pk")).order_by("kind", "seq"),
            "kind",
            "text",
        ),
        **group_skills_rows("pk"),
        **shortage_rows("pk"),
        **sources_rows(),
    }


def unit_group_facts(line: Sequence[Mapping[str, Any]], *, on: date) -> UnitGroupFacts:
    """
    Take what the first of these groups states, as told on a day.

    ``line`` holds the group of the page and its counterparts, with ``unit_group_rows``.
    """
    known = [_named(row) for row in line]
    return UnitGroupFacts(
        skills=next((found for facts in known if (found := group_skills_of(facts))), None),
        shortages=shortages_of(known, on=on),
        official=official_of(known),
        sources=sources_of(known[0], on=on),
    )


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give the tables their names; a group stands for itself where an occupation names one."""
    itself = {"group_code": row["code"], "group_title": row["title"], "official": []}
    return itself | {
        name.removesuffix(_ROWS): dated(value) if name.endswith(_ROWS) else value
        for name, value in row.items()
    }

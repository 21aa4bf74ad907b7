"""What a skill level stands for in each country, in the words of an edition."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from occupations.facts.editions import EditionFacts, spoken
from occupations.models import Edition

COUNTRIES = (("Australia", "australia"), ("New Zealand", "new_zealand"))


@dataclass(frozen=True)
class OtherWording:
    """How other editions word the same level."""

    editions: str
    text: str


@dataclass(frozen=True)
class CountryLevel:
    """A skill level in one country: its number, its usual training, and what may replace it."""

    country: str
    level: int
    training: str
    substitute_years: int | None
    elsewhere: tuple[OtherWording, ...]


def country_levels(
    *,
    skill_level: int | None,
    skill_level_nz: int | None,
    edition: Edition,
    editions: Sequence[EditionFacts],
) -> list[CountryLevel]:
    """Say what these levels stand for in an edition, country by country."""
    levels = zip(COUNTRIES, (skill_level, skill_level_nz), strict=True)
    return [
        _country_level(level, country=country, column=column, edition=edition, editions=editions)
        for (country, column), level in levels
        if level is not None
    ]


def _country_level(
    level: int,
    *,
    country: str,
    column: str,
    edition: Edition,
    editions: Sequence[EditionFacts],
) -> CountryLevel:
    own = next(facts for facts in editions if facts.edition == edition)
    words = own.skill_levels.get(level, {column: "", "substitute_years": None})
    elsewhere: dict[str, list[str]] = defaultdict(list)
    for facts in editions:
        if facts.edition.classification == edition.classification and level in facts.skill_levels:
            elsewhere[facts.skill_levels[level][column]].append(str(facts.edition))
    elsewhere.pop(words[column], None)
    return CountryLevel(
        country=country,
        level=level,
        training=words[column],
        substitute_years=words["substitute_years"],
        elsewhere=tuple(OtherWording(spoken(names), text) for text, names in elsewhere.items()),
    )

"""What is stored of occupations and of the unit groups over them, in one query."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from occupations.facts.assessment import assessment_rows
from occupations.facts.caveats import caveats_rows
from occupations.facts.collected import dated
from occupations.facts.links import links_rows
from occupations.facts.lists import lists_rows
from occupations.facts.plain_words import group_words_rows, occupation_words_rows
from occupations.facts.related import related_rows
from occupations.facts.selection import selection_rows, shortage_rows
from occupations.facts.skills import group_skills_rows, skills_rows
from occupations.facts.whole_groups import whole_group_rows
from occupations.facts.words import edition_columns, words_rows
from occupations.models import Occupation

type StoredFacts = dict[str, Any]
_ROWS = "_rows"  # a table's own name may be taken by a relation of the model


def facts_of(occupations: Iterable[Occupation], *, on: date) -> dict[int, StoredFacts]:
    """Read what each of these occupations carries, by its key in the database; one query."""
    rows = Occupation.objects.filter(pk__in={one.pk for one in occupations}).values(
        "pk",
        "code",
        "title",
        **edition_columns(),
        **whole_group_rows(group="unit_group"),
        **occupation_words_rows(),
        **group_words_rows(group="unit_group"),
        **words_rows(on=on),
        **related_rows(),
        **lists_rows(),
        **caveats_rows(),
        **assessment_rows(),
        **links_rows(),
        **skills_rows(),
        **group_skills_rows(),
        **shortage_rows(),
        **selection_rows(),
    )
    return {row["pk"]: named(row) for row in rows}


def named(row: Mapping[str, Any]) -> StoredFacts:
    """Give each table its name, and dates as dates."""
    return {
        name.removesuffix(_ROWS): dated(value) if name.endswith(_ROWS) else value
        for name, value in row.items()
    }

"""Which visa reads which edition, and how many occupations each list of that edition names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from occupations.facts.collected import Rows
from occupations.facts.editions import EditionFacts
from occupations.facts.tense import is_history
from occupations.models import Edition, ListMembership


@dataclass(frozen=True)
class Reading:
    """An edition that visas read: its visas, its lists, and our newest copy of them."""

    edition: Edition
    is_here: bool
    open_visas: Rows
    closed_visas: Rows
    lists: Rows
    copy: dict[str, Any] | None
    is_old: bool


def visa_editions(editions: Sequence[EditionFacts], *, here: Edition, today: date) -> list[Reading]:
    """
    Say of each edition which visas read it, that of the page first; one query.

    The counts are those of the newest copy of an edition's lists.
    """
    read = [facts for facts in editions if facts.visas]
    counts = _counts(read)
    return [
        Reading(
            edition=facts.edition,
            is_here=facts.edition == here,
            open_visas=[visa for visa in facts.visas if visa["is_open"]],
            closed_visas=[visa for visa in facts.visas if not visa["is_open"]],
            lists=[row for row in counts if row["occupation__edition"] == facts.edition.pk],
            copy=facts.list_copy,
            is_old=is_history(facts.list_copy["as_at_on"] if facts.list_copy else None, on=today),
        )
        for facts in sorted(read, key=lambda facts: facts.edition != here)
    ]


def _counts(read: Sequence[EditionFacts]) -> Rows:
    newest = {facts.edition.pk: facts.list_copy["id"] for facts in read if facts.list_copy}
    rows = (
        ListMembership.objects.filter(source__in=set(newest.values()))
        .order_by("occupation_list__acronym")
        .values(
            "source",
            "occupation__edition",
            "occupation_list__acronym",
            "occupation_list__title",
            "occupation_list__url",
        )
        .annotate(named=Count("occupation", distinct=True))
    )
    return [{**row} for row in rows if newest.get(row["occupation__edition"]) == row["source"]]

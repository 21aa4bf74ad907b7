"""The editions with what hangs on them: visas, skill levels, and our newest copy of the lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from occupations.correspondence import OWN_CODES
from occupations.facts.collected import Rows, collected, dated
from occupations.models import Edition, ListMembership, SkillLevel, Visa

DEFAULT = "anzsco-2022"
CLASSIFICATIONS = {
    "ANZSCO": "Australian and New Zealand Standard Classification of Occupations",
    "OSCA": "Occupation Standard Classification for Australia",
}


@dataclass(frozen=True)
class EditionFacts:
    """An edition, the visas that read it, its skill levels and our newest copy of its lists."""

    edition: Edition
    visas: Rows
    skill_levels: dict[int, dict[str, Any]]
    list_copy: dict[str, Any] | None

    @property
    def classification(self) -> str:
        """Name the classification in full."""
        return CLASSIFICATIONS.get(self.edition.classification, self.edition.classification)

    @property
    def readers(self) -> str:
        """Name the open visas that read this edition, such as ``visas 186 and 482``."""
        return spoken([visa["subclass"] for visa in self.visas if visa["is_open"]])


def every_edition() -> list[EditionFacts]:
    """Read the editions, oldest first, with visas, skill levels and list copy; one query."""
    newest_copy = (
        ListMembership.objects.filter(occupation__edition=OuterRef("pk"))
        .order_by(F("source__as_at_on").desc(nulls_last=True))
        .values(
            row=JSONObject(
                id="source__pk",
                title="source__title",
                publisher="source__publisher",
                as_at_on="source__as_at_on",
                url="source__url",
                is_official="source__is_official",
            )
        )[:1]
    )
    editions = Edition.objects.annotate(
        visa_rows=collected(
            Visa.objects.filter(reads_edition=OuterRef("pk")).order_by("subclass"),
            "subclass",
            "title",
            "is_open",
            "url",
        ),
        level_rows=collected(
            SkillLevel.objects.filter(edition=OuterRef("pk")).order_by("level"),
            "level",
            "australia",
            "new_zealand",
            "substitute_years",
        ),
        copy_row=Subquery(newest_copy),
    )
    return [
        EditionFacts(
            edition=edition,
            visas=edition.visa_rows,
            skill_levels={row["level"]: row for row in edition.level_rows},
            list_copy=dated([edition.copy_row])[0] if edition.copy_row else None,
        )
        for edition in editions
    ]


def newest(editions: Iterable[EditionFacts], *, classification: str = OWN_CODES) -> Edition | None:
    """Find the newest edition of a classification, if we hold any."""
    own = [facts.edition for facts in editions if facts.edition.classification == classification]
    return max(own, key=lambda edition: edition.released_on, default=None)


def spoken(words: Sequence[str]) -> str:
    """Join words as one says them: ``a, b and c``."""
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"

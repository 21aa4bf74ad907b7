"""The editions with what hangs on them, and the links from a page to itself in each edition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from occupations.correspondence import OWN_CODES
from occupations.models import Edition, ListMembership, SkillLevel, Visa
from occupations.views.collected import Rows, collected, dated

DEFAULT = "anzsco-2022"
CLASSIFICATIONS = {
    "ANZSCO": "Australian and New Zealand Standard Classification of Occupations",
    "OSCA": "Occupation Standard Classification for Australia",
}
ONE_TAP_AWAY = ("anzsco-2013", DEFAULT)  # what today's visas read


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


def switch(links: Sequence[EditionLink]) -> EditionSwitch:
    """Put this edition and those that visas read one tap away, the rest behind a fold."""
    main = [link for link in links if link.is_here or link.facts.edition.slug in ONE_TAP_AWAY]
    return EditionSwitch(main=main, others=[link for link in links if link not in main])


def changes_address(one: Edition, other: Edition) -> str:
    """Give the address at which two editions are compared, whichever of them is named first."""
    newer, older = sorted((one, other), key=lambda edition: edition.released_on, reverse=True)
    return reverse("occupations:differences", args=[newer.slug, older.slug])


def spoken(words: Sequence[str]) -> str:
    """Join words as one says them: ``a, b and c``."""
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"

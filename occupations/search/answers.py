"""What search answers with: hits, each with its page and its evidence."""

from dataclasses import dataclass

from occupations.search.pages import Concept, Page
from occupations.search.ranking import Evidence


@dataclass(frozen=True)
class Hit:
    """A page that answers a question, why, and the other editions that have it."""

    page: Page
    evidence: Evidence
    also: tuple[str, ...] = ()
    summary: str = ""
    others: tuple[Page, ...] = ()  # the same, in other editions
    unit_group: str = ""
    confused_with: frozenset[str] = frozenset()  # codes that its unit group tells apart


@dataclass(frozen=True)
class Results:
    """
    Every hit of a question, best first, and whether the first really answers it.

    ``mended`` is what was searched in place of a question with slips. Where several occupations
    share the words alike none is the answer: the first hits are these, or their groups.
    """

    hits: tuple[Hit, ...]
    is_confident: bool
    mended: str = ""
    choices: tuple[Hit, ...] = ()  # the first hits, if none of them alone is meant
    group: Page | None = None  # that most of the choices are in


def hit_of(concept: Concept, page: Page, evidence: Evidence) -> Hit:
    """Make the hit that shows this page of a concept."""
    others = tuple(one for one in concept.pages.values() if one is not page)
    return Hit(
        page,
        evidence,
        also=concept.also_in(page),
        summary=concept.summary,
        others=others,
        unit_group=concept.unit_group,
        confused_with=frozenset(concept.confused_with),
    )

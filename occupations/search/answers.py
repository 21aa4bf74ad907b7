"""What search answers with: hits, each with its page and its evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from occupations.search.pages import Concept, Page
from occupations.search.ranking import Evidence


@dataclass(frozen=True, kw_only=True)
class Hit:
    """
    A page that answers a question, and why; ``concept`` has the editions besides.

    ``tell_why`` takes a moment, so that only the hits that are shown are asked for evidence.
    """

    page: Page
    concept: Concept
    score: float
    tell_why: Callable[[], Evidence]

    @cached_property
    def evidence(self) -> Evidence:
        return self.tell_why()

    @property
    def also(self) -> tuple[str, ...]:
        """The other editions that have it."""
        return self.concept.also_in(self.page)

    @property
    def others(self) -> tuple[Page, ...]:
        """The same, in other editions."""
        return tuple(one for one in self.concept.pages.values() if one is not self.page)

    @property
    def summary(self) -> str:
        return self.concept.summary

    @property
    def unit_group(self) -> str:
        return self.concept.unit_group

    @property
    def confused_with(self) -> set[str]:
        """Codes that its unit group tells apart."""
        return self.concept.confused_with


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
    """Make the hit that shows this page of a concept, for a reason that is known."""
    return Hit(page=page, concept=concept, score=evidence.score, tell_why=lambda: evidence)

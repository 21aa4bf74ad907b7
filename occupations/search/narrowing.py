"""What a visitor keeps the hits to, besides a kind and an edition."""

from dataclasses import dataclass

from occupations.search.pages import Concept, Page


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """A skill level, and the occupations that a list names as (edition, code)."""

    skill_level: int | None = None
    among: frozenset[tuple[str, str]] | None = None

    @property
    def is_any(self) -> bool:
        return self.skill_level is not None or self.among is not None

    def holds(self, concept: Concept, page: Page) -> bool:
        """
        Tell whether a concept may be a hit when this page of it is shown.

        A list names codes of one edition: the same occupation in another is meant too.
        """
        if self.skill_level is not None and page.skill_level != self.skill_level:
            return False
        return self.among is None or any(
            (one.edition, one.code) in self.among for one in concept.pages.values()
        )


ALL = Narrowing()

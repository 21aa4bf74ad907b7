"""Hits as the search page shows them: what is the same for every question is written once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string

from occupations.search import Hit, Page

_KEPT = 2000  # hits, about a kilobyte each


@dataclass(frozen=True)
class Shown:
    """A hit with what its page is, and where else it stands, as HTML."""

    hit: Hit
    about: str
    also: str


def shown(hits: Iterable[Hit]) -> list[Shown]:
    """Write these hits; one that was shown lately is only looked up."""
    return [
        Shown(hit, _about(hit.page, hit.summary), _also(hit.page, hit.others) if hit.others else "")
        for hit in hits
    ]


@lru_cache(maxsize=_KEPT)
def _about(page: Page, summary: str) -> str:
    return render_to_string("occupations/search.html#about", {"page": page, "summary": summary})


@lru_cache(maxsize=_KEPT)
def _also(page: Page, others: tuple[Page, ...]) -> str:
    return render_to_string("occupations/search.html#also", {"page": page, "others": others})

"""Hits as the search page shows them: what is the same for every question is written once."""

from collections.abc import Iterable
from functools import cache, lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from occupations.search import Hit, Page
from occupations.views.gaps import Gaps, gap, with_gaps

_KEPT = 1000  # hits, about a kilobyte each


def written(hits: Iterable[Hit]) -> SafeString:
    """Write these hits as HTML; of one that was shown lately only why it is one is new."""
    return SafeString(
        "".join(
            _hit(one.page, one.summary, one.others, one.also).filled(why=one.evidence.why)
            for one in hits
        )
    )


@lru_cache(maxsize=_KEPT)
def _hit(page: Page, summary: str, others: tuple[Page, ...], also: tuple[str, ...]) -> Gaps:
    values = {
        "kind_name": page.kind_name,
        "edition_title": page.edition_title,
        "skill_level": str(page.skill_level or ""),
        "code": page.code,
        "title": page.title,
        "summary": summary,
    }
    shape = _shape(frozenset(name for name, value in values.items() if value), len(others))
    values |= {_url(at): one.url for at, one in enumerate(others)}
    values |= {_also(at): told for at, told in enumerate(also)}
    return shape.filled_in_part(**values, url=page.url)


@cache
def _shape(told: frozenset[str], others: int) -> Gaps:
    """Write a hit of which so much is told: a template takes longer than to fill in a hit."""
    page = {name: gap(name) for name in told}
    context = {
        "page": {"edition_title": "", "skill_level": "", "code": "", "title": ""} | page,
        "url": gap("url"),
        "summary": page.get("summary", ""),
        "others": [{"url": gap(_url(at)), "told": gap(_also(at))} for at in range(others)],
        "why": gap("why"),
    }
    return with_gaps(render_to_string("occupations/search.html#hit", context))


def _url(at: int) -> str:
    return f"other_{at}"


def _also(at: int) -> str:
    return f"also_{at}"

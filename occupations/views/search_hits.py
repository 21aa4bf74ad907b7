"""Hits as the search page shows them: what is the same for every question is written once."""

from collections.abc import Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from occupations.search import Hit, Page
from occupations.views.gaps import Gaps, gap, with_gaps

_KEPT = 2000  # hits, about a kilobyte each


def written(hits: Iterable[Hit]) -> SafeString:
    """Write these hits as HTML; of one that was shown lately only why it is one is new."""
    return SafeString(
        "".join(
            _hit(one.page, one.summary, one.others).filled(why=one.evidence.why) for one in hits
        )
    )


@lru_cache(maxsize=_KEPT)
def _hit(page: Page, summary: str, others: tuple[Page, ...]) -> Gaps:
    told = {"page": page, "summary": summary, "others": others, "why": gap("why")}
    return with_gaps(render_to_string("occupations/search.html#hit", told))

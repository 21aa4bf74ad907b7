"""The search page around its answers, which is the same for every question."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from occupations.views.gaps import Gaps, gap, with_gaps

_KEPT = 20  # pages without their answers, about fifteen kilobytes each


@dataclass(frozen=True)
class _Around:
    """What the page depends on besides the question and the answer."""

    path: str
    is_address_of_question: bool
    is_asked: bool
    fields: str
    is_narrowed: bool
    catalogue: object
    firm: tuple[tuple[str, object], ...]
    site_url: str
    request: HttpRequest = field(compare=False)


def around(
    request: HttpRequest, *, query: str, answer: SafeString, fields: str, is_narrowed: bool
) -> SafeString:
    """
    Write the page around an answer; ``fields`` are the filters of its form, as HTML.

    All of it but the question is known from the last time.
    """
    known = _Around(
        path=request.path,
        is_address_of_question=bool(request.META.get("QUERY_STRING")),
        is_asked=bool(query),
        fields=fields,
        is_narrowed=is_narrowed,
        catalogue=getattr(request, "catalogue", None),
        firm=tuple(settings.FIRM.items()),
        site_url=settings.SITE_URL,
        request=request,
    )
    return _page(known).filled(query=query, answer=answer)


@lru_cache(maxsize=_KEPT)
def _page(known: _Around) -> Gaps:
    told = {
        "query": gap("query") if known.is_asked else "",
        "answer": gap("answer"),
        "fields": known.fields,
        "is_narrowed": known.is_narrowed,
    }
    return with_gaps(render_to_string("occupations/search.html", told, known.request))

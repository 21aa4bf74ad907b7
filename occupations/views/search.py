"""The search page: a question, its hits a page at a time, and why each one is there."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from occupations.editorial.missed_searches import note_missed_soon
from occupations.search import (
    LONGEST,
    Hit,
    Kind,
    Results,
    find,
    in_turn,
    is_no_occupation,
    look_alikes,
)
from occupations.views.chosen import query_of
from occupations.views.pager import turn
from occupations.views.search_filters import Filters, read_filters
from occupations.views.search_hits import written
from occupations.views.search_page import around

_PAGE_SIZE = 10
_LONGER_THAN_A_TITLE = 7  # words from which a question reads like a description


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer what was typed with the pages that it may mean, best first."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    query = typed[:LONGEST]
    today = timezone.localdate()
    filters = read_filters(request.GET, on=today)
    with in_turn():
        results = find(
            query,
            kind=filters.kind,
            edition=filters.edition,
            narrowing=filters.narrowing,
            is_as_typed=filters.is_exact,
        )
        page = around(
            request,
            query=query,
            answer=_answer(request, typed, filters=filters, results=results),
            fields=filters.fields,
            is_narrowed=filters.is_any,
        )
    is_missed = not (results.is_confident or results.choices)
    if is_missed and not filters.state and "page" not in request.GET:
        note_missed_soon(query, is_near=bool(results.hits), on=today)
    return HttpResponse(page)


def _answer(request: HttpRequest, typed: str, *, filters: Filters, results: Results) -> SafeString:
    """Write what is found, and the ways on, as HTML."""
    query = typed[:LONGEST]
    state = {"q": query} | filters.state
    hits, pager = turn(
        results.hits,
        query={"page": request.GET.get("page", "")},
        address=lambda numbers: _address(request, state | {"page": str(numbers["page"])}),
        sizes=(_PAGE_SIZE,),
    )
    choices = hits[: len(results.choices)] if pager.page == 1 else []
    others = hits[len(choices) :]
    close = look_alikes(results.hits) if pager.page == 1 and results.is_confident else ()
    if choices:
        close = tuple(hit for hit in choices if hit.page.kind is Kind.OCCUPATION)
    without_exact = {name: state[name] for name in state if name != "exact"}
    context = {
        "query": query,
        "results": results,
        "choices": choices,
        "choices_html": written(choices),
        "are_groups": bool(choices) and choices[0].page.kind is Kind.GROUP,
        "hits": others,
        "hits_html": written(others),
        "others_from": pager.first + len(choices),
        "term": _term(results),
        "pager": pager,
        "filters": filters,
        "is_status": bool(query) and not results.is_confident and is_no_occupation(query),
        "as_typed": _address(request, state | {"exact": "1"}),
        "mended_again": _address(request, without_exact),
        "close": close,
        "compared": query_of((hit.page.edition, hit.page.code) for hit in close),
        "description": typed if len(typed.split()) >= _LONGER_THAN_A_TITLE else "",
        "elsewhere": _address(request, {"q": query}) if filters.is_any else "",
    }
    return render_to_string("occupations/search.html#answer", context)


def _term(results: Results) -> Hit | None:
    """Find the word of the field that is what was typed too, where occupations come first."""
    named = (hit for hit in results.hits if hit.page.kind is Kind.GLOSSARY)
    return next(named, None) if results.choices else None


def _address(request: HttpRequest, state: Mapping[str, str]) -> str:
    return f"{request.path}?{urlencode(state)}"

"""The search page: a question, its hits a page at a time, and why each one is there."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from occupations.editorial.missed_searches import note_missed
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
from occupations.views.search_filters import read_filters
from occupations.views.search_hits import shown

_PAGE_SIZE = 10
_LONGER_THAN_A_TITLE = 7  # words from which a question reads like a description


@require_safe
@in_turn()
def search(request: HttpRequest) -> HttpResponse:
    """Answer what was typed with the pages that it may mean, best first."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    query = typed[:LONGEST]
    today = timezone.localdate()
    filters = read_filters(request.GET, on=today)
    results = find(
        query,
        kind=filters.kind,
        edition=filters.edition,
        narrowing=filters.narrowing,
        is_as_typed=filters.is_exact,
    )
    is_status = bool(query) and not results.is_confident and is_no_occupation(query)
    state = {"q": query} | filters.state
    is_missed = not (results.is_confident or results.choices)
    if is_missed and state.keys() == {"q"} and "page" not in request.GET:
        note_missed(query, is_near=bool(results.hits), on=today)
    hits, pager = turn(
        results.hits,
        query={"page": request.GET.get("page", "")},
        address=lambda numbers: _address(state | {"page": str(numbers["page"])}),
        sizes=(_PAGE_SIZE,),
    )
    choices = hits[: len(results.choices)] if pager.page == 1 else []
    close = look_alikes(results.hits) if pager.page == 1 and results.is_confident else ()
    if choices:
        close = tuple(hit for hit in choices if hit.page.kind is Kind.OCCUPATION)
    context = {
        "query": query,
        "results": results,
        "choices": shown(choices),
        "hits": shown(hits[len(choices) :]),
        "others_from": pager.first + len(choices),
        "term": _term(results),
        "pager": pager,
        "filters": filters,
        "is_status": is_status,
        "as_typed": _address(state | {"exact": "1"}),
        "mended_again": _address({name: state[name] for name in state if name != "exact"}),
        "close": close,
        "compared": query_of((hit.page.edition, hit.page.code) for hit in close),
        "description": typed if len(typed.split()) >= _LONGER_THAN_A_TITLE else "",
        "elsewhere": _address({"q": query}) if filters.state.keys() - {"exact"} else "",
    }
    return render(request, "occupations/search.html", context)


def _term(results: Results) -> Hit | None:
    """Find the word of the field that is what was typed too, where occupations come first."""
    named = (hit for hit in results.hits if hit.page.kind is Kind.GLOSSARY)
    return next(named, None) if results.choices else None


def _address(state: Mapping[str, str]) -> str:
    return f"{reverse('occupations:search')}?{urlencode(state)}"

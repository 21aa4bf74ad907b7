"""The search page: a question, its hits a page at a time, and why each one is there."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from occupations.editorial.missed_searches import note_missed
from occupations.search import LONGEST, Results, answer_headers, current_index, find, in_turn
from occupations.views.search_answer import answer
from occupations.views.search_filters import read_filters
from occupations.views.search_page import around


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer what was typed with the pages that it may mean, best first."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    query = typed[:LONGEST]
    today = timezone.localdate()
    filters = read_filters(request.GET, on=today)
    index = current_index()

    def work() -> tuple[Results, SafeString]:
        results = find(
            query,
            kind=filters.kind,
            edition=filters.edition,
            narrowing=filters.narrowing,
            is_as_typed=filters.is_exact,
            index=index,
        )
        page = around(
            request,
            query=query,
            answer=answer(request, typed, filters=filters, results=results),
            fields=filters.fields,
            is_narrowed=filters.is_any,
        )
        return results, page

    results, page = in_turn(work)
    is_missed = not (results.is_confident or results.choices)
    if is_missed and not filters.state and "page" not in request.GET:
        note_missed(query, is_near=bool(results.hits), on=today)
    return HttpResponse(page, headers=answer_headers(index))

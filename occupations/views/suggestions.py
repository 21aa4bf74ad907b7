"""Suggestions for what is being typed into a search box."""

from functools import partial

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from occupations.codes import tidy_edition
from occupations.search import Kind, answer_headers, current_index, in_turn
from occupations.search.suggestions import LONGEST, Suggestion, suggest


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Answer with the pages that ``q`` may become, as JSON; ``edition`` and ``kind`` narrow it."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    asked = request.GET.get("kind", "")
    index = current_index()
    found = in_turn(
        partial(
            suggest,
            query,
            edition=tidy_edition(request.GET.get("edition", "")[:LONGEST]),
            kind=Kind(asked) if asked in set(Kind) else None,
            index=index,
        )
    )
    told = {"query": query, "suggestions": [_told(one) for one in found]}
    return JsonResponse(told, headers=answer_headers(index))


def _told(one: Suggestion) -> dict[str, str]:
    return {
        "title": one.title,
        "code": one.code,
        "edition": one.edition,
        "kind": one.kind_name,
        "name": one.name,
        "note": one.note,
        "url": one.url,
    }

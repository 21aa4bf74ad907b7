"""The search page: a question, its hits a page at a time, and why each one is there."""

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from occupations.editorial.missed_searches import note_missed
from occupations.models import Edition
from occupations.search import LONGEST, Hit, Kind, find
from occupations.views.addresses import tidy_edition

_PAGE_SIZE = 20
_KIND_LABELS = {
    Kind.OCCUPATION: "Occupations",
    Kind.GROUP: "Groups",
    Kind.QUALIFICATION: "Qualifications",
    Kind.UNIT: "Units of competency",
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer what was typed with the pages that it may mean, best first."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    kind = _kind(request.GET.get("kind", ""))
    editions = list(Edition.objects.order_by("-released_on"))
    slug = tidy_edition(request.GET.get("edition", ""))
    edition = next((one for one in editions if one.slug == slug), None)
    results = find(query, kind=kind, edition=edition)
    page = Paginator(results.hits, _PAGE_SIZE).get_page(request.GET.get("page"))
    state = {"q": query}
    if kind is not None:
        state["kind"] = kind.value
    if edition is not None:
        state["edition"] = edition.slug
    if not results.is_confident and state.keys() == {"q"} and "page" not in request.GET:
        note_missed(query, is_near=bool(results.hits), on=timezone.localdate())
    context = {
        "query": query,
        "results": results,
        "page": page,
        "pages": _pages(page, state=state),
        "kinds": [(one.value, label, one is kind) for one, label in _KIND_LABELS.items()],
        "editions": [(one, one == edition) for one in editions],
    }
    return render(request, "occupations/search.html", context)


def _kind(asked: str) -> Kind | None:
    return Kind(asked) if asked in set(Kind) else None


def _pages(page: Page[Hit], *, state: dict[str, str]) -> list[tuple[int, str, bool]]:
    return [
        (number, f"?{urlencode(state | {'page': str(number)})}", number == page.number)
        for number in page.paginator.page_range
    ]

"""The change log: every load with what it changed, all of it or what is asked for."""

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from occupations.catalogue.tables import TABLES
from occupations.change_log import (
    KINDS,
    About,
    about_subject,
    begins_at,
    changes_of,
    entries,
    newest_entries,
    table_name,
)
from occupations.models import CatalogueLoad
from occupations.views.addresses import not_held

LOADS = 10  # a page
FACTS = 50
_FIRST_FACTS = 5  # of a load among others
_TABLES = {table.name for table in TABLES}
_LONGEST = 40  # characters of a subject
_LARGEST = 10**9


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Show loads with their first changes; with a subject, load, table or kind, the changes."""
    typed = request.GET.get("about", "").replace("\0", "")[:_LONGEST]
    about = about_subject(typed) if typed else None
    if typed and about is None:
        return not_held(request, explanation="We hold nothing with this code.", query=typed)
    state = _state(request, about)
    page: Page
    if state:
        found = changes_of(
            about=about,
            revision=int(state.get("revision", 0)),
            table=state.get("table", ""),
            kind=state.get("kind", ""),
        )
        page = Paginator(found, FACTS).get_page(request.GET.get("page"))
        shown = entries(page)
    else:
        page = Paginator(CatalogueLoad.objects.all(), LOADS).get_page(request.GET.get("page"))
        shown = newest_entries(list(page), most_facts=_FIRST_FACTS)
    context = {
        "about": about,
        "state": state,
        "revision": state.get("revision", ""),
        "page": page,
        "pages": [
            (number, f"?{urlencode(state | {'page': str(number)})}", number == page.number)
            if isinstance(number, int)
            else (0, "", False)
            for number in page.paginator.get_elided_page_range(page.number)
        ],
        "entries": shown,
        "begins_at": begins_at(),
        "tables": _options(state.get("table", ""), {one: table_name(one) for one in _TABLES}),
        "kinds": _options(state.get("kind", ""), KINDS),
    }
    return render(request, "occupations/changes.html", context)


def _state(request: HttpRequest, about: About | None) -> dict[str, str]:
    """Keep of the address what asks for something that can be."""
    asked = {name: request.GET.get(name, "") for name in ("revision", "table", "kind")}
    revision = asked["revision"]
    is_number = revision.isascii() and revision.isdigit() and int(revision) < _LARGEST
    can_be = {
        "about": about.key if about else "",
        "revision": revision if is_number else "",
        "table": asked["table"] if asked["table"] in _TABLES else "",
        "kind": asked["kind"] if asked["kind"] in KINDS else "",
    }
    return {name: value for name, value in can_be.items() if value}


def _options(chosen: str, labels: dict[str, str]) -> list[tuple[str, str, bool]]:
    by_label = sorted(labels.items(), key=lambda item: item[1])
    return [(value, label, value == chosen) for value, label in by_label]

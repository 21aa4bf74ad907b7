"""Two editions side by side: what became of every occupation; the state is in the address."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from occupations.correspondence import Change, Difference, differences
from occupations.models import Edition, Group, GroupLevel
from occupations.views.addresses import Suggestion, moved, not_held, tidy_edition
from occupations.views.browse import unknown_edition
from occupations.views.editions import changes_address

_PAGE_SIZE = 50
_LABELS = {
    "changed": "All that changed",
    Change.RENAMED: "Renamed",
    Change.RESPELT: "Respelt",
    Change.RECODED: "New code",
    Change.SPLIT: "Split",
    Change.MERGED: "Merged",
    Change.GONE: "No counterpart",
    Change.NEW: "New",
    "level": "Another skill level",
    "moved": "Another unit group",
    Change.SAME: "Same code and title",
    "all": "Every occupation",
}


@dataclass(frozen=True)
class Choice:
    """A kind of difference to look at, and how many rows are of that kind."""

    value: str
    label: str
    count: int
    address: str
    is_here: bool


@dataclass(frozen=True)
class Turn:
    """A page that one may turn to; a gap between pages has no address."""

    label: str
    address: str
    is_here: bool


@require_safe
def edition_differences(request: HttpRequest, edition: str, other: str) -> HttpResponse:
    """Show what changed from one edition to a newer one; the other way round leads here too."""
    editions = list(Edition.objects.all())
    by_slug = {one.slug: one for one in editions}
    slugs = [tidy_edition(edition), tidy_edition(other)]
    for slug, typed in zip(slugs, (edition, other), strict=True):
        if slug not in by_slug:
            return unknown_edition(request, typed=typed)
    newer, older = (by_slug[slug] for slug in slugs)
    if newer == older:
        return not_held(
            request,
            explanation="An edition does not differ from itself.",
            suggestions=_suggestions(newer, editions),
        )
    if newer.released_on < older.released_on:
        newer, older = older, newer
    address = changes_address(newer, older)
    if (newer.slug, older.slug) != (edition, other):
        return moved(request, to=address)
    return _page(request, older, newer, editions)


def _page(
    request: HttpRequest, older: Edition, newer: Edition, editions: Sequence[Edition]
) -> HttpResponse:
    rows = sorted(differences(older, newer, editions=editions), key=lambda row: row.places[0].code)
    majors = list(Group.objects.current().filter(edition=newer, level=GroupLevel.MAJOR))
    asked = request.GET.get("group", "")
    major = next((one for one in majors if one.code == asked), None)
    kind = request.GET.get("change", "")
    kind = kind if kind in _LABELS else "changed"
    if major is not None:
        rows = [row for row in rows if any(one.code[0] == major.code for one in row.places)]
    page = Paginator([row for row in rows if _is_of(row, kind)], _PAGE_SIZE).get_page(
        request.GET.get("page")
    )

    def address(*, change: str = kind, number: int = 1) -> str:
        state = {
            "change": "" if change == "changed" else change,
            "group": major.code if major else "",
            "page": "" if number == 1 else str(number),
        }
        query = urlencode({name: value for name, value in state.items() if value})
        return f"{request.path}?{query}" if query else request.path

    context = {
        "older": older,
        "newer": newer,
        "page": page,
        "turns": _turns(page, address=lambda number: address(number=number)),
        "kinds": _kinds(rows, here=kind, address=lambda change: address(change=change)),
        "kind": kind,
        "kind_label": _LABELS[kind],
        "majors": majors,
        "major": major,
        "pairs": _pairs(older, newer, editions),
        "is_one_line": older.classification == newer.classification,
    }
    return render(request, "occupations/differences.html", context)


def _is_of(row: Difference, kind: str) -> bool:
    if kind == "level":
        return bool(row.level_changes)
    if kind == "moved":
        return bool(row.moved)
    if kind == "changed":
        return row.change is not Change.SAME or bool(row.level_changes or row.moved)
    return kind in {"all", row.change}


def _kinds(rows: Sequence[Difference], *, here: str, address: Callable[[str], str]) -> list[Choice]:
    return [
        Choice(
            value=kind,
            label=label,
            count=sum(_is_of(row, kind) for row in rows),
            address=address(kind),
            is_here=kind == here,
        )
        for kind, label in _LABELS.items()
    ]


def _turns(page: Page[Difference], *, address: Callable[[int], str]) -> list[Turn]:
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [
        Turn(str(number), address(number), is_here=number == page.number)
        if isinstance(number, int)
        else Turn(str(number), "", is_here=False)
        for number in shown
    ]


def _pairs(
    older: Edition, newer: Edition, editions: Sequence[Edition]
) -> list[tuple[str, str, bool]]:
    """List every two editions, with the address at which they are compared."""
    return [
        (f"{two} from {one}", changes_address(two, one), (one, two) == (older, newer))
        for place, two in enumerate(editions)
        for one in editions[:place]
    ]


def _suggestions(edition: Edition, editions: Iterable[Edition]) -> list[Suggestion]:
    return [
        Suggestion(url=changes_address(edition, one), code="", title=f"{edition} and {one}")
        for one in editions
        if one != edition
    ]

"""The occupation lists: what each names for which visas today, and what earlier copies named."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from occupations import structured_data
from occupations.models import Edition, Group, GroupLevel, ListMembership, OccupationList, Visa
from occupations.views.addresses import Suggestion, moved, not_held
from occupations.views.list_caveats import caveats_on, marked
from occupations.views.list_copies import (
    CopyDifference,
    ListCopy,
    copies_of,
    difference,
    in_order,
    newest_counts,
)
from occupations.views.named import named_table
from occupations.views.notices import current_notices

OFFICIAL_LIST = "https://immi.homeaffairs.gov.au/visas/working-in-australia/skill-occupation-list"
_NO_PART_OF_A_SLUG = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class VisaUse:
    """A visa that uses a list, under the letters of its streams, and how many codes are for it."""

    visa: Visa
    named: int


@dataclass(frozen=True)
class EarlierCopy:
    """A copy that a newer one took the place of, and what differs where both are whole."""

    copy: ListCopy
    visas: tuple[str, ...]
    difference: CopyDifference | None


@require_safe
def occupation_lists(request: HttpRequest) -> HttpResponse:
    """Show every list with its newest copy."""
    on = timezone.localdate()
    counts = newest_counts(editions=Edition.objects.in_bulk(), on=on)
    counted = {one.list.pk for one in counts}
    context = {
        "structured_data": _way(),
        "counts": counts,
        "sources": dict.fromkeys(one.source for one in counts),
        "empty": OccupationList.objects.exclude(pk__in=counted),
        "notices": current_notices("list", key=None, on=on),
        "official_list": OFFICIAL_LIST,
    }
    return render(request, "occupations/lists.html", context)


@require_safe
def occupation_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a list: its newest copy in full, earlier copies as history."""
    tidy = _NO_PART_OF_A_SLUG.sub("-", slug).strip("-").lower()
    found = OccupationList.objects.filter(slug=tidy).first()
    if found is None:
        return _unknown(request)
    if slug != tidy:
        return moved(request, to=reverse("occupations:list", args=[tidy]))
    return _list_page(request, found, on=timezone.localdate())


def subclasses_of(copy: ListCopy | None) -> tuple[str, ...]:
    """List the visa subclasses that a copy names, without the letters of their streams."""
    occupations = copy.occupations if copy else ()
    return in_order(visa[:3] for one in occupations for visa in one.visas)


def majors_of(edition: Edition) -> list[Group]:
    """Read the major groups of an edition."""
    return list(Group.objects.filter(edition=edition, level=GroupLevel.MAJOR).order_by("code"))


def _list_page(request: HttpRequest, found: OccupationList, *, on: date) -> HttpResponse:
    copies = copies_of(
        ListMembership.objects.filter(occupation_list=found),
        editions=Edition.objects.in_bulk(),
        on=on,
    )
    context = {
        "structured_data": _way((found.acronym, request.path)),
        "list": found,
        "official": found.url or OFFICIAL_LIST,
        "notices": current_notices("list", key=found.slug, on=on),
        "copy": None,
    }
    if copies:
        newest, *earlier = copies
        subclasses = subclasses_of(newest)
        instruments = caveats_on(newest, visas=subclasses, on=on)
        context |= {
            "copy": newest,
            "uses": _uses(newest, subclasses=subclasses),
            "table": named_table(
                marked(newest.occupations, instruments=instruments),
                majors=majors_of(newest.edition),
                query=request.GET.dict(),
            ),
            "instruments": instruments,
            "earlier": [_earlier(one, newest=newest) for one in earlier],
        }
    return render(request, "occupations/list.html", context)


def _way(*steps: tuple[str, str]) -> str:
    first = [("Visas", reverse("occupations:visas")), ("Lists", reverse("occupations:lists"))]
    return structured_data.script(structured_data.breadcrumbs([*first, *steps]))


def _uses(copy: ListCopy, *, subclasses: Sequence[str]) -> list[VisaUse]:
    return [
        VisaUse(
            visa,
            named=sum(
                any(stream.startswith(visa.subclass) for stream in one.visas)
                for one in copy.occupations
            ),
        )
        for visa in Visa.objects.filter(subclass__in=subclasses)
    ]


def _earlier(copy: ListCopy, *, newest: ListCopy) -> EarlierCopy:
    return EarlierCopy(copy, subclasses_of(copy), difference(newest, older=copy))


def _unknown(request: HttpRequest) -> HttpResponse:
    suggestions = [
        Suggestion(
            url=reverse("occupations:list", args=[one.slug]), code=one.acronym, title=one.title
        )
        for one in OccupationList.objects.all()
    ]
    return not_held(
        request, explanation="We hold no occupation list with this name.", suggestions=suggestions
    )

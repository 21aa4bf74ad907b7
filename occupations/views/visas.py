"""The visas that read an occupation list: which edition, which lists, open or closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from occupations import structured_data
from occupations.facts import Source
from occupations.facts.provenance import table_sources
from occupations.models import Edition, ListMembership, OccupationList, PointsCriterion, Visa
from occupations.views.addresses import Suggestion, moved, not_held, tidy_code
from occupations.views.list_caveats import caveats_on, marked
from occupations.views.list_copies import CopyCount, ListCopy, copies_of, newest_counts
from occupations.views.lists import OFFICIAL_LIST, majors_of
from occupations.views.named import named_table
from occupations.views.notices import current_notices

FEES = "https://immi.homeaffairs.gov.au/visas/visa-pricing-estimator"
PROCESSING_TIMES = (
    "https://immi.homeaffairs.gov.au/visas/getting-a-visa/visa-processing-times/"
    "global-visa-processing-times"
)
_STREAMS = {
    "F": "sponsored by family",
    "S": "nominated by a state or territory",
}


@dataclass(frozen=True)
class VisaLine:
    """
    A visa with the lists that name occupations for it, each in its newest copy.

    ``is_history`` tells whether every copy is too old to be told as true today.
    """

    visa: Visa
    lists: Sequence[tuple[CopyCount, int]]
    as_at_on: date | None
    is_history: bool


@require_safe
def visas(request: HttpRequest) -> HttpResponse:
    """Show every visa by the edition that it reads."""
    on = timezone.localdate()
    counts = newest_counts(editions=Edition.objects.in_bulk(), on=on)
    lines = [
        _line(visa, counts=counts)
        for visa in Visa.objects.select_related("reads_edition").order_by(
            "-reads_edition__released_on", "-is_open", "subclass"
        )
    ]
    context = {
        "structured_data": _way(),
        "lines": lines,
        "listing": _listing(on=on),
        "notices": current_notices("visa", key=None, on=on),
        "official_list": OFFICIAL_LIST,
    }
    return render(request, "occupations/visas.html", context)


@require_safe
def visa(request: HttpRequest, subclass: str) -> HttpResponse:
    """Show a visa: what it reads, what lists name for it today, and what they named earlier."""
    tidy = tidy_code(subclass).removeprefix("SUBCLASS").removeprefix("VISA")
    found = Visa.objects.select_related("reads_edition").filter(subclass=tidy).first()
    if found is None:
        return _unknown(request)
    if subclass != tidy:
        return moved(request, to=reverse("occupations:visa", args=[tidy]))
    return _visa_page(request, found, on=timezone.localdate())


def naming(visa: Visa) -> QuerySet[ListMembership]:
    """Select what names occupations for a visa or for a stream of it, such as ``491S``."""
    names = [visa.subclass, *(visa.subclass + letter for letter in ascii_uppercase)]
    return ListMembership.objects.filter(visas__overlap=names)


def _visa_page(request: HttpRequest, visa: Visa, *, on: date) -> HttpResponse:
    copies = copies_of(naming(visa), editions=Edition.objects.in_bulk(), on=on)
    newest = ListMembership.objects.filter(occupation__edition=visa.reads_edition)
    current = _current(copies, visa=visa, newest=newest)
    context = {
        "structured_data": _way((str(visa), request.path)),
        "visa": visa,
        "listing": _listing(on=on),
        "official_list": OFFICIAL_LIST,
        "fees": FEES,
        "processing_times": PROCESSING_TIMES,
        "notices": current_notices("visa", key=visa.subclass, on=on),
        "has_points": PointsCriterion.objects.filter(visas__contains=[visa.subclass]).exists(),
        "copy": current,
        "earlier": [one for one in copies if one is not current],
    }
    if current is not None:
        instruments = caveats_on(current, visas=[visa.subclass], on=on)
        lists = {one.acronym: one for one in OccupationList.objects.all()}
        context |= {
            "counts": [(lists[name], count) for name, count in current.counts],
            "streams": _streams(visa, current),
            "table": named_table(
                marked(current.occupations, instruments=instruments),
                majors=majors_of(current.edition),
                query=request.GET.dict(),
            ),
            "instruments": instruments,
        }
    return render(request, "occupations/visa.html", context)


def _listing(*, on: date) -> Source | None:
    """Name what the visas themselves come from: their names, editions, and open or closed."""
    return next(iter(table_sources(on=on).get("visas", ())), None)


def _way(*steps: tuple[str, str]) -> str:
    first = ("Visas", reverse("occupations:visas"))
    return structured_data.script(structured_data.breadcrumbs([first, *steps]))


def _current(
    copies: Iterable[ListCopy], *, visa: Visa, newest: QuerySet[ListMembership]
) -> ListCopy | None:
    """Find the copy that is the newest of the edition which the visa reads, if it names any."""
    as_at_on = (
        newest.exclude(source__as_at_on=None)
        .order_by("-source__as_at_on")
        .values_list("source__as_at_on", flat=True)
        .first()
    )
    return next(
        (
            copy
            for copy in copies
            if copy.edition == visa.reads_edition and copy.source.as_at_on == as_at_on
        ),
        None,
    )


def _streams(visa: Visa, copy: ListCopy) -> list[tuple[str, str, int]]:
    """Name each stream of a visa that the copy tells apart, and count its occupations."""
    return [
        (visa.subclass + letter, meaning, count)
        for letter, meaning in _STREAMS.items()
        if (count := sum(visa.subclass + letter in one.visas for one in copy.occupations))
    ]


def _line(visa: Visa, *, counts: Iterable[CopyCount]) -> VisaLine:
    its_own = [one for one in counts if one.edition == visa.reads_edition]
    return VisaLine(
        visa,
        lists=[(one, one.of(visa.subclass)) for one in its_own if one.of(visa.subclass)],
        as_at_on=max((one.source.as_at_on for one in its_own if one.source.as_at_on), default=None),
        is_history=bool(its_own) and all(one.source.is_history for one in its_own),
    )


def _unknown(request: HttpRequest) -> HttpResponse:
    suggestions = [
        Suggestion(
            url=reverse("occupations:visa", args=[one.subclass]),
            code=one.subclass,
            title=one.title,
            note=f"It reads {one.reads_edition}",
        )
        for one in Visa.objects.select_related("reads_edition")
    ]
    return not_held(
        request, explanation="We hold no visa with this subclass.", suggestions=suggestions
    )

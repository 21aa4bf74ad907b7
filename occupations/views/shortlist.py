"""A shortlist without an account: its address is all there is of it."""

from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from occupations.facts.addresses import whole
from occupations.models import Occupation
from occupations.views.chosen import edition_options, query_for, read_chosen, value, without
from occupations.views.compare import FEWEST
from occupations.views.compare import MOST as MOST_COMPARED

MOST = 20  # as many as the form for a call carries
_SUBJECT = "My shortlist of occupations"


@dataclass(frozen=True)
class Line:
    """One occupation of the shortlist, and the addresses of the shortlist changed."""

    occupation: Occupation
    value: str
    remove: str
    up: str
    is_first_choice: bool


@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    """Show the occupations that the address names, in its order."""
    chosen = read_chosen(request.GET, most=MOST)
    here = reverse("occupations:shortlist")
    if not chosen.is_tidy:
        return HttpResponseRedirect(f"{here}?{chosen.whole_query}".removesuffix("?"))
    occupations = chosen.occupations
    address = whole(f"{here}?{chosen.query}")
    context = {
        "chosen": chosen,
        "lines": [
            Line(
                occupation=one,
                value=value(one),
                remove=without(occupations, one),
                up=query_for(_moved_up(occupations, place)) if place else "",
                is_first_choice=place < MOST_COMPARED,
            )
            for place, one in enumerate(occupations)
        ],
        "address": address,
        "mail": f"mailto:?subject={quote(_SUBJECT)}&body={quote(_letter(occupations, address))}",
        "can_compare": len(occupations) >= FEWEST,
        "fewest_compared": FEWEST,
        "most_compared": MOST_COMPARED,
        "most": MOST,
        "has_room": len(occupations) < MOST,
        "editions": edition_options(),
        "query_for_contact": chosen.query,
    }
    return render(request, "occupations/shortlist.html", context)


def _moved_up(occupations: tuple[Occupation, ...], place: int) -> tuple[Occupation, ...]:
    before, one, after = occupations[: place - 1], occupations[place], occupations[place + 1 :]
    return (*before, one, occupations[place - 1], *after)


def _letter(occupations: tuple[Occupation, ...], address: str) -> str:
    """Write the list as plain text, its address first."""
    lines = [f"{one.code} {one.title} ({one.edition.short_title})" for one in occupations]
    return "\r\n".join([address, "", *lines])

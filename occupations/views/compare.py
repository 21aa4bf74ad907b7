"""Two to five occupations side by side, whatever their editions."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from occupations.facts import every_edition, occupation_facts
from occupations.models import Occupation
from occupations.views.chosen import Chosen, query_for, read_chosen, value, without
from occupations.views.compare_rows import sections
from occupations.views.side_by_side import differing

FEWEST, MOST = 2, 5


@dataclass(frozen=True)
class Column:
    """The head of one occupation, and the address of the page without it."""

    occupation: Occupation
    value: str
    remove: str


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """
    Show the occupations that the address names in columns, and in words what differs.

    Two queries, and four for each occupation.
    """
    only_differences = request.GET.get("show") == "differences"
    kept = "show=differences" if only_differences else ""
    chosen = read_chosen(request.GET, most=MOST, kept=kept)
    here = reverse("occupations:compare")
    if not chosen.is_tidy:
        query = "&".join(filter(None, (chosen.whole_query, kept)))
        return HttpResponseRedirect(f"{here}?{query}".removesuffix("?"))
    editions = every_edition()
    today = timezone.localdate()
    facts = [occupation_facts(one, on=today, editions=editions) for one in chosen.occupations]
    arranged = sections(facts, editions=editions) if facts else []
    context = {
        "chosen": chosen,
        "columns": _columns(chosen),
        "sections": differing(arranged) if only_differences else arranged,
        "only_differences": only_differences,
        "sources": list(dict.fromkeys(one.edition for one in chosen.occupations)),
        "is_comparison": len(facts) >= FEWEST,
        "has_room": len(facts) < MOST,
        "most": MOST,
        "editions": [one.edition for one in reversed(editions)],
    }
    return render(request, "occupations/compare.html", context)


def _columns(chosen: Chosen) -> list[Column]:
    rest = query_for(chosen.beyond)
    return [
        Column(
            one,
            value(one),
            "&".join(filter(None, (without(chosen.occupations, one), rest))),
        )
        for one in chosen.occupations
    ]

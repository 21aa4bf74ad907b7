"""The glossary: the words of the field in our own, by letter."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from occupations import structured_data
from occupations.folding import fold
from occupations.models import GlossaryTerm


@dataclass(frozen=True)
class Entry:
    """A term with the terms that stand near it."""

    term: GlossaryTerm
    see_also: tuple[GlossaryTerm, ...]


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Show every term, each under an anchor of its own; one query."""
    terms = sorted(GlossaryTerm.objects.all(), key=lambda term: fold(term.term))
    by_slug = {term.slug: term for term in terms}
    entries = [
        Entry(term, tuple(by_slug[slug] for slug in term.see_also if slug in by_slug))
        for term in terms
    ]
    letters = [
        (letter, list(found))
        for letter, found in groupby(entries, key=lambda entry: fold(entry.term.term)[:1].upper())
    ]
    context = {
        "structured_data": structured_data.script(*structured_data.glossary_nodes(terms)),
        "letters": letters,
        "count": len(terms),
    }
    return render(request, "occupations/glossary.html", context)

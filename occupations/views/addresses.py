"""Forgiving addresses: what was typed, the one address it means, or a 404 that helps."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from occupations.codes import OCCUPATION_CODE, TRAINING_CODE, tidy_code, tidy_edition
from occupations.models import Group, Occupation, Qualification, Unit

__all__ = [
    "OCCUPATION_CODE",
    "TRAINING_CODE",
    "Suggestion",
    "moved",
    "not_held",
    "suggest",
    "tidy_code",
    "tidy_edition",
]


@dataclass(frozen=True)
class Suggestion:
    """A page that the visitor may have meant."""

    url: str
    code: str
    title: str
    note: str = ""


def moved(request: HttpRequest, *, to: str) -> HttpResponsePermanentRedirect:
    """Send the visitor on to the one address of a page; the query comes along."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{to}?{query}" if query else to)


def not_held(
    request: HttpRequest,
    *,
    explanation: str,
    query: str = "",
    suggestions: Iterable[Suggestion] = (),
) -> HttpResponse:
    """Answer 404 with a sentence on what is missing, near pages, and a search for it."""
    context = {"explanation": explanation, "suggestions": list(suggestions), "query": query}
    return render(request, "404.html", context, status=404)


def suggest(*pages: Group | Occupation | Qualification | Unit) -> list[Suggestion]:
    """List the pages of these rows, each with its edition if it has one."""
    return [
        Suggestion(
            url=page.get_absolute_url(),
            code=page.code,
            title=page.title or "Only its code is in our copy",
            note=str(page.edition) if isinstance(page, Group | Occupation) else "",
        )
        for page in pages
    ]

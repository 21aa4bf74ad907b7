"""Forgiving addresses: what was typed, the one address it means, or a 404 that helps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from occupations.models import Group, Occupation, Qualification, Unit

_NO_PART_OF_A_CODE = re.compile(r"[\W_]+")
OCCUPATION_CODE = re.compile(r"[0-9]{1,4}|[0-9]{6}")
TRAINING_CODE = re.compile(r"[A-Z0-9]{3,14}")


@dataclass(frozen=True)
class Suggestion:
    """A page that the visitor may have meant."""

    url: str
    code: str
    title: str
    note: str = ""


def tidy_code(typed: str) -> str:
    """Write a code as published: in capitals, without spaces or what stands around it."""
    return _NO_PART_OF_A_CODE.sub("", typed).upper()


def tidy_edition(typed: str) -> str:
    """Write the name of an edition as its address does, such as ``anzsco-2022``."""
    return _NO_PART_OF_A_CODE.sub("-", typed).strip("-").lower()


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
            title=page.title,
            note=str(page.edition) if isinstance(page, Group | Occupation) else "",
        )
        for page in pages
    ]

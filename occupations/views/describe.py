"""Describe what you do: a paragraph, and the occupations whose tasks say much the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from occupations.search.description import LONGEST
from occupations.search.description import describe as occupations_of
from occupations.views.chosen import query_of
from occupations.views.unkept import UNKEPT, unkept


# A form of anyone's may be sent here: it changes nothing and says the same to everyone. A token
# would need a cookie. The text is posted so that it stands in no address and in no log.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest) -> HttpResponse:
    """Show the form, with what the search page was asked; answer what was written in it."""
    is_answer = request.method == "POST"
    typed = _tidy(request.POST.get("text", "") if is_answer else request.GET.get("q", ""))
    text = typed[:LONGEST]
    found = occupations_of(text) if is_answer else ()
    context = {
        "text": text,
        "found": found,
        "is_answer": is_answer,
        "is_cut": len(typed) > len(text),
        "longest": LONGEST,
        "compared": query_of((one.page.edition, one.page.code) for one in found),
    }
    response = render(request, "occupations/describe.html", context)
    if not is_answer:
        return unkept(request, response)
    response.headers["Cache-Control"] = UNKEPT
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _tidy(text: str) -> str:
    """Keep the lines of a text; a sign that prints nothing becomes a space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign == "\n" or sign.isprintable() else " " for sign in lines).strip()

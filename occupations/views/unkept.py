"""Answers that hold what a visitor entered: no cache keeps them, no search engine lists them."""

from django.http import HttpRequest, HttpResponse

UNKEPT = "private, no-store"


def unkept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Mark an answer to a query as the visitor's own; without a query it is everyone's page."""
    if request.META.get("QUERY_STRING"):
        response.headers["Cache-Control"] = UNKEPT
        response.headers["X-Robots-Tag"] = "noindex"
    return response

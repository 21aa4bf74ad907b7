"""Forms in UTF-8 only: no visitor chooses by which rules we read what they send."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ENCODING = "utf-8"  # of every page of ours, so of every form that it sends


class Utf8Middleware:
    """Reads addresses and forms as UTF-8, whatever encoding a request names, real or invented."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.encoding:
            request.encoding = ENCODING
        return self.get_response(request)

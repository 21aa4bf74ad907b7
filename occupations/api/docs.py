"""The page that describes the API, from our own files alone, under a strict policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csp import csp_override
from ninja.openapi.docs import Swagger

# The icons of the page's own style sheet are written into it as data: addresses.
_POLICY = settings.SECURE_CSP | {"img-src": [*settings.SECURE_CSP["img-src"], "data:"]}


class Docs(Swagger):
    """The interactive description, set up for reading: no switches that a reader cannot use."""

    def __init__(self) -> None:
        super().__init__(
            settings={
                "defaultModelsExpandDepth": 0,
                "docExpansion": "list",
                "supportedSubmitMethods": ["get"],
                "validatorUrl": None,
            }
        )


def docs_headers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let anyone keep the page and the description for an hour; the page may draw its icons."""

    @csp_override(_POLICY)
    @wraps(view)
    def described(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "public, max-age=3600")
        return response

    return described

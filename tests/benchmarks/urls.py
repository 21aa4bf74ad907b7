"""The site's addresses, and a view that does nothing behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


urlpatterns = [path("empty/", empty), path("", include("advisory.urls"))]

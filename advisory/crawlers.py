"""What the site tells crawlers and those who find a hole in it: robots.txt and security.txt."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

_PRIVATE = (
    "/admin/",
    "/contact/received/",
    "/contact/confirm/",
    "/desk/",
    "/enquiry/",
    "/feedback/",
    "/health/",
)
_VALID_FOR = timedelta(days=180)


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Open the site to crawlers, but for what is private, and name the map of it."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _PRIVATE),
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return _text(lines)


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """
    Say whom to tell of a hole in the site (RFC 9116).

    :raises Http404: where whoever runs the site names nobody
    """
    if not settings.SECURITY_CONTACT:
        msg = "Nobody is named."
        raise Http404(msg)
    expires_at = timezone.now() + _VALID_FOR  # noqa: TID251 (an edge)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires_at:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
    ]
    return _text(lines)


def _text(lines: list[str]) -> HttpResponse:
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response

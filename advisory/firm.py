"""Who is behind the site, for the footer and the about page."""

from django.conf import settings
from django.http import HttpRequest


def firm(_request: HttpRequest) -> dict[str, object]:
    """Hand the firm's identity to every template."""
    return {"firm": settings.FIRM}

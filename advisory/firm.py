"""Who is behind the site and where it lives, for every page."""

from django.conf import settings
from django.http import HttpRequest


def firm(_request: HttpRequest) -> dict[str, object]:
    """Hand the firm's identity and the site's address to every template."""
    return {"firm": settings.FIRM, "site_url": settings.SITE_URL}

"""What every page says whose address is a key: tell nobody where you came from, list it nowhere."""

from django.http import HttpResponse


def private(response: HttpResponse) -> HttpResponse:
    """Send no referrer from this page, and keep it out of search engines."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

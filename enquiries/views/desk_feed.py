"""An adviser's calls as a calendar file, for programs that cannot sign in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from enquiries.calendar_files import TYPE
from enquiries.desk import FeedRevoked, calendar_feed, read_feed_token


@require_safe
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """Write the feed behind a token; a renewed or made-up one is not found."""
    try:
        adviser = read_feed_token(token)
    except FeedRevoked:
        raise Http404 from None
    return HttpResponse(
        calendar_feed(adviser, now=timezone.now()),
        content_type=f"{TYPE}; charset=utf-8",
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'attachment; filename="calls.ics"',
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
        },
    )

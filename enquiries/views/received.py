"""The receipt of an enquiry: its reference, and what happens next."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as read_clock
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from enquiries.letters import in_both_zones
from enquiries.models import (
    Callback,
    Enquiry,
    LinkExpired,
    LinkPurpose,
    LinkRejected,
    read_link,
)


@never_cache
@require_safe
def received(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the enquiry is safe; a receipt can be read for a few hours."""
    try:
        claim = read_link(token, purpose=LinkPurpose.RECEIVED, now=read_clock())
    except (LinkExpired, LinkRejected):
        return _private(render(request, "enquiries/no_receipt.html", status=HTTPStatus.GONE))
    enquiry = Enquiry.objects.filter(pk=claim.enquiry_id).first()
    if enquiry is None:
        return _private(render(request, "enquiries/no_receipt.html", status=HTTPStatus.GONE))
    context = {"enquiry": enquiry, "call_at": _call_at(enquiry)}
    return _private(render(request, "enquiries/received.html", context))


def _call_at(enquiry: Enquiry) -> str:
    callback: Callback | None = enquiry.callbacks.current().at_a_chosen_time().first()
    if callback is None or callback.starts_at is None or callback.ends_at is None:
        return ""
    return in_both_zones(
        starts_at=callback.starts_at,
        ends_at=callback.ends_at,
        zone=callback.zone,
        site_zone=settings.SITE_TIME_ZONE,
    )


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

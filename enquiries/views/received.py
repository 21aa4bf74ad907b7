"""The receipt of an enquiry: its reference, and what happens next."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as read_clock
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from enquiries import selfservice
from enquiries.letters import slot_in_both_zones
from enquiries.models import Enquiry, LinkExpired, LinkPurpose, LinkRejected, Resume, read_link
from enquiries.views.private import private


@never_cache
@require_safe
def received(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the enquiry is safe; a receipt can be read for a few hours."""
    try:
        claim = read_link(token, purpose=LinkPurpose.RECEIVED, now=read_clock())
    except (LinkExpired, LinkRejected):
        return private(render(request, "enquiries/no_receipt.html", status=HTTPStatus.GONE))
    enquiry = Enquiry.objects.filter(pk=claim.enquiry_id).first()
    if enquiry is None:
        return private(render(request, "enquiries/no_receipt.html", status=HTTPStatus.GONE))
    callback = enquiry.callbacks.current().first()
    is_newest = claim.version == enquiry.link_version
    visit = selfservice.Visit(enquiry=enquiry, by_letter=False)
    context = {
        "enquiry": enquiry,
        "call_at": slot_in_both_zones(callback),
        "token": token if is_newest else "",
        "has_resume": Resume.objects.filter(enquiry=enquiry, deleted_at=None).exists(),
        "may_add_resume": is_newest and selfservice.may_add_resume(visit),
    }
    return private(render(request, "enquiries/received.html", context))

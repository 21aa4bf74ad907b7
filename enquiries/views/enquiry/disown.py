"""The page behind "this was not me": opening shows, only sending does it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as read_clock
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enquiries import selfservice
from enquiries.views.enquiry.opening import REFUSALS, lost_page
from enquiries.views.private import private


# The token in the address is the proof, as for the other pages behind a link.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def disown(request: HttpRequest, token: str) -> HttpResponse:
    """Let someone who never asked say so: we withdraw the request and never write again."""
    now = read_clock()
    try:
        enquiry = selfservice.visit_to_disown(token, now=now)
    except tuple(REFUSALS) as refusal:
        return lost_page(request, status=REFUSALS[type(refusal)])
    is_done = selfservice.is_disowned(enquiry)
    if request.method == "POST":
        selfservice.disown(enquiry, now=now)
        is_done = True
    context = {"is_done": is_done, "reference": enquiry.reference}
    return private(render(request, "enquiries/enquiry/disown.html", context))

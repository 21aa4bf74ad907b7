"""The page behind a guardian's link: looking shows, only sending confirms."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as read_clock
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enquiries import confirmation
from enquiries.asking.notice import read_words
from enquiries.letters import initial
from enquiries.models import LinkExpired, LinkRejected, Purpose

LOOK = confirmation.enquiry_to_confirm
REFUSALS: dict[type[Exception], tuple[str, HTTPStatus]] = {
    LinkExpired: ("expired", HTTPStatus.GONE),
    LinkRejected: ("unknown", HTTPStatus.NOT_FOUND),
    confirmation.NothingToConfirm: ("closed", HTTPStatus.GONE),
    confirmation.RenewalRefused: ("renewed_before", HTTPStatus.GONE),
}


# The token in the address is the proof: whoever can forge a request knows it already. And a page
# that sends no referrer sends no origin either, which the usual check would refuse.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_guardian(request: HttpRequest, token: str) -> HttpResponse:
    """Let the guardian confirm, or ask once for a new link when the first has expired."""
    now, shown = read_clock(), request.POST.get("wording", "")
    words = read_words(now=now, shown=shown, purposes=[Purpose.GUARDIAN_CONFIRMATION])
    have_changed = bool(words.changed_since(shown))  # what was not read is not confirmed
    try:
        if "renew" in request.POST:
            confirmation.renew_link(token, now=now)
            return _answer(request, "renewed")
        confirms = request.method == "POST" and not have_changed
        act = confirmation.confirm_guardian if confirms else LOOK
        enquiry = act(token, now=now)
    except tuple(REFUSALS) as refusal:
        what, status = REFUSALS[type(refusal)]
        return _answer(request, what, status=status)
    is_open = not enquiry.guardian_confirmed_at
    return _answer(
        request,
        "open" if is_open else "confirmed",
        status=HTTPStatus.UNPROCESSABLE_CONTENT if is_open and have_changed else HTTPStatus.OK,
        child=initial(enquiry.given_name),
        reference=enquiry.reference,
        words=words,
        have_changed=have_changed,
    )


def _answer(
    request: HttpRequest, what: str, *, status: HTTPStatus = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    response = render(request, "enquiries/confirm.html", {"what": what, **context}, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

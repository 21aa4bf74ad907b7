"""Opening an enquiry by the token in the address, and what all pages behind it share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as read_clock
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enquiries import selfservice
from enquiries.followups import EnquiryClosed
from enquiries.forms import LostLinkForm
from enquiries.letters import slot_in_both_zones
from enquiries.models import Callback, Enquiry, LinkExpired, LinkPurpose, LinkRejected, sign_link
from enquiries.views.enquiry.words import masked_email, masked_phone, standing
from enquiries.views.private import private

REFUSALS: dict[type[Exception], HTTPStatus] = {
    LinkExpired: HTTPStatus.GONE,
    LinkRejected: HTTPStatus.NOT_FOUND,
}
SAID = {
    "moved": "Your call has a new time.",
    "any": "We call you at any time from 8:00 to 20:00 where you are.",
    "cancelled": "Your call is cancelled. We keep your request.",
    "contact": "We changed how we reach you.",
    "resume": "We have your résumé.",
    "confirmed": "Thank you. We know now that the address is yours.",
    "withdrawn": "Your request is withdrawn. We will not call you about it.",
    "deletion": "We will delete what we hold about you.",
    "closed": "Your request was closed or changed meanwhile, so nothing was done.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An enquiry that was opened by a link, and when."""

    visit: selfservice.Visit
    token: str
    now: datetime

    @property
    def enquiry(self) -> Enquiry:
        return self.visit.enquiry

    def callback(self) -> Callback | None:
        """Give the wish for a call that stands, if there is one."""
        found: Callback | None = self.enquiry.callbacks.current().first()
        return found


Page = Callable[[HttpRequest, Opened], HttpResponse]


def opened_by_link(page: Page) -> Callable[..., HttpResponse]:
    """
    Give a view that opens the enquiry first; what is sent by a letter's link proves the address.

    The token in the address is the proof: whoever can forge a request knows it already. And a
    page that sends no referrer sends no origin either, which the usual check would refuse.
    """

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        now = read_clock()
        try:
            visit = selfservice.visit(token, now=now)
        except tuple(REFUSALS) as refusal:
            return lost_page(request, status=REFUSALS[type(refusal)])
        if request.method == "POST" and visit.by_letter:
            selfservice.confirm_email(visit.enquiry, now=now)
        try:
            return private(page(request, Opened(visit=visit, token=token, now=now)))
        except (EnquiryClosed, selfservice.NotNow):
            return private(back(token, said="closed"))

    return view


def lost_page(
    request: HttpRequest, *, status: HTTPStatus = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    """Answer with the page that offers a new link."""
    shown = {"is_old": status != HTTPStatus.OK, "was_sent": False, "form": LostLinkForm()} | context
    return private(render(request, "enquiries/enquiry/lost.html", shown, status=status))


def back(token: str, *, said: str) -> HttpResponseRedirect:
    """Send the person back to the page of their enquiry, which tells what was done."""
    address = f"{reverse('enquiry:show', args=[token])}?said={said}"
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def token_without_proof(enquiry: Enquiry, *, now: datetime) -> str:
    """Make a token for a person whose address changed: they go on, but the new one is unproven."""
    return sign_link(enquiry, purpose=LinkPurpose.RECEIVED, now=now)


def answer(
    request: HttpRequest,
    opened: Opened,
    template: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    """Render a page about an opened enquiry."""
    enquiry, callback = opened.enquiry, opened.callback()
    shown = {
        "error": "",
        "enquiry": enquiry,
        "token": opened.token,
        "by_letter": opened.visit.by_letter,
        "callback": callback,
        "slot": slot_in_both_zones(callback),
        "standing": standing(enquiry),
        "email": masked_email(enquiry.contact_email),
        "phone": masked_phone(enquiry.contact_phone),
    }
    return render(request, f"enquiries/enquiry/{template}.html", shown | context, status=status)

"""The page of the contact form: blank from a copy rendered once, or as it was sent."""

from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

from crispy_forms.utils import render_crispy_form
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from enquiries import places
from enquiries.asking.carried import Carried
from enquiries.asking.notice import Notice
from enquiries.asking.times import Offer, site_zone
from enquiries.challenge import Challenge
from enquiries.forms import (
    CARRIED_GOES_HERE,
    NO_CALL_GOES_HERE,
    ContactForm,
    contact_helper,
    time_options,
)
from enquiries.models import PendingUpload
from enquiries.slots import LENGTH

PAGE, IN_PLACE = "enquiries/contact.html", "enquiries/contact.html#in_place"
DAYS_GO_HERE = SafeString('<option value="days"></option>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What travels with the form unseen: which one it is, and when it was opened."""

    submission_key: UUID
    opened: str
    wording: str


def blank_page(
    request: HttpRequest,
    *,
    hidden: Hidden,
    carried: Carried,
    offer: Offer,
    zone: ZoneInfo | None,
    notice: Notice,
    template: str = PAGE,
) -> HttpResponse:
    """Answer with the empty form; of its body only the days of a call are written anew."""
    body = blank_body(notice).replace(DAYS_GO_HERE, offer.days)
    if zone:
        option = f'<option value="{escape(zone.key)}"'
        body = body.replace(option, f"{option} selected", 1)
    return _page(request, body=body, hidden=hidden, carried=carried, offer=offer, template=template)


def sent_page(
    request: HttpRequest,
    *,
    form: ContactForm,
    hidden: Hidden,
    carried: Carried,
    offer: Offer,
    notice: Notice,
    waiting: PendingUpload | None,
    challenge: Challenge | None,
    status: HTTPStatus,
) -> HttpResponse:
    """Answer with the form as it was sent, with what is wrong in it."""
    form.waiting_file = waiting.original_name if waiting else ""
    form.offer(days=offer.days, times=offer.times)
    return _page(
        request,
        body=_body(form, notice=notice, waiting=waiting),
        hidden=hidden,
        carried=carried,
        offer=offer,
        has_errors=bool(form.errors),
        known=_known(form),
        challenge=challenge,
        status=status,
    )


@lru_cache(maxsize=2)
def blank_body(notice: Notice) -> str:
    # Beside the notice and the words to agree to, nothing in the blank form depends on the day.
    form = ContactForm(None, today=None, words=notice.words)
    here = site_zone()
    no_times = time_options([], length=LENGTH, zone=here, site_zone=here)
    form.offer(days=DAYS_GO_HERE, times=no_times)
    return _body(form, notice=notice, waiting=None)


def _body(form: ContactForm, *, notice: Notice, waiting: PendingUpload | None) -> str:
    context = {
        "firm": settings.FIRM,
        "notice": notice,
        "waiting": waiting,
        "site_city": places.city(settings.SITE_TIME_ZONE),
        "zone_is_known": bool(form.zone),
    }
    body: str = render_crispy_form(form, helper=contact_helper(form), context=context)
    return body


def _known(form: ContactForm) -> str:
    """Say whose contact the page asks for, as far as the answers tell."""
    if form.needs_guardian:
        return "minor"
    if form.is_adult:
        return "adult"
    return "child" if form.asks_guardian else ""


def _page(
    request: HttpRequest,
    *,
    body: str,
    hidden: Hidden,
    carried: Carried,
    offer: Offer,
    has_errors: bool = False,
    known: str = "",
    challenge: Challenge | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    template: str = PAGE,
) -> HttpResponse:
    shown = render_to_string("enquiries/contact.html#carried", {"carried": carried})
    body = body.replace(CARRIED_GOES_HERE, shown).replace(NO_CALL_GOES_HERE, offer.notice)
    context = {
        "body": mark_safe(body),  # noqa: S308 - rendered by our own templates
        "carried": carried,
        "hidden": hidden,
        "has_errors": has_errors,
        "known": known,
        "challenge": challenge,
    }
    return render(request, template, context, status=status)

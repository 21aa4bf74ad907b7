"""The page of the contact form: blank from a copy rendered once, or as it was sent."""

from dataclasses import dataclass
from datetime import datetime
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
from enquiries.forms import CARRIED_GOES_HERE, ContactForm, contact_helper
from enquiries.models import PendingUpload, Purpose, current_wording
from enquiries.views.carried import Carried

CALLBACKS_GO_HERE = SafeString('<option value="callbacks"></option>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What travels with the form unseen: which one it is, and when it was opened."""

    submission_key: UUID
    opened: str


def blank_page(
    request: HttpRequest,
    *,
    hidden: Hidden,
    carried: Carried,
    callbacks: SafeString,
    zone: ZoneInfo | None,
    now: datetime,
) -> HttpResponse:
    """Answer with the empty form; of its body only the times of a call are written anew."""
    body = blank_body(*words(now=now).items()).replace(CALLBACKS_GO_HERE, callbacks)
    if zone:
        option = f'<option value="{escape(zone.key)}"'
        body = body.replace(option, f"{option} selected", 1)
    return _page(request, body=body, hidden=hidden, carried=carried)


def sent_page(
    request: HttpRequest,
    *,
    form: ContactForm,
    hidden: Hidden,
    carried: Carried,
    waiting: PendingUpload | None,
    status: HTTPStatus,
) -> HttpResponse:
    """Answer with the form as it was sent, with what is wrong in it."""
    form.waiting_file = waiting.original_name if waiting else ""
    return _page(
        request,
        body=_body(form, waiting=waiting),
        hidden=hidden,
        carried=carried,
        has_errors=bool(form.errors),
        known=_known(form),
        status=status,
    )


def words(*, now: datetime) -> dict[str, str]:
    """Give the words that people agree to on the form, by purpose."""
    return {
        purpose: current_wording(purpose, now=now).text
        for purpose in (Purpose.PRIVACY, Purpose.GUARDIAN_DECLARATION)
    }


@lru_cache(maxsize=2)
def blank_body(*agreed: tuple[str, str]) -> str:
    # Beside the words to agree to, nothing in the blank form depends on the day.
    form = ContactForm(None, today=None, words=dict(agreed), callback_options=CALLBACKS_GO_HERE)
    return _body(form, waiting=None)


def _body(form: ContactForm, *, waiting: PendingUpload | None) -> str:
    context = {
        "firm": settings.FIRM,
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
    has_errors: bool = False,
    known: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    shown = render_to_string("enquiries/contact.html#carried", {"carried": carried})
    context = {
        "body": mark_safe(body.replace(CARRIED_GOES_HERE, shown)),  # noqa: S308 - rendered by our own templates
        "hidden": hidden,
        "has_errors": has_errors,
        "known": known,
    }
    return render(request, "enquiries/contact.html", context, status=status)

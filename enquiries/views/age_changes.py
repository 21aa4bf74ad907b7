"""The pages behind two links: where a guardian completes an enquiry, and where an adult agrees."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as read_clock
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enquiries import guardianship, majority
from enquiries.asking.notice import read_notice, read_words
from enquiries.forms import AgreeAnewForm, GuardianForm
from enquiries.letters import initial
from enquiries.models import Enquiry, LinkExpired, LinkRejected, Purpose
from enquiries.views.private import private

REFUSALS: dict[type[Exception], tuple[str, HTTPStatus]] = {
    LinkExpired: ("expired", HTTPStatus.GONE),
    LinkRejected: ("unknown", HTTPStatus.NOT_FOUND),
    guardianship.NoGuardianWanted: ("closed", HTTPStatus.GONE),
    majority.NothingToAgree: ("closed", HTTPStatus.GONE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one of the links asks for: how it is read, its form, and what the answer does."""

    template: str
    find: Callable[..., Enquiry]
    form: type[GuardianForm] | type[AgreeAnewForm]
    words: tuple[Purpose, ...]
    take: Callable[[Enquiry, Any, datetime], Enquiry]


def _take_guardian(enquiry: Enquiry, form: GuardianForm, now: datetime) -> Enquiry:
    return guardianship.give_guardian(enquiry, guardian=form.guardian(), now=now)


def _take_agreement(enquiry: Enquiry, form: AgreeAnewForm, now: datetime) -> Enquiry:
    typed = form.cleaned_data
    return majority.agree_anew(
        enquiry,
        email=typed["email"],
        phone=typed["phone"],
        phone_typed=form.phone_typed,
        now=now,
    )


GUARDIAN = Request(
    template="enquiries/give_guardian.html",
    find=guardianship.enquiry_to_complete,
    form=GuardianForm,
    words=(Purpose.PRIVACY, Purpose.GUARDIAN_DECLARATION),
    take=_take_guardian,
)
AGREEMENT = Request(
    template="enquiries/agree_anew.html",
    find=majority.enquiry_to_agree,
    form=AgreeAnewForm,
    words=(Purpose.ADULT_RECONSENT,),
    take=_take_agreement,
)


# The token in the address is the proof, as on the page where a guardian confirms.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_guardian(request: HttpRequest, token: str) -> HttpResponse:
    """Let a parent or guardian complete the enquiry of a young person; opening changes nothing."""
    return _answer(request, token, asked=GUARDIAN)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agree_anew(request: HttpRequest, token: str) -> HttpResponse:
    """Let a person who is now an adult give their contact and agree; opening changes nothing."""
    return _answer(request, token, asked=AGREEMENT)


def _answer(request: HttpRequest, token: str, *, asked: Request) -> HttpResponse:
    now = read_clock()
    try:
        enquiry = asked.find(token, now=now)
        shown = request.POST.get("wording", "")
        words = read_words(now=now, shown=shown, purposes=asked.words)
        typed = request.POST if request.method == "POST" else None
        changed = words.changed_since(shown)
        form = asked.form(typed, enquiry=enquiry, words=words.words, changed=changed)
        if form.is_valid():
            asked.take(enquiry, form, now)
            return _page(request, asked, "done", reference=enquiry.reference)
    except tuple(REFUSALS) as refusal:
        what, status = REFUSALS[type(refusal)]
        return _page(request, asked, what, status=status)
    return _page(
        request,
        asked,
        "open",
        status=HTTPStatus.UNPROCESSABLE_CONTENT if form.is_bound else HTTPStatus.OK,
        form=form,
        notice=read_notice(now=now),
        wording=words.wording,
        reference=enquiry.reference,
        child=initial(enquiry.given_name),
    )


def _page(
    request: HttpRequest,
    asked: Request,
    what: str,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    return private(render(request, asked.template, {"what": what, **context}, status=status))

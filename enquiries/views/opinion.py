"""The page that asks whether a call helped: opening it shows, only sending keeps an answer."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as read_clock
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enquiries import opinions
from enquiries.forms import OpinionForm
from enquiries.models import CallAttempt, CallOpinion, Helped, LinkExpired, LinkRejected
from enquiries.views.private import private

REFUSALS: dict[type[Exception], tuple[str, HTTPStatus]] = {
    LinkExpired: ("expired", HTTPStatus.GONE),
    LinkRejected: ("unknown", HTTPStatus.NOT_FOUND),
    opinions.NothingToAsk: ("closed", HTTPStatus.GONE),
}


# The token in the address is the proof, as on the page where a guardian confirms.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def helped(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether a call helped, and keep the answer; it can be changed while the link lives."""
    now = read_clock()
    try:
        attempt = opinions.call_to_judge(token, now=now)
        typed = request.POST if request.method == "POST" else None
        form = OpinionForm(typed, given=_given(attempt))
        if form.is_valid():
            opinions.give_opinion(
                attempt,
                helped=Helped(form.cleaned_data["helped"]),
                words=form.cleaned_data["words"],
                now=now,
            )
            return _page(request, "done")
    except tuple(REFUSALS) as refusal:
        what, status = REFUSALS[type(refusal)]
        return _page(request, what, status=status)
    status = HTTPStatus.UNPROCESSABLE_CONTENT if form.is_bound else HTTPStatus.OK
    return _page(request, "open", status=status, form=form)


def _given(attempt: CallAttempt) -> dict[str, str]:
    """Show which answer was given before, and no words: the link may be in others' hands."""
    opinion = CallOpinion.objects.filter(attempt=attempt).first()
    return {"helped": opinion.helped} if opinion else {}


def _page(
    request: HttpRequest, what: str, *, status: HTTPStatus = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    page = render(request, "enquiries/helped.html", {"what": what, **context}, status=status)
    return private(page)

"""The contact form: shown, read, and handed to the domain once it is complete."""

from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.timezone import now as read_clock
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from enquiries import abuse, bookings, places, submission, uploads
from enquiries.asking import times
from enquiries.asking.carried import read_carried
from enquiries.asking.notice import read_notice
from enquiries.challenge import new_challenge
from enquiries.forms import SLOT_CLOSED, read_day
from enquiries.guardian import GuardianDecision
from enquiries.models import Enquiry, LinkPurpose, PendingUpload, sign_link
from enquiries.views import oddness
from enquiries.views.client import client_address
from enquiries.views.page import IN_PLACE, PAGE, Hidden, blank_page
from enquiries.views.sent import Sent, answer_again, read_sent, settle_upload
from enquiries.views.streaming import BodyRefused, read_body

EXPIRED = (
    "This page was open for more than 4 hours. We kept what you typed. "
    "Look through it and send it again."
)
TOO_FAST = "That was very quick. Look through your answers, then send them again."
NOT_FROM_OUR_PAGE = (
    "We could not be sure that this came from our page. We kept what you typed. Send it again. "
    "If this happens twice, let your browser keep cookies for this site."
)
SLOT_TAKEN = "Others were quicker: no place is left at that time. Choose another time."


class SeeOther(HttpResponseRedirect):
    """The answer to a form that was taken: look at another page."""

    status_code = HTTPStatus.SEE_OTHER


@csrf_exempt  # the inner view checks, once the body has been read in our own way
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the contact form, or take it in."""
    if request.method != "POST":
        return _for_one_browser(_show(request, template=PAGE))
    try:
        read_body(request)
    except BodyRefused as refused:
        answer = render(request, "enquiries/unreadable.html", status=refused.status)
    else:
        answer = _take(request)
    add_never_cache_headers(answer)
    return answer


@never_cache
@require_safe
def form_in_place(request: HttpRequest) -> HttpResponse:
    """Show the empty form alone, for the page on which someone asked for it."""
    return _show(request, template=IN_PLACE)


@never_cache
@require_safe
def call_times(request: HttpRequest) -> HttpResponse:
    """Give the days of a call for a city and the times of one day, for a form that is open."""
    name = places.zone_names().get(request.GET.get("time_zone", ""))
    offer = times.make_offer(
        now=read_clock(),
        zone=ZoneInfo(name) if name else None,
        day=read_day(request.GET.get("day", "")),
    )
    return render(request, "enquiries/contact.html#offer", {"offer": offer})


@never_cache
def without_token(request: HttpRequest) -> HttpResponse:
    """Give back a form that came without its CSRF token, with everything typed."""
    now = read_clock()
    sent = read_sent(request, now=now)
    sent.form.forgive()
    sent.form.add_error(None, NOT_FROM_OUR_PAGE)
    return answer_again(
        request,
        sent=sent,
        file_left_out=bool(request.FILES),
        now=now,
        status=HTTPStatus.FORBIDDEN,
    )


@csrf_protect
def _show(request: HttpRequest, *, template: str) -> HttpResponse:
    now = read_clock()
    name = places.zone_names().get(request.GET.get("time_zone", ""))
    zone = ZoneInfo(name) if name else None
    notice = read_notice(now=now)
    return blank_page(
        request,
        hidden=Hidden(submission_key=uuid4(), opened=abuse.sign_time(now), wording=notice.wording),
        carried=read_carried(request.GET, occupations="o", qualifications="q"),
        offer=times.offer_for_now(now=now, zone=zone),
        zone=zone,
        notice=notice,
        template=template,
    )


@csrf_protect
def _take(request: HttpRequest) -> HttpResponse:
    now = read_clock()
    sent = read_sent(request, now=now)
    form = sent.form
    form.full_clean()
    left_out = oddness.leaves_file_out(request, form, sent.submission_key, now=now)
    upload = settle_upload(sent, now=now)
    again = partial(
        answer_again, request, sent=sent, upload=upload, file_left_out=left_out, now=now
    )
    if "show_times" in request.POST:
        form.forgive()
        return again(status=HTTPStatus.OK)
    status = HTTPStatus.UNPROCESSABLE_CONTENT
    if form.is_valid():
        try:
            abuse.check_time(sent.opened, now=now)
            enquiry = _submit(request, sent=sent, upload=upload, file_left_out=left_out, now=now)
        except oddness.OneMoreQuestion:
            wrong = "challenge" in request.POST
            asked = new_challenge(sent.submission_key, now=now, again=wrong)
            return again(status=status, challenge=asked)
        except abuse.FormExpired:
            form.add_error(None, EXPIRED)
        except abuse.FilledTooFast:
            form.add_error(None, TOO_FAST)
        except bookings.SlotClosed as closed:
            times.forget_offers()
            taken = isinstance(closed, bookings.SlotTaken)
            form.add_error("callback", SLOT_TAKEN if taken else SLOT_CLOSED)
        except uploads.UploadGone:
            pass  # the page says so
        else:
            token = sign_link(enquiry, purpose=LinkPurpose.RECEIVED, now=now)
            return SeeOther(reverse("enquiries:received", args=[token]))
    return again(status=status)


def _submit(
    request: HttpRequest,
    *,
    sent: Sent,
    upload: PendingUpload | None,
    file_left_out: bool,
    now: datetime,
) -> Enquiry:
    if file_left_out:
        raise oddness.OneMoreQuestion
    form = sent.form
    decision = cast(GuardianDecision, form.decision)  # no form is valid without a date of birth
    details = form.details(
        occupations=sent.carried.occupations, qualifications=sent.carried.qualifications
    )
    guardian = form.guardian()
    contacts = [guardian.email, guardian.phone] if guardian else [details.email, details.phone]
    flags = abuse.count_submission(address=client_address(request), contacts=contacts, now=now)
    flags |= oddness.flags(request, details, opened=sent.opened, now=now)
    oddness.ask_more(request, sent.submission_key, flags=flags, now=now)
    return submission.submit_enquiry(
        details,
        decision=decision,
        submission_key=sent.submission_key,
        now=now,
        guardian=guardian,
        upload=upload,
        flags=flags,
    )


def _for_one_browser(response: HttpResponse) -> HttpResponse:
    """
    Let the browser that asked keep the empty form, and nobody else.

    Whoever goes back to it after sending finds the form that was sent, by its key; sent again, it
    is the same enquiry. What was typed is the browser's own to keep.
    """
    response.headers["Cache-Control"] = "private, no-cache"
    del response.headers["Vary"]  # else the cookie that came with it makes the kept copy useless
    return response

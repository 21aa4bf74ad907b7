"""The contact form: shown, read, and handed to the domain once it is complete."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from http import HTTPStatus
from typing import cast
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as read_clock
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from enquiries import abuse, bookings, places, submission, uploads
from enquiries.checking import check_resume
from enquiries.forms import SLOT_CLOSED, AgeForm, ContactForm, read_slot_id
from enquiries.guardian import GuardianDecision, decide
from enquiries.models import Enquiry, Flag, LinkPurpose, PendingUpload, sign_link
from enquiries.views import times
from enquiries.views.carried import Carried, read_carried
from enquiries.views.client import client_address
from enquiries.views.page import Hidden, blank_page, sent_page, words
from enquiries.views.streaming import BodyRefused, read_body

LAST_ON_EARTH = timezone(timedelta(hours=-12))  # where each date ends last
EXPIRED = (
    "This page was open for more than 4 hours. We kept what you typed. "
    "Look through it and send it again."
)
TOO_FAST = "That was very quick. Look through your answers, then send them again."
NOT_FROM_OUR_PAGE = (
    "We could not be sure that this came from our page. We kept what you typed. Send it again. "
    "If this happens twice, let your browser keep cookies for this site."
)
CHOOSE_AGAIN = "We did not keep the file. Choose it again."
UPLOAD_GONE = "We keep a file for one hour only. Choose it again."


class SeeOther(HttpResponseRedirect):
    """The answer to a form that was taken: look at another page."""

    status_code = HTTPStatus.SEE_OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form as it was sent, with everything that was read beside its fields."""

    form: ContactForm
    carried: Carried
    submission_key: UUID
    opened: str
    kept_resume: str  # the SHA-256 of the file that the page said we kept


@csrf_exempt  # the inner view checks, once the body has been read in our own way
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the contact form, or take it in."""
    if request.method == "POST":
        try:
            read_body(request)
        except BodyRefused as refused:
            return render(request, "enquiries/unreadable.html", status=refused.status)
    return _new(request)


@never_cache
def without_token(request: HttpRequest) -> HttpResponse:
    """Give back a form that came without its CSRF token, with everything typed."""
    now = read_clock()
    sent = _read(request, now=now)
    sent.form.forgive()
    sent.form.add_error(None, NOT_FROM_OUR_PAGE)
    if request.FILES:
        sent.form.add_error("resume", CHOOSE_AGAIN)
    return _again(request, sent=sent, now=now, status=HTTPStatus.FORBIDDEN)


@csrf_protect
def _new(request: HttpRequest) -> HttpResponse:
    return _take(request) if request.method == "POST" else _show(request)


def _show(request: HttpRequest) -> HttpResponse:
    now = read_clock()
    name = places.zone_names().get(request.GET.get("time_zone", ""))
    zone = ZoneInfo(name) if name else None
    return blank_page(
        request,
        hidden=Hidden(submission_key=uuid4(), opened=abuse.sign_time(now)),
        carried=read_carried(request.GET, occupations="o", qualifications="q"),
        callbacks=times.options_for_now(now=now, zone=zone),
        zone=zone,
        now=now,
    )


def _take(request: HttpRequest) -> HttpResponse:
    now = read_clock()
    sent = _read(request, now=now)
    form = sent.form
    form.full_clean()
    upload = _settle_upload(sent, now=now)
    if "show_times" in request.POST:
        form.forgive()
        return _again(request, sent=sent, upload=upload, now=now, status=HTTPStatus.OK)
    if form.is_valid():
        try:
            abuse.check_time(sent.opened, now=now)
            enquiry = _submit(request, sent=sent, upload=upload, now=now)
        except abuse.FormExpired:
            form.add_error(None, EXPIRED)
        except abuse.FilledTooFast:
            form.add_error(None, TOO_FAST)
        except bookings.SlotClosed:
            form.add_error("callback", SLOT_CLOSED)
        except uploads.UploadGone:
            pass  # the page says so
        else:
            token = sign_link(enquiry, purpose=LinkPurpose.RECEIVED, now=now)
            return SeeOther(reverse("enquiries:received", args=[token]))
    status = HTTPStatus.UNPROCESSABLE_CONTENT
    return _again(request, sent=sent, upload=upload, now=now, status=status)


def _read(request: HttpRequest, *, now: datetime) -> Sent:
    """Read what was sent; the guardian decision is made here, once, and handed on."""
    typed = request.POST
    today = now.astimezone(LAST_ON_EARTH).date()
    age = AgeForm(typed, today=today)
    age.full_clean()
    decision = None
    if born := age.cleaned_data.get("date_of_birth"):
        decision = decide(
            born=born,
            now=now,
            enquirer_zone=age.zone or times.site_zone(),
            site_zone=times.site_zone(),
        )
        today = decision.decided_on
    key = _submission_key(typed.get("submission_key", ""))
    chosen = read_slot_id(typed.get("callback", ""))
    offered = times.offered(now=now, zone=age.zone, chosen=chosen)
    booked = []
    if chosen and chosen not in offered and submission.has_booked(key, starts_at=chosen):
        booked.append(chosen)  # by a click whose answer was lost: the same enquiry again
    form = ContactForm(
        typed,
        request.FILES,
        today=today,
        words=words(now=now),
        decision=decision,
        callbacks=[*offered, *booked],
        callback_options=times.options(offered, zone=age.zone),
        check_file=check_resume,
    )
    return Sent(
        form=form,
        carried=read_carried(typed, occupations="occupations", qualifications="qualifications"),
        submission_key=key,
        opened=typed.get("opened", ""),
        kept_resume=typed.get("kept_resume", ""),
    )


def _settle_upload(sent: Sent, *, now: datetime) -> PendingUpload | None:
    """
    Keep a file that passed the checks; of a person under 18 keep none, not for a moment.

    Without one, give the file that waits, or that the page before said we kept.
    """
    form, key = sent.form, sent.submission_key
    file = form.cleaned_data.get("resume")
    if form.asks_guardian or (form.cleaned_data.get("discard_resume") and not file):
        uploads.drop_upload(key)
        return None
    if file and (kind := form.resume_format):
        return uploads.keep_upload(file, submission_key=key, name=file.name, kind=kind, now=now)
    waiting = uploads.pending_upload(key, now=now)
    return waiting or uploads.named_upload(key, sha256=sent.kept_resume)


def _submit(
    request: HttpRequest, *, sent: Sent, upload: PendingUpload | None, now: datetime
) -> Enquiry:
    form = sent.form
    decision = cast(GuardianDecision, form.decision)  # no form is valid without a date of birth
    details = form.details(
        occupations=sent.carried.occupations, qualifications=sent.carried.qualifications
    )
    guardian = form.guardian()
    contacts = [guardian.email, guardian.phone] if guardian else [details.email, details.phone]
    flags = abuse.count_submission(address=client_address(request), contacts=contacts, now=now)
    if form.cleaned_data["website"]:
        flags |= {Flag.HONEYPOT}
    return submission.submit_enquiry(
        details,
        decision=decision,
        submission_key=sent.submission_key,
        now=now,
        guardian=guardian,
        upload=upload,
        flags=flags,
    )


def _again(
    request: HttpRequest,
    *,
    sent: Sent,
    now: datetime,
    status: HTTPStatus,
    upload: PendingUpload | None = None,
) -> HttpResponse:
    waiting = uploads.pending_upload(sent.submission_key, now=now)
    if upload and not waiting:
        sent.form.add_error("resume", UPLOAD_GONE)
    return sent_page(
        request,
        form=sent.form,
        hidden=Hidden(
            submission_key=sent.submission_key, opened=_usable_time(sent.opened, now=now)
        ),
        carried=sent.carried,
        waiting=waiting,
        status=status,
    )


def _usable_time(opened: str, *, now: datetime) -> str:
    """Give the time token to go on with: an expired one is replaced, ready to send at once."""
    try:
        abuse.check_time(opened, now=now)
    except abuse.FormExpired:
        return abuse.sign_time(now - timedelta(seconds=settings.ENQUIRY_MIN_FILL_SECONDS))
    except abuse.FilledTooFast:
        return opened
    return opened


def _submission_key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()

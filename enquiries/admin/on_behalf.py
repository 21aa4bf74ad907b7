"""A new enquiry for someone who is on the phone, by the rules of the contact form."""

from datetime import datetime
from http import HTTPStatus
from typing import cast
from uuid import UUID, uuid4

from crispy_forms.utils import render_crispy_form
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from enquiries import bookings, places
from enquiries.admin.staff import signed_in
from enquiries.asking import times
from enquiries.asking.age import read_age
from enquiries.asking.carried import Carried, read_carried
from enquiries.asking.notice import Notice, read_notice
from enquiries.forms import (
    CARRIED_GOES_HERE,
    NO_CALL_GOES_HERE,
    SLOT_CLOSED,
    OnBehalfForm,
    on_behalf_helper,
)
from enquiries.guardian import GuardianDecision
from enquiries.models import Enquiry
from enquiries.on_behalf import take_down

NEEDED = ("enquiries.add_enquiry", "enquiries.claim_enquiry", "enquiries.add_callattempt")
SLOT_TAKEN = "No place is left at that time. Choose another time."


def on_behalf(request: HttpRequest) -> HttpResponse:
    """Ask what staff ask a caller; store it with the call, or give it back as it was typed."""
    user, now = signed_in(request), timezone.now()
    if not user.has_perms(NEEDED):
        raise PermissionDenied
    notice = read_notice(now=now, shown=request.POST.get("wording", ""))
    if request.method != "POST":
        form = OnBehalfForm(None, today=None, words=notice.words)
        return _page(
            request,
            form=form,
            key=uuid4(),
            carried=read_carried(request.GET, occupations="o", qualifications="q"),
            offer=times.offer_for_now(now=now, zone=None),
            notice=notice,
        )
    key, form = _key(request.POST.get("submission_key", "")), _read(request, notice=notice, now=now)
    carried = read_carried(request.POST, occupations="occupations", qualifications="qualifications")
    status = HTTPStatus.UNPROCESSABLE_CONTENT
    form.full_clean()
    if "show_times" in request.POST:
        form.forgive()
        status = HTTPStatus.OK
    elif form.is_valid():
        try:
            enquiry = take_down(
                form.details(
                    occupations=carried.occupations, qualifications=carried.qualifications
                ),
                decision=cast(GuardianDecision, form.decision),  # valid forms have a birth date
                submission_key=key,
                caller=form.caller_named,
                by=user,
                now=now,
                guardian=form.guardian(),
            )
        except bookings.SlotClosed as closed:
            times.forget_offers()
            taken = isinstance(closed, bookings.SlotTaken)
            form.add_error("callback", SLOT_TAKEN if taken else SLOT_CLOSED)
        else:
            messages.success(request, f"{enquiry.reference} is taken down, and it is yours.")
            address = reverse("admin:enquiries_enquiry_change", args=[enquiry.pk])
            return HttpResponseRedirect(address)
    offer = times.renew_offer(form, submission_key=key, now=now)
    return _page(
        request, form=form, key=key, carried=carried, offer=offer, notice=notice, status=status
    )


def _read(request: HttpRequest, *, notice: Notice, now: datetime) -> OnBehalfForm:
    age = read_age(request.POST, now=now)
    return OnBehalfForm(
        request.POST,
        today=age.today,
        words=notice.words,
        changed=notice.changed_since(request.POST.get("wording", "")),
        decision=age.decision,
        zone=age.zone or times.site_zone(),
        can_call=times.any_call(now=now, zone=age.zone),
    )


def _page(
    request: HttpRequest,
    *,
    form: OnBehalfForm,
    key: UUID,
    carried: Carried,
    offer: times.Offer,
    notice: Notice,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    form.offer(days=offer.days, times=offer.times)
    context = {
        "firm": settings.FIRM,
        "notice": notice,
        "site_city": places.city(settings.SITE_TIME_ZONE),
        "zone_is_known": bool(form.zone),
    }
    body = render_crispy_form(form, helper=on_behalf_helper(form), context=context)
    shown = render_to_string("enquiries/contact.html#carried", {"carried": carried})
    body = body.replace(CARRIED_GOES_HERE, shown).replace(NO_CALL_GOES_HERE, offer.notice)
    return TemplateResponse(
        request,
        "admin/enquiries/on_behalf/page.html",
        {
            **admin.site.each_context(request),
            "opts": Enquiry._meta,
            "title": "New enquiry for a caller",
            "body": mark_safe(body),  # noqa: S308 - rendered by our own templates
            "known": _known(form),
            "has_errors": bool(form.errors),
            "submission_key": key,
            "wording": notice.wording,
        },
        status=status,
    )


def _known(form: OnBehalfForm) -> str:
    """Say whose contact the page asks for, as far as the answers tell."""
    if form.decision is None:
        return "child" if form.asks_guardian else ""
    return "minor" if form.needs_guardian else "adult"


def _key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()

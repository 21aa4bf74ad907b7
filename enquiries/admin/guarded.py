"""What only leads do, for a reason and after saying again who they are: export, hold, erase."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from http import HTTPStatus

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.options import Action as BarAction
from django.contrib.admin.options import ActionLocation
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from enquiries.admin.audit_forms import DayInput
from enquiries.admin.forms import DeskForm
from enquiries.admin.staff import signed_in
from enquiries.erasure import OnLegalHold, erase_enquiry, what_goes
from enquiries.exporting import MOST, TooMany, choose, export_enquiries
from enquiries.legal_hold import hold_by_law, release_by_law
from enquiries.models import Enquiry
from enquiries.transitions import CLOSED_STATES, OPEN_STATES

NAME_NOBODY = "Name nobody: this is kept."
MOST_TICKED = 200  # enquiries of the queue at once
USUAL_PERIOD = timedelta(days=30)
PARTS = {"open": OPEN_STATES, "closed": CLOSED_STATES, "all": OPEN_STATES | CLOSED_STATES}


class WhyForm(DeskForm):
    why = forms.CharField(label="Why", help_text=NAME_NOBODY, max_length=200)


class HoldForm(WhyForm):
    # What the page offered, so that sending it twice does not end what it began.
    to = forms.ChoiceField(choices=[("hold", "Hold"), ("end", "End")], widget=forms.HiddenInput)


class ExportForm(DeskForm):
    since = forms.DateField(label="Came from", widget=DayInput())
    until = forms.DateField(label="To and with", widget=DayInput())
    part = forms.ChoiceField(
        label="Which", choices=[("open", "Open"), ("closed", "Closed"), ("all", "All")]
    )
    chosen = forms.RegexField(
        r"^\d{1,18}(,\d{1,18})*$", required=False, max_length=4000, widget=forms.HiddenInput
    )
    why = forms.CharField(
        label="What it is for",
        help_text=NAME_NOBODY,
        max_length=500,
        error_messages={"required": "Say what the export is for."},
    )

    def numbers(self) -> list[int]:
        """List the enquiries that were chosen one by one; none if a period chooses."""
        chosen: str = self.cleaned_data["chosen"]
        return [int(each) for each in chosen.split(",") if each]

    def came(self) -> tuple[datetime, datetime]:
        """Give the first instant of the period, and the one after its last."""
        typed = self.cleaned_data
        return _midnight(typed["since"]), _midnight(typed["until"] + timedelta(days=1))


def export_action(user: User) -> dict[str, BarAction | None]:
    """Give what exports the enquiries that are ticked in the queue, if ``user`` may."""
    if not user.has_perm("enquiries.export_enquiry"):
        return {}
    action = BarAction(
        func=_export_ticked,
        name="export",
        description="Export…",
        plural_description="Export…",
        locations=[ActionLocation.CHANGE_LIST],
    )
    return {"export": action}


def _export_ticked(
    _admin: ModelAdmin, _request: HttpRequest, ticked: QuerySet[Enquiry]
) -> HttpResponseRedirect:
    numbers = ticked.order_by("created_at", "pk").values_list("pk", flat=True)[:MOST_TICKED]
    chosen = ",".join(map(str, numbers))
    return HttpResponseRedirect(f"{reverse('admin:enquiries_enquiry_export')}?chosen={chosen}")


def guarded_urls(site: AdminSite) -> list[URLPattern]:
    """List the addresses, to stand below those of enquiries."""
    pages: list[tuple[str, str, Callable[..., HttpResponseBase]]] = [
        ("export/", "export", _export),
        ("<int:pk>/hold/", "hold", _hold),
        ("<int:pk>/erase/", "erase", _erase),
    ]
    return [
        path(route, site.admin_view(partial(page, site=site)), name=f"enquiries_enquiry_{name}")
        for route, name, page in pages
    ]


def _export(request: HttpRequest, *, site: AdminSite) -> HttpResponseBase:
    """Ask what to export and what for; then record it and let the table go."""
    user = _check(request, "enquiries.export_enquiry")
    today = timezone.localdate()
    usual = {"since": today - USUAL_PERIOD, "until": today, "part": "open"}
    usual["chosen"] = request.GET.get("chosen", "")
    form = ExportForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_valid():
        states = sorted(PARTS[form.cleaned_data["part"]])
        try:
            numbers = choose(came=form.came(), states=states, numbers=form.numbers())
        except TooMany:
            form.add_error(None, f"These are more than {MOST:,} enquiries. Choose fewer.")
        else:
            now = timezone.now()
            lines = export_enquiries(numbers, by=user, why=form.cleaned_data["why"], now=now)
            headers = {
                "Content-Disposition": f'attachment; filename="enquiries-{today:%Y-%m-%d}.csv"',
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
            }
            return StreamingHttpResponse(
                lines, content_type="text/csv; charset=utf-8", headers=headers
            )
    many = len(str(form["chosen"].value() or "").split(",")) if form["chosen"].value() else 0
    more = {"most": MOST, "many": many}
    return _page(request, site, "export", title="Export enquiries", form=form, **more)


def _hold(request: HttpRequest, pk: int, *, site: AdminSite) -> HttpResponseBase:
    """Put an enquiry on legal hold, or end the hold it is on."""
    user = _check(request, "enquiries.hold_enquiry")
    enquiry = get_object_or_404(Enquiry, pk=pk)
    usual = {"to": "end" if enquiry.legal_hold_since else "hold"}
    form = HoldForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_valid():
        ends = form.cleaned_data["to"] == "end"
        verb = release_by_law if ends else hold_by_law
        if verb(enquiry, by=user, why=form.cleaned_data["why"], now=timezone.now()):
            done = "no longer on legal hold" if ends else "on legal hold"
            messages.success(request, f"{enquiry.reference} is {done}.")
        else:
            messages.info(request, "Nothing was changed: a colleague was quicker.")
        return HttpResponseRedirect(reverse("admin:enquiries_enquiry_change", args=[pk]))
    title = "End the legal hold" if enquiry.legal_hold_since else "Put on legal hold"
    return _page(request, site, "hold", title=title, form=form, enquiry=enquiry)


def _erase(request: HttpRequest, pk: int, *, site: AdminSite) -> HttpResponseBase:
    """Show what would go, ask why, then erase it all."""
    user = _check(request, "enquiries.erase_enquiry")
    enquiry = get_object_or_404(Enquiry, pk=pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            erasure = erase_enquiry(
                enquiry, why=form.cleaned_data["why"], now=timezone.now(), by=user
            )
        except OnLegalHold:
            form.add_error(None, "It, or one that repeats it, is on legal hold. It must be kept.")
        else:
            messages.success(request, f"{erasure.reference} is erased.")
            return HttpResponseRedirect(reverse("admin:enquiries_enquiry_changelist"))
    goes = what_goes(enquiry)
    return _page(
        request, site, "erase", title="Erase an enquiry", form=form, enquiry=enquiry, goes=goes
    )


def _check(request: HttpRequest, permission: str) -> User:
    """
    Give who is signed in, if they may and if they said again who they are in the last 5 minutes.

    :raises PermissionDenied: naming the permission that is missing
    """
    user = signed_in(request)
    if not user.has_perms(["enquiries.view_enquiry", permission]):
        raise PermissionDenied(permission)
    raise_if_reauthentication_required(request, app="enquiries")
    return user


def _page(
    request: HttpRequest, site: AdminSite, name: str, *, form: forms.Form, **more: object
) -> TemplateResponse:
    context = {
        **site.each_context(request),
        "subtitle": None,
        "is_popup": False,
        "form": form,
        **more,
    }
    status = HTTPStatus.UNPROCESSABLE_CONTENT if form.is_bound else HTTPStatus.OK
    return TemplateResponse(request, f"admin/enquiries/enquiry/{name}.html", context, status=status)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))

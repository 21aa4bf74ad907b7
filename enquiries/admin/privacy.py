"""Privacy as leads look after it: words to agree to, requests for data, what is gone."""

from typing import Any, override

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, Model, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from enquiries.admin import times
from enquiries.admin.audit_tabs import TabbedAdmin
from enquiries.admin.filters import PartFilter
from enquiries.admin.paginator import BoundedPaginator
from enquiries.admin.staff import signed_in
from enquiries.admin.titled import Titled
from enquiries.data_requests import carry_out_deletion
from enquiries.erasure import OnLegalHold
from enquiries.models import DataRequest, DataRequestKind, Erasure, Wording
from occupations.admin import ReadOnlyAdmin

MAY_ERASE = "enquiries.change_datarequest"


class WordingForm(forms.ModelForm):
    """New words come into force today or later: what was agreed to stays as it was."""

    def clean_in_force_on(self) -> object:
        on = self.cleaned_data["in_force_on"]
        if on < timezone.localdate():
            raise ValidationError("Choose today or a day to come.", code="past")
        return on


@admin.register(Wording)
class WordingAdmin(Titled):
    list_title = "What people agree to"
    form = WordingForm
    list_display = ("purpose", "version", "in_force_on", "text")
    list_filter = ("purpose",)
    show_full_result_count = False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class OpenFilter(PartFilter):
    title = "progress"
    parameter_name = "progress"
    unless_told = "open"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        return {
            "open": ("To do", Q(done_at=None)),
            "all": ("All", Q()),
        }


@admin.register(DataRequest)
class DataRequestAdmin(Titled, ReadOnlyAdmin):
    list_title = "What people asked of their data"
    list_display = ("kind", "enquiry_", "asked", "due", "done")
    list_display_links = None
    list_filter = (OpenFilter, "kind")
    list_select_related = ("enquiry",)
    ordering = ("due_at", "id")
    paginator = BoundedPaginator

    @override
    def get_list_display(self, request: HttpRequest) -> list[Any]:
        may_erase = signed_in(request).has_perm(MAY_ERASE)
        return [*self.list_display, *(["erase"] if may_erase else [])]

    @override
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.erase_one)
        erase = path("<int:pk>/erase/", view, name="enquiries_datarequest_erase")
        return [erase, *super().get_urls()]

    def erase_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Erase what a person asked to have deleted, once staff said again who they are."""
        user = signed_in(request)
        if not user.has_perm(MAY_ERASE):
            raise PermissionDenied
        asked = DataRequest.objects.open().filter(kind=DataRequestKind.DELETION)
        request_for = get_object_or_404(asked.select_related("enquiry"), pk=pk)
        if request.method == "POST":
            raise_if_reauthentication_required(request, app="enquiries")
            try:
                erasure = carry_out_deletion(request_for, by=user, now=timezone.now())
            except OnLegalHold:
                messages.error(request, "This enquiry is on legal hold. It cannot be erased.")
            else:
                messages.success(request, f"{erasure.reference} is erased.")
        return HttpResponseRedirect(reverse("admin:enquiries_datarequest_changelist"))

    @admin.display(description="Enquiry", ordering="enquiry__reference")
    def enquiry_(self, asked: DataRequest) -> SafeString:
        address = reverse("admin:enquiries_enquiry_change", args=[asked.enquiry_id])
        return format_html('<a href="{}">{}</a>', address, asked.enquiry)

    @admin.display(description="Asked", ordering="asked_at")
    def asked(self, asked: DataRequest) -> str:
        return times.at_site(asked.asked_at)

    @admin.display(description="Due", ordering="due_at")
    def due(self, asked: DataRequest) -> str:
        return times.at_site(asked.due_at)

    @admin.display(description="Done", ordering="done_at")
    def done(self, asked: DataRequest) -> str:
        return times.at_site(asked.done_at) if asked.done_at else "Not yet"

    @admin.display(description="Erase")
    def erase(self, asked: DataRequest) -> SafeString:
        if asked.kind != DataRequestKind.DELETION or asked.done_at:
            return SafeString("")
        return format_html(
            '<button type="submit" class="button quiet-button" formaction="{}">Erase now'
            '<span class="visually-hidden">: {}</span></button>',
            reverse("admin:enquiries_datarequest_erase", args=[asked.pk]),
            asked.enquiry,
        )


@admin.register(Erasure)
class ErasureAdmin(TabbedAdmin, ReadOnlyAdmin):
    list_display = ("reference", "erased", "why", "by")
    list_select_related = ("by",)
    ordering = ("-at", "-id")
    paginator = BoundedPaginator
    search_fields = ("=reference",)
    search_help_text = "A reference."

    @admin.display(description="Erased", ordering="at")
    def erased(self, erasure: Erasure) -> str:
        return times.at_site(erasure.at)

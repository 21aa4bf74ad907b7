"""The office as leads keep it: hours, closures, absences, notice."""

from dataclasses import dataclass
from typing import Any, override

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, Q, TimeField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from enquiries import bookings, office, places
from enquiries.admin import times
from enquiries.admin.filters import PartFilter
from enquiries.admin.fixed_rows import FixedRowsAdmin
from enquiries.admin.office_preview import bookable
from enquiries.admin.staff import signed_in, staff_name
from enquiries.models import Absence, CallbackPolicy, Closure, OfficeHours

MAY_LOOK = "enquiries.view_officehours"
PARTS = {
    "Office hours": "enquiries_officehours_changelist",
    "Closures": "enquiries_closure_changelist",
    "Absences": "enquiries_absence_changelist",
    "Notice and horizon": "enquiries_callbackpolicy_changelist",
    "What people can book": "enquiries_officehours_preview",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A way from one part of the office to another."""

    label: str
    url: str
    is_current: bool


def tabs(current: str) -> list[Tab]:
    """List the parts of the office, with the ``current`` one marked."""
    return [
        Tab(label=label, url=reverse(f"admin:{name}"), is_current=label == current)
        for label, name in PARTS.items()
    ]


class OfficeAdmin(admin.ModelAdmin):
    """A part of the office: after each change it says whether more is booked than we can call."""

    part = ""
    show_full_result_count = False
    change_list_template = "admin/enquiries/office/change_list.html"

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        more = {"title": self.part, "tabs": tabs(self.part)}
        return super().changelist_view(request, {**(extra_context or {}), **more})

    @override
    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._tell(request)

    @override
    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        self._tell(request)

    @override
    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        self._tell(request)

    def _tell(self, request: HttpRequest) -> None:
        transaction.on_commit(office.forget_offer)
        now = timezone.now()
        over = bookings.overbooked(our_office=office.read_office(now=now), now=now)
        if calls := sum(over.values()):
            said = format_html(
                '{} more than we can make. <a href="{}">See which</a>.',
                "1 call is booked" if calls == 1 else f"{calls} calls are booked",
                reverse("admin:enquiries_officehours_preview"),
            )
            messages.warning(request, said)


@admin.register(OfficeHours)
class OfficeHoursAdmin(OfficeAdmin):
    part = "Office hours"
    list_display = ("weekday", "opens_at", "closes_at", "capacity", "state")
    list_display_links = ("weekday", "opens_at")
    formfield_overrides = {
        TimeField: {"widget": forms.TimeInput({"type": "time", "step": "1800"}, format="%H:%M")}
    }

    @override
    def get_fieldsets(self, request: HttpRequest, obj: OfficeHours | None = None) -> Any:
        city = places.city(office.site_zone().key)
        told = f"Full and half hours, by the clock of {city}. Hours of one state may not overlap."
        return [(None, {"fields": self.get_fields(request, obj), "description": told})]

    @admin.display(description="Opens", ordering="opens")
    def opens_at(self, hours: OfficeHours) -> str:
        return f"{hours.opens:%H:%M}"

    @admin.display(description="Closes", ordering="closes")
    def closes_at(self, hours: OfficeHours) -> str:
        return f"{hours.closes:%H:%M}"

    @override
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview)
        preview = path("preview/", view, name="enquiries_officehours_preview")
        return [preview, *super().get_urls()]

    def preview(self, request: HttpRequest) -> HttpResponse:
        """Show what people can book: two weeks of the office, and slots a week by country."""
        if not signed_in(request).has_perm(MAY_LOOK):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "What people can book",
            "subtitle": None,
            "is_popup": False,
            "tabs": tabs("What people can book"),
            **bookable(now=timezone.now()),
        }
        return TemplateResponse(request, "admin/enquiries/office/preview.html", context)


class ToComeFilter(PartFilter):
    title = "time"
    parameter_name = "time"
    unless_told = "to_come"

    @override
    def parts(self) -> dict[str, Any]:
        is_past = {"ends_at__lt": timezone.now()}
        return {"to_come": ("To come", ~Q(**is_past)), "past": ("Past", Q(**is_past))}


class ClosureFilter(ToComeFilter):
    @override
    def parts(self) -> dict[str, Any]:
        is_past = {"on__lt": timezone.localdate()}
        return {"to_come": ("To come", ~Q(**is_past)), "past": ("Past", Q(**is_past))}


@admin.register(Closure)
class ClosureAdmin(OfficeAdmin):
    part = "Closures"
    list_display = ("on", "why")
    list_filter = (ClosureFilter,)


class StaffField(forms.ModelChoiceField):
    @override
    def label_from_instance(self, obj: Any) -> str:
        return staff_name(obj)


@admin.register(Absence)
class AbsenceAdmin(OfficeAdmin):
    part = "Absences"
    list_display = ("who", "from_", "until")
    list_filter = (ToComeFilter,)
    list_select_related = ("staff",)

    @override
    def get_fieldsets(self, request: HttpRequest, obj: Absence | None = None) -> Any:
        city = places.city(office.site_zone().key)
        told = (
            f"By the clock of {city}. Calls that are booked already stay booked: we say how many."
        )
        return [(None, {"fields": self.get_fields(request, obj), "description": told})]

    @override
    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        staff = User.objects.filter(is_staff=True, is_active=True).order_by("username")
        kwargs |= {"queryset": staff, "form_class": StaffField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="Who", ordering="staff")
    def who(self, absence: Absence) -> str:
        return staff_name(absence.staff)

    @admin.display(description="From", ordering="starts_at")
    def from_(self, absence: Absence) -> str:
        return times.at_site(absence.starts_at)

    @admin.display(description="Until", ordering="ends_at")
    def until(self, absence: Absence) -> str:
        return times.at_site(absence.ends_at)


@admin.register(CallbackPolicy)
class CallbackPolicyAdmin(FixedRowsAdmin, OfficeAdmin):
    part = "Notice and horizon"

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one row: go to it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:enquiries_callbackpolicy_change", args=[1]))

    @override
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        more = {"tabs": tabs(self.part), "title": self.part, "subtitle": None}
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), **more}
        )

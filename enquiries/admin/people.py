"""Advisers, their shifts, the texts that replies start from, and what people said of calls."""

from typing import Any, override

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import TimeField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from enquiries.admin import times
from enquiries.admin.office import StaffField
from enquiries.admin.paginator import BoundedPaginator
from enquiries.admin.staff import staff_name
from enquiries.models import Adviser, CallOpinion, CannedReply, Shift
from occupations.admin import ReadOnlyAdmin


def staff_field(kwargs: dict[str, Any]) -> dict[str, Any]:
    """Offer active members of staff by their names."""
    staff = User.objects.filter(is_staff=True, is_active=True).order_by("username")
    return {**kwargs, "queryset": staff, "form_class": StaffField}


@admin.register(Adviser)
class AdviserAdmin(admin.ModelAdmin):
    list_display = ("who", "marn", "is_in_turn", "most_open", "last_given")
    list_select_related = ("user",)
    fields = ("user", "is_in_turn", "most_open", "marn")
    show_full_result_count = False

    @override
    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        return super().formfield_for_foreignkey(db_field, request, **staff_field(kwargs))

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Adviser | None = None) -> list[str]:
        return ["user"] if obj else []

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="Who", ordering="user")
    def who(self, adviser: Adviser) -> str:
        return staff_name(adviser.user)

    @admin.display(description="Last got one in turn", ordering="given_at")
    def last_given(self, adviser: Adviser) -> str:
        return times.at_site(adviser.given_at) if adviser.given_at else "\u2013"


@admin.register(Shift)
class ShiftAdmin(admin.ModelAdmin):
    list_display = ("who", "weekday", "from_", "until")
    list_filter = ("weekday",)
    list_select_related = ("staff",)
    show_full_result_count = False
    formfield_overrides = {
        TimeField: {"widget": forms.TimeInput({"type": "time", "step": "900"}, format="%H:%M")}
    }

    @override
    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        return super().formfield_for_foreignkey(db_field, request, **staff_field(kwargs))

    @admin.display(description="Who", ordering="staff")
    def who(self, shift: Shift) -> str:
        return staff_name(shift.staff)

    @admin.display(description="From", ordering="starts")
    def from_(self, shift: Shift) -> str:
        return f"{shift.starts:%H:%M}"

    @admin.display(description="Until", ordering="ends")
    def until(self, shift: Shift) -> str:
        return f"{shift.ends:%H:%M}"


@admin.register(CannedReply)
class CannedReplyAdmin(admin.ModelAdmin):
    list_display = ("title", "subject", "is_offered")
    list_filter = ("is_offered",)
    show_full_result_count = False

    @override
    def get_fieldsets(self, request: HttpRequest, obj: CannedReply | None = None) -> Any:
        told = "{name}, {reference} and {call} are filled in when somebody writes with it."
        return [(None, {"fields": self.get_fields(request, obj), "description": told})]


@admin.register(CallOpinion)
class CallOpinionAdmin(ReadOnlyAdmin):
    list_display = ("when", "helped", "words", "about", "call_by")
    list_display_links = None
    list_filter = ("helped",)
    list_select_related = ("enquiry", "attempt__by")
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False

    @admin.display(description="When", ordering="at")
    def when(self, opinion: CallOpinion) -> str:
        return times.at_site(opinion.at)

    @admin.display(description="Enquiry")
    def about(self, opinion: CallOpinion) -> SafeString:
        page = reverse("admin:enquiries_enquiry_change", args=[opinion.enquiry_id])
        return format_html('<a href="{}">{}</a>', page, opinion.enquiry.reference)

    @admin.display(description="Call by")
    def call_by(self, opinion: CallOpinion) -> str:
        return staff_name(opinion.attempt.by)

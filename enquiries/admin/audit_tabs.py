"""The line above each page of the records: the questions they answer, and the lists of them."""

from typing import Any, override

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from enquiries.admin import times
from enquiries.admin.staff import signed_in
from enquiries.models import AccessRecord, ChangeRecord, ResumeAccess

# Each page with the permission that it asks for.
TABS = {
    "Whose data a person opened": ("accessrecord_of_person", "view_accessrecord"),
    "Who opened an enquiry": ("accessrecord_of_enquiry", "view_accessrecord"),
    "Accesses": ("accessrecord_changelist", "view_accessrecord"),
    "Changes": ("changerecord_changelist", "view_changerecord"),
    "Résumés opened": ("resumeaccess_changelist", "view_resumeaccess"),
    "Erasures": ("erasure_changelist", "view_erasure"),
}


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """List the pages of the records that whoever asks may read."""
    user = signed_in(request)
    return [
        {
            "label": label,
            "url": (url := reverse(f"admin:enquiries_{name}")),
            "is_current": request.path == url,
        }
        for label, (name, permission) in TABS.items()
        if user.has_perm(f"enquiries.{permission}")
    ]


class TabbedAdmin(admin.ModelAdmin):
    """One list of the records, headed by what its tab says."""

    change_list_template = "admin/enquiries/audit/change_list.html"
    empty_value_display = ""

    @admin.display(description="When", ordering="at")
    def when(self, record: AccessRecord | ChangeRecord | ResumeAccess) -> str:
        return times.to_the_second(record.at)

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = tabs(request)
        title = next((tab["label"] for tab in shown if tab["is_current"]), None)
        more = {"tabs": shown, "title": title, **(extra_context or {})}
        return super().changelist_view(request, more)

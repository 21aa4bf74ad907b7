"""What auditors read: every change and access, and the two questions that these answer."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, override
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString

from enquiries.admin import times
from enquiries.admin.audit_filters import (
    BY_HAND,
    NOBODY,
    THE_SITE,
    DayFilter,
    PersonFilter,
    TableFilter,
    WayFilter,
)
from enquiries.admin.audit_forms import EnquiryForm, PersonForm, all_staff
from enquiries.admin.audit_tabs import TabbedAdmin, tabs
from enquiries.admin.audit_words import ChangeRecordList, in_words, refusal
from enquiries.admin.paginator import BoundedPaginator
from enquiries.admin.staff import staff_name
from enquiries.columns import tables
from enquiries.models import AccessKind, AccessRecord, ChangeRecord, Enquiry, Erasure
from enquiries.records import MOST_SHOWN, Access, Place, number_of, opened_by, who_opened
from occupations.admin import ReadOnlyAdmin

USUAL_PERIOD = timedelta(days=30)


class RecordAdmin(TabbedAdmin, ReadOnlyAdmin):
    """A list of records, found by the reference of an enquiry."""

    list_display_links = None
    paginator = BoundedPaginator
    search_fields = ("enquiry_number",)
    search_help_text = "A reference."

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        number = OuterRef("enquiry_number")
        kept = Enquiry.objects.filter(pk=number).values("reference")
        gone = Erasure.objects.filter(enquiry_number=number).values("reference")
        reference = Coalesce(Subquery(kept[:1]), Subquery(gone[:1]))
        records: QuerySet[Any] = super().get_queryset(request).annotate(reference=reference)
        return records

    @override
    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if search_term:
            queryset = queryset.filter(enquiry_number=number_of(search_term) or 0)
        return queryset, False

    @admin.display(description="Enquiry")
    def enquiry(self, record: Model) -> str | None:
        return getattr(record, "reference", None)


@admin.register(ChangeRecord)
class ChangeRecordAdmin(RecordAdmin):
    list_display = ("when", "person", "kind", "of", "row", "enquiry", "what")
    list_filter = (DayFilter, PersonFilter, WayFilter, "kind", TableFilter)
    ordering = ("-id",)

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        name = User.objects.filter(pk=OuterRef("by")).values("username")
        records: QuerySet[Any] = super().get_queryset(request).annotate(username=Subquery(name[:1]))
        return records

    @admin.display(description="By")
    def person(self, record: ChangeRecord) -> str:
        name: str = getattr(record, "username", None) or str(record.by or "") or THE_SITE
        if record.by_hand:
            name = BY_HAND
        elif record.database_user == connection.settings_dict["USER"]:
            return name
        return f"{name}, as {record.database_user} of the database"

    @admin.display(description="Table")
    def of(self, record: ChangeRecord) -> str:
        return tables().get(record.table, record.table)

    @admin.display(description="What changed")
    def what(self, record: ChangeRecord) -> SafeString:
        return in_words(record)

    @override
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeRecordList]:
        return ChangeRecordList


@admin.register(AccessRecord)
class AccessRecordAdmin(RecordAdmin):
    list_display = ("when", "person", "kind", "enquiry", "where", "why")
    list_filter = (DayFilter, PersonFilter, "kind")
    list_select_related = ("by",)
    ordering = ("-at", "-id")

    @override
    def get_urls(self) -> list[URLPattern]:
        person, enquiry = map(self.admin_site.admin_view, (self.of_person, self.of_enquiry))
        return [
            path("of-person/", person, name="enquiries_accessrecord_of_person"),
            path("of-enquiry/", enquiry, name="enquiries_accessrecord_of_enquiry"),
            *super().get_urls(),
        ]

    @admin.display(description="By", empty_value=NOBODY)
    def person(self, record: AccessRecord) -> str | None:
        return staff_name(record.by) if record.by else None

    @admin.display(description="How, or what was refused")
    def where(self, record: AccessRecord) -> str:
        return refusal(record.what) if record.kind == AccessKind.REFUSED else record.what

    def of_person(self, request: HttpRequest) -> HttpResponse:
        """Answer whose data an account opened in a period."""
        self._check(request)
        today = timezone.localdate()
        usual = {"since": today - USUAL_PERIOD, "until": today}
        form = PersonForm(request.GET if "person" in request.GET else None, initial=usual)
        found: list[Access] | None = None
        people: Iterable[User] = ()
        if form.is_valid():
            given = form.cleaned_data
            people = [given["person"]]
            since, until = _midnight(given["since"]), _midnight(given["until"] + timedelta(days=1))
            found = opened_by(
                given["person"],
                since=since,
                until=until,
                look=given["look"],
                after=_after(request),
            )
        title = "Whose data a person opened"
        return self._answer(request, form=form, found=found, people=people, title=title)

    def of_enquiry(self, request: HttpRequest) -> HttpResponse:
        """Answer who opened one enquiry."""
        self._check(request)
        form = EnquiryForm(request.GET if "reference" in request.GET else None)
        found: list[Access] | None = None
        if form.is_valid():
            given = form.cleaned_data
            found = who_opened(given["reference"], look=given["look"], after=_after(request))
        title = "Who opened an enquiry"
        return self._answer(request, form=form, found=found, people=all_staff(), title=title)

    def _check(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied("enquiries.view_accessrecord")

    def _answer(
        self,
        request: HttpRequest,
        *,
        form: forms.Form,
        found: list[Access] | None,
        people: Iterable[User],
        title: str,
    ) -> HttpResponse:
        names = {user.pk: staff_name(user) for user in people} if found else {}
        more = ""
        if found and len(found) == MOST_SHOWN:
            more = urlencode({**request.GET.dict(), "after": str(found[-1].place)})
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "subtitle": None,
            "is_popup": False,
            "tabs": tabs(request),
            "form": form,
            "found": None
            if found is None
            else [(times.to_the_second(each.place.at), names[each.by_id], each) for each in found],
            "opened": _enquiries(each for each in found or () if not each.is_listed),
            "listed": _enquiries(each for each in found or () if each.is_listed),
            "more": more,
        }
        return TemplateResponse(
            request,
            "admin/enquiries/audit/answer.html",
            context,
            status=422 if form.errors else 200,
        )


def _enquiries(found: Iterable[Access]) -> int:
    """Count the enquiries among some accesses, each once."""
    return len({number for each in found for number in each.enquiry_numbers})


def _after(request: HttpRequest) -> Place | None:
    return Place.read(request.GET.get("after", ""))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))

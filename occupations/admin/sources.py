"""Sources as editors look after them: how old each is, who looked last, and what is due."""

from datetime import date
from typing import Any, cast, override

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from occupations.admin.read_only import ReadOnlyAdmin, rows
from occupations.admin.upload_page import Part
from occupations.editorial.waiting import with_checks
from occupations.models import Source, SourceCheck, TableSource

NONE = "\u2013"


class DueFilter(admin.SimpleListFilter):
    title = "next check"
    parameter_name = "check"

    @override
    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("due", "Due for a check")]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "due":
            return queryset.filter(due_on__lte=timezone.localdate())
        return queryset


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("title", "publisher", "as_at", "last_check", "next_check")
    list_filter = (DueFilter,)
    readonly_fields = ("checks",)
    search_fields = ("slug", "title", "publisher")
    inlines = (rows(TableSource, "table"),)

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_checks(Source.objects.all()).order_by(*self.get_ordering(request))

    @override
    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Put first what is due first."""
        return [F("due_on").asc(nulls_last=True), "title"]

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Offer the sources that are due alone, with how many there are."""
        due = with_checks(Source.objects.all()).filter(due_on__lte=timezone.localdate())
        parts = (("All", "", Source.objects.count()), ("Due for a check", "check=due", due.count()))
        quick_views = [
            Part(
                label=label,
                count=count,
                url=f"?{query}",
                is_current=request.GET.urlencode() == query,
            )
            for label, query, count in parts
        ]
        more = {"title": "Sources", "quick_views": quick_views}
        return super().changelist_view(request, (extra_context or {}) | more)

    @override
    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Offer to record a check to those who may."""
        may_check = request.user.has_perm("occupations.add_sourcecheck")
        return [*self.list_display, *(["record"] if may_check else [])]

    @admin.display(description="As at", ordering="as_at_on")
    def as_at(self, source: Source) -> str:
        return _day(source.as_at_on)

    @admin.display(description="Last check", ordering="checked_on")
    def last_check(self, source: Model) -> str:
        return _day(getattr(source, "checked_on", None))

    @admin.display(description="Next check", ordering="due_on")
    def next_check(self, source: Model) -> SafeString | str:
        due_on: date | None = getattr(source, "due_on", None)
        if due_on is None or due_on > timezone.localdate():
            return _day(due_on)
        pill = '<span class="line">{}</span><span class="pill pill-overdue">Due for a check</span>'
        return format_html(pill, _day(due_on))

    @admin.display(description="Checked it?")
    def record(self, source: Source) -> SafeString:
        return format_html(
            '<a class="button quiet-button" href="{}?source={}">Record a check'
            '<span class="visually-hidden">: {}</span></a>',
            reverse("admin:occupations_sourcecheck_add"),
            source.slug,
            source.title,
        )

    @admin.display(description="Checks by editors")
    def checks(self, source: Source) -> SafeString | str:
        found = SourceCheck.objects.filter(source=source.slug).select_related("checked_by")
        told = format_html_join(
            "",
            '<span class="line">{}: {} ({})</span>',
            ((_day(each.checked_on), each.finding, each.checked_by) for each in found),
        )
        return told or "None yet."


def _choices() -> list[tuple[str, str]]:
    return list(Source.objects.order_by("title").values_list("slug", "title"))


class SourceCheckForm(forms.ModelForm):
    source = forms.ChoiceField(
        choices=_choices,
        error_messages={"invalid_choice": "The catalogue names no source “%(value)s”."},
    )


@admin.register(SourceCheck)
class SourceCheckAdmin(admin.ModelAdmin):
    form = SourceCheckForm
    list_display = ["source", "checked_on", "next_check_on", "finding", "checked_by"]
    search_fields = ["source", "finding"]

    @override
    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with today, and with the source that the list of sources named."""
        return {"checked_on": timezone.localdate(), **super().get_changeform_initial_data(request)}

    @override
    def save_model(
        self, request: HttpRequest, obj: SourceCheck, form: forms.ModelForm, change: bool
    ) -> None:
        obj.checked_by = cast(User, request.user)
        super().save_model(request, obj, form, change)


def _day(day: date | None) -> str:
    return format_date(day, "j F Y") if day else NONE

"""Who said "this was not me": by date alone, since no address is kept, and how one is let go."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, override

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from enquiries.admin.paginator import BoundedPaginator
from enquiries.admin.staff import signed_in, staff_name
from enquiries.models import Suppression
from occupations.admin import ReadOnlyAdmin

MAY_REMOVE = "enquiries.delete_suppression"
LIST = "admin:enquiries_suppression_changelist"
LATEST_REMOVALS = 20
WHY = "Said: this was not me"


class FindForm(forms.Form):
    address = forms.EmailField(
        label="Find an e-mail address",
        help_text="If the person tells it to you. It is not kept.",
        error_messages={
            "required": "Enter an e-mail address.",
            "invalid": "Enter an e-mail address like name@example.com.",
        },
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


class RemovalForm(forms.Form):
    why = forms.CharField(
        label="Why we may write there again",
        help_text="Like: they called and asked for our e-mails. Name nobody: this is kept.",
        max_length=200,
        error_messages={"required": "Say why."},
    )


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    list_display = ("since_", "why")
    list_display_links = None
    ordering = ("-since", "-id")
    paginator = BoundedPaginator

    @override
    def get_list_display(self, request: HttpRequest) -> list[Any]:
        may_remove = signed_in(request).has_perm(MAY_REMOVE)
        return [*self.list_display, *(["remove"] if may_remove else [])]

    @override
    def get_urls(self) -> list[URLPattern]:
        find = self.admin_site.admin_view(self.find)
        remove = self.admin_site.admin_view(self.remove_one)
        return [
            path("find/", find, name="enquiries_suppression_find"),
            path("<int:pk>/remove/", remove, name="enquiries_suppression_remove"),
            *super().get_urls(),
        ]

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        more = {"title": "Who wants no letters", "find_form": FindForm(), "removals": self._log()}
        return super().changelist_view(request, more | (extra_context or {}))

    def find(self, request: HttpRequest) -> HttpResponse:
        """Say whether an address is on the list; it stands in no address of a page."""
        self._check(request)
        form = FindForm(request.POST)
        if request.method == "POST" and form.is_valid():
            found = Suppression.objects.of(form.cleaned_data["address"]).first()
            if found:
                return HttpResponseRedirect(_way_out(found))
            messages.info(request, "That address is not on the list. We write to it.")
        elif request.method == "POST":
            messages.error(request, str(form.errors["address"][0]))
        return HttpResponseRedirect(reverse(LIST))

    def remove_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why we may write there again, then log it and forget the wish."""
        user = self._check(request)
        found = get_object_or_404(Suppression, pk=pk)
        form = RemovalForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            with transaction.atomic():
                LogEntry.objects.log_actions(
                    user.pk,
                    [found],
                    DELETION,
                    change_message=form.cleaned_data["why"],
                    single_object=True,
                )
                found.delete()
            messages.success(request, "Removed. We may write to that address again.")
            return HttpResponseRedirect(reverse(LIST))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Write to an address again",
            "subtitle": None,
            "is_popup": False,
            "since": _day(found.since),
            "form": form,
        }
        status = HTTPStatus.UNPROCESSABLE_CONTENT if form.is_bound else HTTPStatus.OK
        template = "admin/enquiries/suppression/remove.html"
        return TemplateResponse(request, template, context, status=status)

    @admin.display(description="Since", ordering="since")
    def since_(self, suppression: Suppression) -> str:
        return _day(suppression.since)

    @admin.display(description="Why")
    def why(self, _suppression: Suppression) -> str:
        return WHY

    @admin.display(description="Remove")
    def remove(self, suppression: Suppression) -> SafeString:
        return format_html(
            '<a href="{}">Remove…<span class="visually-hidden"> what is kept since {}</span></a>',
            _way_out(suppression),
            _day(suppression.since),
        )

    def _check(self, request: HttpRequest) -> User:
        user = signed_in(request)
        if not user.has_perm(MAY_REMOVE):
            raise PermissionDenied
        return user

    def _log(self) -> list[dict[str, str]]:
        """Tell the latest removals: when, by whom, and why."""
        kind = get_content_type_for_model(Suppression)
        removed = LogEntry.objects.filter(content_type=kind, action_flag=DELETION)
        return [
            {
                "at": _day(entry.action_time),
                "by": staff_name(entry.user),
                "why": entry.change_message,
            }
            for entry in removed.select_related("user").order_by("-pk")[:LATEST_REMOVALS]
        ]


def _day(instant: datetime) -> str:
    return f"{timezone.localtime(instant):%-d %B %Y}"


def _way_out(suppression: Suppression) -> str:
    return reverse("admin:enquiries_suppression_remove", args=[suppression.pk])

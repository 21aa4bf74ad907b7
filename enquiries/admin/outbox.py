"""The outbox as leads see it, and taking up a message that was set aside."""

from typing import Any, override

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from enquiries.admin.filters import PartFilter
from enquiries.admin.paginator import BoundedPaginator
from enquiries.admin.queue import pill
from enquiries.admin.staff import signed_in
from enquiries.models import OutboxMessage
from enquiries.outbox import take_up_again
from occupations.admin import ReadOnlyAdmin

MAY_TAKE_UP = "enquiries.change_outboxmessage"


class ProgressFilter(PartFilter):
    title = "progress"
    parameter_name = "progress"
    unless_told = "not_done"

    @override
    def parts(self) -> dict[str, tuple[str, Q | Exists]]:
        return {
            "not_done": ("Not done", Q(done_at=None)),
            "set_aside": ("Set aside", Q(set_aside_at__isnull=False)),
            "done": ("Done", Q(done_at__isnull=False)),
            "all": ("All", Q()),
        }


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    list_display = ("topic", "about", "progress", "attempts", "available_at", "last_error")
    list_filter = (ProgressFilter, "topic")
    list_select_related = ("enquiry",)
    list_per_page = 50
    ordering = ("set_aside_at", "-id")
    paginator = BoundedPaginator

    @override
    def get_list_display(self, request: HttpRequest) -> list[Any]:
        may_take_up = signed_in(request).has_perm(MAY_TAKE_UP)
        return [*self.list_display, *(["take_up"] if may_take_up else [])]

    @override
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.take_up_one)
        take_up = path("<int:pk>/take-up/", view, name="enquiries_outboxmessage_take_up")
        return [take_up, *super().get_urls()]

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "title": "Outbox"})

    def take_up_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a message that was set aside its attempts anew."""
        if not signed_in(request).has_perm(MAY_TAKE_UP):
            raise PermissionDenied
        message = get_object_or_404(OutboxMessage, pk=pk)
        if request.method == "POST":
            take_up_again(message)
            messages.success(request, f"{message.get_topic_display()} is tried again.")
        return HttpResponseRedirect(reverse("admin:enquiries_outboxmessage_changelist"))

    @admin.display(description="Enquiry")
    def about(self, message: OutboxMessage) -> SafeString | str:
        if message.enquiry is None:
            return "\u2013"
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:enquiries_enquiry_change", args=[message.enquiry.pk]),
            message.enquiry,
        )

    @admin.display(description="Progress")
    def progress(self, message: OutboxMessage) -> SafeString:
        if message.set_aside_at:
            return pill("Set aside", kind="overdue")
        if message.done_at:
            return pill("Done", kind="done")
        return pill("Waiting", kind="new")

    @admin.display(description="Try again")
    def take_up(self, message: OutboxMessage) -> SafeString:
        if not message.set_aside_at:
            return SafeString("")
        return format_html(
            '<button type="submit" class="button quiet-button" formaction="{}">Try again'
            '<span class="visually-hidden">: {}</span></button>',
            reverse("admin:enquiries_outboxmessage_take_up", args=[message.pk]),
            message,
        )

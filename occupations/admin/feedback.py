"""What readers say of pages, as editors read it: the page, the words, and what was done."""

from typing import cast, override

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from occupations.editorial.feedback import FeedbackHandled, handle_feedback
from occupations.models import PageFeedback


class OpenFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    @override
    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("open", "To read"), ("handled", "Done")]

    @override
    def queryset(
        self, request: HttpRequest, queryset: QuerySet[PageFeedback]
    ) -> QuerySet[PageFeedback]:
        if self.value() in {"open", "handled"}:
            return queryset.filter(handled_at__isnull=self.value() == "open")
        return queryset


@admin.register(PageFeedback)
class PageFeedbackAdmin(admin.ModelAdmin):
    list_display = ["message", "page", "sent_at", "handled_at", "outcome"]
    list_filter = [OpenFilter]
    search_fields = ["path", "message"]
    fields = ["page", "message", "sent_at", "outcome", "handled_at", "handled_by"]
    readonly_fields = ["page", "message", "sent_at", "handled_at", "handled_by"]

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def get_readonly_fields(
        self, request: HttpRequest, obj: PageFeedback | None = None
    ) -> list[str]:
        """Keep what was done once it was said."""
        return [*self.readonly_fields, *(["outcome"] if obj and obj.handled_at else [])]

    @admin.display(description="page")
    def page(self, feedback: PageFeedback) -> SafeString:
        return format_html('<a href="{}">{}</a>', feedback.path, feedback.path)

    @override
    def save_model(
        self, request: HttpRequest, obj: PageFeedback, form: forms.ModelForm, change: bool
    ) -> None:
        outcome = form.cleaned_data.get("outcome")
        if not outcome:
            return
        try:
            handle_feedback(obj, outcome=outcome, by=cast(User, request.user), now=timezone.now())
        except FeedbackHandled:
            messages.warning(request, "Somebody closed this meanwhile. Yours was not kept.")

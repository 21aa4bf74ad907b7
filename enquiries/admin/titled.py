"""A list of the admin that is headed by what is in it."""

from typing import Any, override

from django.contrib import admin
from django.http import HttpRequest, HttpResponse


class Titled(admin.ModelAdmin):
    """Heads its list with ``list_title``."""

    list_title = ""

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": self.list_title} | (extra_context or {}))

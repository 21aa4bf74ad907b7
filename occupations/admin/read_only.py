"""Tables and rows to look at: nobody adds, alters or deletes them, superusers neither."""

from typing import Any, override
from urllib.parse import unquote

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


class ReadOnlyAdmin(admin.ModelAdmin):
    """A table to look at; nobody adds, alters or deletes its rows, superusers neither."""

    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if "\0" in unquote(request.META["QUERY_STRING"]):  # which PostgreSQL takes in no text
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        return super().changelist_view(request, extra_context)

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyRows(admin.TabularInline):
    """Rows that belong to the one on the page, to look at."""

    extra = 0
    template = "admin/occupations/rows.html"

    @override
    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def rows(model: type[Model], *fields: str, of: str | None = None) -> type[ReadOnlyRows]:
    """Show ``fields`` of the rows of ``model``; ``of`` names the key where there are two."""
    options = {"model": model, "fields": fields, "fk_name": of, "__module__": __name__}
    return type(f"{model.__name__}Rows", (ReadOnlyRows,), options)

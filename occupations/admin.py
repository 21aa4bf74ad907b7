"""The catalogue as staff look at it: nobody edits it by hand, the load alone writes it."""

from typing import override

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """A table to look at; nobody adds, alters or deletes its rows, superusers neither."""

    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

"""Lists whose rows are there for good: staff change them, and neither add nor delete any."""

from typing import override

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest


class FixedRowsAdmin(admin.ModelAdmin):
    """Lets rows be changed alone, whatever else a role may do."""

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

"""Second factors of staff as superusers see them: whose, since when, and how one is taken away."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from enquiries.admin.staff import signed_in
from enquiries.models import AccessKind
from enquiries.records import note_access

admin.site.unregister([Authenticator, EmailAddress])


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin):
    """To be taken away from who lost it; its secret is never shown."""

    actions = None
    list_display = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        super().delete_model(request, obj)
        note_access(
            AccessKind.SECOND_FACTOR_CHANGED,
            by=signed_in(request),
            now=timezone.now(),
            what=f"taken away from account {obj.user_id}",
        )

"""Records that staff look at: letters that left, consents given, résumés opened."""

from django.contrib import admin

from enquiries.admin.audit_tabs import TabbedAdmin
from enquiries.admin.paginator import BoundedPaginator
from enquiries.models import Consent, Letter, ResumeAccess
from occupations.admin import ReadOnlyAdmin


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ("kind", "enquiry", "delivered_at", "failed_at", "refusal_code")
    list_filter = ("kind", ("failed_at", admin.EmptyFieldListFilter))
    list_select_related = ("enquiry",)
    ordering = ("-id",)
    paginator = BoundedPaginator
    search_fields = ("=enquiry__reference", "=message_id")
    search_help_text = "A reference or a Message-ID."


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ("purpose", "enquiry", "given_by", "channel", "wording_version", "given_at")
    list_filter = ("purpose", "given_by", "channel", "withdrawn")
    list_select_related = ("enquiry",)
    ordering = ("-id",)
    paginator = BoundedPaginator
    search_fields = ("=enquiry__reference",)
    search_help_text = "A reference."


@admin.register(ResumeAccess)
class ResumeAccessAdmin(TabbedAdmin, ReadOnlyAdmin):
    list_display = ("when", "by", "enquiry", "why")
    list_filter = ("at",)
    list_select_related = ("by", "resume__enquiry")
    ordering = ("-at", "-id")
    paginator = BoundedPaginator
    search_fields = ("=resume__enquiry__reference", "by__username")
    search_help_text = "A reference or a user name."

    @admin.display(description="Enquiry")
    def enquiry(self, access: ResumeAccess) -> str:
        return access.resume.enquiry.reference

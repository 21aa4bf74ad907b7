"""Searches without an answer, as editors read them: most frequent first, noise set aside."""

from typing import Any, cast, override
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

from occupations.admin.read_only import ReadOnlyAdmin
from occupations.admin.upload_page import Part
from occupations.editorial.missed_searches import put_back, set_aside
from occupations.models import MissedSearch

MAY_SET_ASIDE = "occupations.set_aside_missedsearch"
_ASIDE = "aside"


class AsideFilter(admin.SimpleListFilter):
    """Show what is to look at, unless what was set aside is asked for."""

    title = "state"
    parameter_name = "state"

    @override
    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(_ASIDE, "Set aside")]

    @override
    def queryset(
        self, request: HttpRequest, queryset: QuerySet[MissedSearch]
    ) -> QuerySet[MissedSearch]:
        return queryset.filter(set_aside_at__isnull=self.value() != _ASIDE)


@admin.register(MissedSearch)
class MissedSearchAdmin(ReadOnlyAdmin):
    list_display = ("words", "found_pill", "times", "days", "first_on", "last_on")
    list_filter = (AsideFilter, "found")
    search_fields = ("words",)
    fields = ("words", "found", "times", "days", "first_on", "last_on")
    actions = ("set_aside", "put_back")
    list_per_page = 50

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[MissedSearch]:
        """Leave out what is not kept in words: a row of it would tell nobody anything."""
        misses: QuerySet[MissedSearch] = super().get_queryset(request)
        return misses.exclude(words="").select_related("set_aside_by")

    def has_set_aside_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_SET_ASIDE)

    @override
    def get_fields(self, request: HttpRequest, obj: MissedSearch | None = None) -> list[Any]:
        """Name who set it aside and when, once somebody has."""
        is_aside = obj is not None and obj.set_aside_at is not None
        return [*self.fields, *(["set_aside_by", "set_aside_at"] if is_aside else [])]

    @override
    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Offer the next step, or say who set these aside and when."""
        if request.GET.get(AsideFilter.parameter_name) == _ASIDE:
            return [*self.list_display, "aside"]
        may_add = request.user.has_perm("occupations.add_layword")
        return [*self.list_display, *(["lay_word"] if may_add else [])]

    @override
    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """Offer the one of the two that does something to what is listed."""
        actions = super().get_actions(request, action_location)
        is_aside = request.GET.get(AsideFilter.parameter_name) == _ASIDE
        actions.pop("set_aside" if is_aside else "put_back", None)
        return actions

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        more = {"title": "Missed searches", "quick_views": _parts(request), "kept": _kept()}
        return super().changelist_view(request, (extra_context or {}) | more)

    @admin.display(description="Found", ordering="found")
    def found_pill(self, miss: MissedSearch) -> SafeString:
        return format_html('<span class="pill">{}</span>', miss.get_found_display())

    @admin.display(description="Set aside", ordering="set_aside_at")
    def aside(self, miss: MissedSearch) -> SafeString:
        by, at = miss.set_aside_by, miss.set_aside_at
        day = format_date(timezone.localtime(at), "j F Y")
        name = (by.get_full_name() or by.get_username()) if by else ""
        return format_html('<span class="line">{}</span><span class="line">{}</span>', name, day)

    @admin.display(description="Next step")
    def lay_word(self, miss: MissedSearch) -> SafeString:
        return format_html(
            '<a class="button quiet-button" href="{}?{}">Add a lay word'
            '<span class="visually-hidden">: {}</span></a>',
            reverse("admin:occupations_layword_add"),
            urlencode({"word": miss.words}),
            miss.words,
        )

    @admin.action(description="Set aside as noise", permissions=["set_aside"])
    def set_aside(self, request: HttpRequest, chosen: QuerySet[MissedSearch]) -> None:
        done = set_aside(chosen, by=cast(User, request.user), now=timezone.now())
        self.message_user(request, f"{_searches(done)} set aside.", messages.SUCCESS)

    @admin.action(description="Put back on the list", permissions=["set_aside"])
    def put_back(self, request: HttpRequest, chosen: QuerySet[MissedSearch]) -> None:
        self.message_user(request, f"{_searches(put_back(chosen))} put back.", messages.SUCCESS)


def _searches(count: int) -> str:
    return f"{count} search{'' if count == 1 else 'es'}"


def _parts(request: HttpRequest) -> list[Part]:
    found = MissedSearch.Found
    open_now = Q(set_aside_at=None)
    counts = MissedSearch.objects.in_words().aggregate(
        open=Count("pk", filter=open_now),
        nothing=Count("pk", filter=open_now & Q(found=found.NOTHING)),
        near=Count("pk", filter=open_now & Q(found=found.NEAR)),
        aside=Count("pk", filter=~open_now),
    )
    views = (
        ("To look at", "open", ""),
        (found.NOTHING.label, "nothing", "found__exact=nothing"),
        (found.NEAR.label, "near", "found__exact=near"),
        ("Set aside", "aside", f"{AsideFilter.parameter_name}={_ASIDE}"),
    )
    return [
        Part(
            label=str(label),
            count=counts[name],
            url=f"?{query}",
            is_current=request.GET.urlencode() == query,
        )
        for label, name, query in views
    ]


def _kept() -> dict[str, int]:
    """Count every missed search that is kept, and those of questions without words."""
    return MissedSearch.objects.order_by().aggregate(
        searches=Sum("times", default=0),
        without_words=Sum("times", filter=Q(words=""), default=0),
    )

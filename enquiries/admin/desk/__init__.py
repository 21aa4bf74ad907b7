"""The desk's own pages in the admin: next call, calendar, dashboard, saved views and the feed."""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpResponse
from django.urls import URLPattern, path

from enquiries.admin.desk.calendar import calendar
from enquiries.admin.desk.dashboard import dashboard
from enquiries.admin.desk.feed import feed
from enquiries.admin.desk.page import desk, take
from enquiries.admin.desk.views import delete_view, save_view


def desk_urls() -> list[URLPattern]:
    """List the addresses of the desk, to stand before those of the stock admin."""
    pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
        "desk/": ("desk", desk),
        "desk/take/": ("desk_take", take),
        "desk/calendar/": ("desk_calendar", calendar),
        "desk/dashboard/": ("desk_dashboard", dashboard),
        "desk/feed/": ("desk_feed", feed),
        "desk/views/save/": ("desk_view_save", save_view),
        "desk/views/<int:pk>/delete/": ("desk_view_delete", delete_view),
    }
    return [
        path(route, admin.site.admin_view(view), name=name) for route, (name, view) in pages.items()
    ]


__all__ = ["desk_urls"]

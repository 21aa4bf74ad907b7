"""Says in the database which member of staff a change is by, and records whatever is refused."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from enquiries.models import AccessKind
from enquiries.records import note_access

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_PERMISSION = re.compile(r"[a-z]+\.[a-z_]+")
_STOCK_PAGE = re.compile(r"([a-z]+)_([a-z]+)_(changelist|add|change|delete|history)")
_NEEDED = {"changelist": "view", "history": "view"}


class DeskRecordsMiddleware:
    """Keep the records of /admin/ whole: by whom each change is, and who was refused what."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.desk = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(self.desk):
            return self.get_response(request)
        if request.method in SAFE or not isinstance(request.user, User):
            response = self.get_response(request)
        else:
            _work_for(str(request.user.pk))
            try:
                response = self.get_response(request)
            finally:
                _work_for("")
        if response.status_code == 403:  # noqa: PLR2004
            _record_refusal(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Keep which permission was missing, where the page says so."""
        if isinstance(error, PermissionDenied):
            request.META["advisory.missing_permission"] = str(error)


def _work_for(staff: str) -> None:
    """
    Name the member of staff in the database's session, for the triggers that record changes.

    A connection serves other requests too: one that cannot be told that the work is over is ended,
    and not only given back to those that share it.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('advisory.staff', %s, false)", [staff])
    except DatabaseError:
        if staff:
            raise
        if not connection.in_atomic_block:  # in one, its rollback takes the setting back
            if connection.connection is not None:
                connection.connection.close()
            connection.close()


def _record_refusal(request: HttpRequest) -> None:
    if not isinstance(request.user, User):
        return
    permission = _missing_permission(request)
    page = quote(request.path)  # without its query, which may hold what was searched for
    note_access(
        AccessKind.REFUSED,
        by=request.user,
        now=timezone.now(),  # noqa: TID251 (an edge)
        enquiry_number=_enquiry_number(request),
        what=f"{permission} {page}".strip(),
    )


def _missing_permission(request: HttpRequest) -> str:
    told: str = request.META.get("advisory.missing_permission", "")
    if _PERMISSION.fullmatch(told):
        return told
    match = request.resolver_match
    stock = _STOCK_PAGE.fullmatch(match.url_name or "") if match else None
    if not stock:
        return ""
    app, model, page = stock.groups()
    verb = _NEEDED.get(page, page)
    return f"{app}.{'view' if verb == 'change' and request.method in SAFE else verb}_{model}"


def _enquiry_number(request: HttpRequest) -> int | None:
    match = request.resolver_match
    if match is None or not (match.url_name or "").startswith("enquiries_enquiry_"):
        return None
    given: Any = match.kwargs.get("pk") or match.kwargs.get("object_id") or ""
    number = str(given)
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None  # noqa: PLR2004

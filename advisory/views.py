"""The pages that belong to no app: home, about, health and what a refused form sees."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

import enquiries.views
from advisory.celery import app as queue
from occupations.models import Edition, Group, GroupLevel

DEFAULT_EDITION = "anzsco-2022"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Ask the visitor's question and show the ways in."""
    majors = Group.objects.current().filter(edition__slug=DEFAULT_EDITION, level=GroupLevel.MAJOR)
    context = {
        "editions": Edition.objects.all(),
        "majors": majors.select_related("edition"),
    }
    return render(request, "home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say who is behind the site."""
    return render(request, "about.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the site keeps of whom, and what it does not."""
    return render(request, "privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what we aim for, what is tested, and what is known not to work."""
    return render(request, "accessibility.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that came without its token: say what to do next, and lose nothing typed."""
    if request.resolver_match and request.resolver_match.view_name == "enquiries:new":
        return enquiries.views.without_token(request)
    return render(request, "403.html", status=403)


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Say which of the servers that the site needs answer; 503 if PostgreSQL does not."""
    parts = {"database": _database_answers(), "queue": _queue_answers()}
    # The site takes enquiries without its queue: the outbox keeps them.
    status = 200 if parts["database"] else 503
    return JsonResponse(
        {name: "ok" if answers else "down" for name, answers in parts.items()}, status=status
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _queue_answers() -> bool:
    try:
        with queue.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except (OperationalError, OSError):
        return False
    return True

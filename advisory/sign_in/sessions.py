"""How long a session of staff lasts, and what they must set up before they use the desk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from advisory.desk_records import SAFE
from advisory.sign_in.backend import HAS_SECOND_FACTOR
from enquiries.desk import tells_words, without_words

IDLE, WHOLE = timedelta(minutes=30), timedelta(hours=12)
GRAIN = timedelta(minutes=1)  # no more often is it written down that somebody is there
TYPED = "typed"
MOST_KEPT = 64 * 1024  # characters of what was typed
SIGNED_IN, SEEN = "signed_in_at", "seen_at"
_NEVER_KEPT = {"csrfmiddlewaretoken", "password", "old_password", "new_password1", "new_password2"}
_OPEN = ("login/", "logout/", "account/", "jsi18n/")


@receiver(user_logged_in)
def start_clocks(request: HttpRequest, **_kwargs: Any) -> None:
    """Begin the time of a session, by whatever way somebody signed in."""
    now = timezone.now().timestamp()  # noqa: TID251 (an edge)
    request.session[SIGNED_IN] = request.session[SEEN] = now


class StaffSessionsMiddleware:
    """End sessions that are idle or old, and lead staff to the second factor that they need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.desk = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Look before the page does; a form without its token was refused before this."""
        if not request.path_info.startswith(self.desk):
            return None
        if not isinstance(request.user, User):
            return HttpResponseRedirect(_address(request)) if tells_words(request.GET) else None
        if over := _over(request):
            return _end(request, over)
        page = request.path_info.removeprefix(self.desk)
        if settings.STAFF_SECOND_FACTOR and not page.startswith(_OPEN) and _lacks(request.user):
            messages.warning(request, "Set up a second factor first. It takes two minutes.")
            return HttpResponseRedirect(reverse("mfa_index"))
        return None


def _over(request: HttpRequest) -> str:
    """Say why the session is over; if it is not, write down that its owner is there."""
    session, now = request.session, timezone.now().timestamp()  # noqa: TID251 (an edge)
    signed_in, seen = _read(session, SIGNED_IN, now=now), _read(session, SEEN, now=now)
    if now - signed_in >= WHOLE.total_seconds():
        return "You were signed out after 12 hours."
    if now - seen >= IDLE.total_seconds():
        return "You were signed out after 30 minutes without a click."
    # What a page fetches by itself is no sign that anybody is there.
    by_hand = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if by_hand and now - seen >= GRAIN.total_seconds():
        session[SEEN] = now
    return ""


def _read(session: SessionBase, name: str, *, now: float) -> float:
    value = session.get(name)
    if not isinstance(value, float):
        session[name] = now
        return now
    return value


def _end(request: HttpRequest, why: str) -> HttpResponse:
    """Sign somebody out, and keep what they were sending until they are back."""
    kept = _what_was_typed(request)
    back = _address(request) if request.method in SAFE else request.path
    logout(request)
    if kept:
        request.session[TYPED] = kept
        back = reverse("account_typed")
        why = f"{why} What you typed is kept."
    messages.warning(request, f"{why} Sign in to go on where you were.")
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")


def _address(request: HttpRequest) -> str:
    """Give the address that was asked for, without the words of a search."""
    left = without_words(request.GET)
    return f"{request.path}?{left.urlencode()}" if left else request.path


def _what_was_typed(request: HttpRequest) -> dict[str, Any] | None:
    page = request.path_info.removeprefix(reverse("admin:index"))
    if request.method != "POST" or request.FILES or page.startswith(_OPEN):  # codes, passkeys
        return None
    fields = [(name, values) for name, values in request.POST.lists() if name not in _NEVER_KEPT]
    length = sum(len(value) for _, values in fields for value in values)
    if not fields or length > MOST_KEPT:
        return None
    return {"by": request.user.pk, "path": request.path, "fields": fields}


def _lacks(user: User) -> bool:
    return not getattr(user, HAS_SECOND_FACTOR)

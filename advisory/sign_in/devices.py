"""Devices that are known: browsers that signed in to an account before, by a signed cookie."""

from datetime import timedelta
from secrets import token_hex

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from advisory.sign_in.attempts import Origin, account_seal
from enquiries.views.client import client_address

COOKIE = "known_device"
KNOWN_FOR = timedelta(days=90)  # since it last signed in
MOST_ACCOUNTS = 8  # of one browser, as on a desk that many share
_SALT = "advisory.sign_in.device"


def origin_of(request: HttpRequest, *, name: str) -> Origin:
    """Say where a try to sign in as ``name`` comes from; a cookie that is not ours says nothing."""
    device, accounts = _read(request)
    known = account_seal(name) in accounts
    return Origin(address=client_address(request), device=device if known else "")


def remember_device(request: HttpRequest, response: HttpResponse, *, name: str) -> None:
    """Know this browser from now on as one that signed in as ``name``; scripts cannot read it."""
    device, accounts = _read(request)
    account = account_seal(name)
    kept = [*(each for each in accounts if each != account), account][-MOST_ACCOUNTS:]
    response.set_signed_cookie(
        COOKIE,
        " ".join([device or token_hex(16), *kept]),
        salt=_SALT,
        max_age=KNOWN_FOR,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    """Give the device and the accounts that it signed in to."""
    told = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=KNOWN_FOR)
    device, *accounts = (told or "").split() or [""]
    return device, accounts

"""Whose request it is: the address of the client, behind proxies that we trust."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

FORWARDED = "HTTP_X_FORWARDED_FOR"


def client_address(request: HttpRequest) -> str:
    """Give the nearest address that is not one of our own proxies."""
    address: str = request.META.get("REMOTE_ADDR", "")
    forwarded = [
        each.strip() for each in request.META.get(FORWARDED, "").split(",") if each.strip()
    ]
    while forwarded and _is_ours(address):
        address = forwarded.pop()
    return address


def _is_ours(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped  # how a socket for both versions names an IPv4 proxy
    return any(
        parsed in ipaddress.ip_network(each, strict=False) for each in settings.TRUSTED_PROXIES
    )

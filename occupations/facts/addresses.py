"""Whole addresses, for what is read away from the site: feeds, files, maps and other programs."""

from django.conf import settings

_LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}


def whole(path: str) -> str:
    """Give the whole address of a page of this site."""
    return f"{settings.SITE_URL}{path}"


def licence_address(licence: str) -> str:
    """Give the address of a licence's text; empty if we know none."""
    return _LICENCES.get(licence, "")

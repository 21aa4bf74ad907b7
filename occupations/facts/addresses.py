"""Whole addresses, for what is read away from the site: feeds, files, maps and other programs."""

from django.conf import settings

_LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}
# Where a publisher shows each unit group, by major, sub-major and minor group.
_BROWSED = {
    "anzsco-2022": "https://www.abs.gov.au/statistics/classifications/"
    "anzsco-australian-and-new-zealand-standard-classification-occupations/2022/"
    "browse-classification/"
}


def whole(path: str) -> str:
    """Give the whole address of a page of this site."""
    return f"{settings.SITE_URL}{path}"


def licence_address(licence: str) -> str:
    """Give the address of a licence's text; empty if we know none."""
    return _LICENCES.get(licence, "")


def official_address(edition: str, *, group: str) -> str:
    """Give the publisher's page of a unit group of an edition; empty if we know none."""
    start = _BROWSED.get(edition)
    steps = "/".join(group[:digits] for digits in range(1, len(group) + 1))
    return f"{start}{steps}" if start else ""

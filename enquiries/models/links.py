"""Signed links: a purpose, an enquiry and a version under one HMAC, so that no row is needed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.core.signing import BadSignature, Signer

from enquiries.models.enquiry import Enquiry


class LinkPurpose(StrEnum):
    """What a link lets its holder do; a link for one purpose is worth nothing for another."""

    GUARDIAN_CONFIRMATION = "guardian_confirmation"
    RECEIVED = "received"
    ENQUIRY = "enquiry"
    DISOWN = "disown"
    RECONSENT = "reconsent"
    GUARDIAN_REQUEST = "guardian_request"
    CALL_OPINION = "call_opinion"

    @property
    def lifetime(self) -> timedelta:
        return {
            "guardian_confirmation": timedelta(days=7),
            "received": timedelta(hours=4),
            "enquiry": timedelta(days=90),
            "disown": timedelta(days=90),
            "reconsent": timedelta(days=30),
            "guardian_request": timedelta(days=14),
            "call_opinion": timedelta(days=30),
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkClaim:
    """What a link says about itself; ``about`` is the number of a row of the enquiry, or 0."""

    enquiry_id: int
    version: int
    about: int = 0


class LinkRejected(Exception):
    """The link was not made by us for this purpose, or was replaced by a newer one."""


class LinkExpired(Exception):
    """The link was ours, but its time is over."""

    def __init__(self, claim: LinkClaim) -> None:
        super().__init__()
        self.claim = claim


def sign_link(enquiry: Enquiry, *, purpose: LinkPurpose, now: datetime, about: int = 0) -> str:
    """
    Make the token of a link to ``enquiry`` that lives for its purpose's lifetime.

    ``about`` is the number of what it concerns in the enquiry, as a call; most concern all of it.
    """
    expires = int((now + purpose.lifetime).timestamp())
    concerns = f"-{about}" if about else ""
    return _signer(purpose).sign(f"{enquiry.pk}-{enquiry.link_version}-{expires}{concerns}")


def read_link(token: str, *, purpose: LinkPurpose, now: datetime) -> LinkClaim:
    """
    Read a token made by ``sign_link``; whether its version still holds is for the caller.

    :raises LinkRejected: if it was not made by us for this purpose
    :raises LinkExpired: if its time is over
    """
    try:
        enquiry_id, version, expires, *about = map(int, _signer(purpose).unsign(token).split("-"))
    except (BadSignature, ValueError):
        raise LinkRejected from None
    claim = LinkClaim(enquiry_id=enquiry_id, version=version, about=sum(about))
    if datetime.fromtimestamp(expires, tz=UTC) <= now:
        raise LinkExpired(claim)
    return claim


def _signer(purpose: LinkPurpose) -> Signer:
    return Signer(salt=f"enquiries.{purpose}", sep=".")

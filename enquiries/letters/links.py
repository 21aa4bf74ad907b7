"""The addresses that letters and pages point to, each with its signed link."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from enquiries.models import Enquiry, LinkPurpose, sign_link

ADDRESSES = {
    LinkPurpose.GUARDIAN_CONFIRMATION: "enquiries:confirm_guardian",
    LinkPurpose.GUARDIAN_REQUEST: "enquiries:give_guardian",
    LinkPurpose.RECONSENT: "enquiries:agree_anew",
    LinkPurpose.ENQUIRY: "enquiry:show",
    LinkPurpose.DISOWN: "enquiry:disown",
    LinkPurpose.CALL_OPINION: "enquiries:helped",
}


def link_to(enquiry: Enquiry, *, purpose: LinkPurpose, now: datetime, about: int = 0) -> str:
    """
    Give the whole address of a link to ``enquiry``, or to what ``about`` numbers in it.

    It is a new one each time, but for the link by which a guardian confirms.
    """
    if purpose is LinkPurpose.GUARDIAN_CONFIRMATION:
        now = _given_at(enquiry)
    token = sign_link(enquiry, purpose=purpose, now=now, about=about)
    return f"{settings.SITE_URL}{reverse(ADDRESSES[purpose], args=[token])}"


def confirm_until(enquiry: Enquiry) -> datetime:
    """Tell until when a guardian's link works: 7 days, and 7 more once a new one was given."""
    return _given_at(enquiry) + LinkPurpose.GUARDIAN_CONFIRMATION.lifetime


def _given_at(enquiry: Enquiry) -> datetime:
    asked_at = enquiry.consent_asked_at or enquiry.created_at
    return enquiry.guardian_link_renewed_at or asked_at


def staff_link(enquiry: Enquiry) -> str:
    """Give the whole address at which staff see ``enquiry``."""
    return f"{settings.SITE_URL}{reverse('admin:index')}enquiries/enquiry/{enquiry.pk}/change/"

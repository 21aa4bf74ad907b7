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
}


def link_to(enquiry: Enquiry, *, purpose: LinkPurpose, now: datetime) -> str:
    """Give the whole address of a new link to ``enquiry``."""
    token = sign_link(enquiry, purpose=purpose, now=now)
    return f"{settings.SITE_URL}{reverse(ADDRESSES[purpose], args=[token])}"


def staff_link(enquiry: Enquiry) -> str:
    """Give the whole address at which staff see ``enquiry``."""
    return f"{settings.SITE_URL}{reverse('admin:index')}enquiries/enquiry/{enquiry.pk}/change/"

"""How an enquiry stands, in the columns that an undoing puts back."""

from enquiries.models import Enquiry

COLUMNS = (
    "state", "owner", "claimed_at", "hold", "closed_at", "duplicate_of", "needs_agent",
)  # fmt: skip


def standing(enquiry):
    return Enquiry.objects.values(*COLUMNS).get(pk=enquiry.pk)

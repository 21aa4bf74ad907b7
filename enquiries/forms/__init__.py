"""What people type into the contact form → checked domain types."""

from enquiries.forms.age import AgeForm
from enquiries.forms.contact import SLOT_CLOSED, ContactForm
from enquiries.forms.fields import read_slot_id, slot_options
from enquiries.forms.layout import CARRIED_GOES_HERE, contact_helper
from enquiries.forms.selfservice import CorrectionForm, LostLinkForm

__all__ = [
    "CARRIED_GOES_HERE",
    "SLOT_CLOSED",
    "AgeForm",
    "ContactForm",
    "CorrectionForm",
    "LostLinkForm",
    "contact_helper",
    "read_slot_id",
    "slot_options",
]

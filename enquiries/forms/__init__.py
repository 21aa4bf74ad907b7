"""What people type into the contact form → checked domain types."""

from enquiries.forms.age import AgeForm
from enquiries.forms.contact import ContactForm
from enquiries.forms.fields import read_slot_id, slot_options
from enquiries.forms.layout import contact_helper

__all__ = ["AgeForm", "ContactForm", "contact_helper", "read_slot_id", "slot_options"]

"""What people type into the contact form → checked domain types."""

from enquiries.forms.age import AgeForm
from enquiries.forms.age_changes import AgreeAnewForm, GuardianForm
from enquiries.forms.contact import ContactForm
from enquiries.forms.fields import day_options, read_day, time_options
from enquiries.forms.layout import (
    CARRIED_GOES_HERE,
    NO_CALL_GOES_HERE,
    contact_helper,
    on_behalf_helper,
)
from enquiries.forms.on_behalf import OnBehalfForm
from enquiries.forms.opinion import OpinionForm
from enquiries.forms.selfservice import CorrectionForm, LostLinkForm
from enquiries.forms.wish import DAY_FULL, SLOT_CLOSED

__all__ = [
    "CARRIED_GOES_HERE",
    "DAY_FULL",
    "NO_CALL_GOES_HERE",
    "SLOT_CLOSED",
    "AgeForm",
    "AgreeAnewForm",
    "ContactForm",
    "CorrectionForm",
    "GuardianForm",
    "LostLinkForm",
    "OnBehalfForm",
    "OpinionForm",
    "contact_helper",
    "day_options",
    "on_behalf_helper",
    "read_day",
    "time_options",
]

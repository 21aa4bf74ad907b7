"""The pages behind the link to an enquiry; opening any of them changes nothing."""

from enquiries.views.enquiry.call import call_file, choose_time
from enquiries.views.enquiry.contact import correct_contact
from enquiries.views.enquiry.data import data
from enquiries.views.enquiry.disown import disown
from enquiries.views.enquiry.lost import lost
from enquiries.views.enquiry.page import show
from enquiries.views.enquiry.resume import add_resume
from enquiries.views.enquiry.withdraw import withdraw

__all__ = [
    "add_resume",
    "call_file",
    "choose_time",
    "correct_contact",
    "data",
    "disown",
    "lost",
    "show",
    "withdraw",
]

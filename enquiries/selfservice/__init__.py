"""What the person themself does about their enquiry, by the link that we wrote to them."""

from enquiries.selfservice.calls import cancel_call, choose_time
from enquiries.selfservice.changes import NotNow
from enquiries.selfservice.contact import confirm_email, correct_contact, forget_former_addresses
from enquiries.selfservice.leaving import disown, is_disowned, withdraw
from enquiries.selfservice.resume import ResumeThere, add_resume, may_add_resume
from enquiries.selfservice.visits import Visit, ask_for_link, visit, visit_to_disown

__all__ = [
    "NotNow",
    "ResumeThere",
    "Visit",
    "add_resume",
    "ask_for_link",
    "cancel_call",
    "choose_time",
    "confirm_email",
    "correct_contact",
    "disown",
    "forget_former_addresses",
    "is_disowned",
    "may_add_resume",
    "visit",
    "visit_to_disown",
    "withdraw",
]

"""The pages of the callback form and what follows it, of a guardian's answer and of a call."""

from enquiries.views.age_changes import agree_anew, give_guardian
from enquiries.views.confirmation import confirm_guardian
from enquiries.views.contact import call_times, form_in_place, new, without_token
from enquiries.views.opinion import helped
from enquiries.views.received import received

__all__ = [
    "agree_anew",
    "call_times",
    "confirm_guardian",
    "form_in_place",
    "give_guardian",
    "helped",
    "new",
    "received",
    "without_token",
]

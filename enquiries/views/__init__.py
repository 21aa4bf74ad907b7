"""The pages of the callback form, of what follows it, and of a guardian's confirmation."""

from enquiries.views.confirmation import confirm_guardian
from enquiries.views.contact import new, without_token
from enquiries.views.received import received

__all__ = ["confirm_guardian", "new", "received", "without_token"]

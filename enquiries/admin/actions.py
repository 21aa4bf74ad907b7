"""All that staff may do to an enquiry, by name."""

from enquiries.admin.changes import CHANGES
from enquiries.admin.contacting import CONTACTING
from enquiries.admin.learning import LEARNING
from enquiries.admin.mending import MENDING
from enquiries.admin.owning import OWNING

ACTIONS = {action.name: action for action in (*OWNING, *CONTACTING, *LEARNING, *MENDING, *CHANGES)}

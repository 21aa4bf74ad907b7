"""The changes of state as actions: offered, and asked for facts, as the table says."""

from enquiries import triage
from enquiries.admin.action import Action, Doing, needs
from enquiries.admin.forms import ActionForm, OriginalForm, ReasonForm, RemarkForm
from enquiries.models import Enquiry
from enquiries.transitions import Hold, Requirement, State, allowed_from, required_for

SHOWN_AHEAD = (
    Requirement.BOOKED_CALLBACK,
    Requirement.OPEN_FOLLOW_UP,
    Requirement.THREE_ATTEMPTS,
)


def may_become(enquiry: Enquiry, to_state: State) -> bool:
    """Say whether the table lets an enquiry change to ``to_state``."""
    return to_state in allowed_from(State(enquiry.state), hold=Hold(enquiry.hold))


def _required(enquiry: Enquiry, to_state: State) -> frozenset[Requirement]:
    return required_for(from_state=State(enquiry.state), to_state=to_state)


def _change_to(to_state: State) -> Action:
    def form(enquiry: Enquiry) -> type[ActionForm]:
        required = _required(enquiry, to_state)
        if Requirement.ORIGINAL in required:
            return OriginalForm
        return ReasonForm if Requirement.REASON in required else RemarkForm

    def hint(enquiry: Enquiry) -> str:
        required = _required(enquiry, to_state)
        return " ".join(each.sentence for each in SHOWN_AHEAD if each in required)

    def offered(enquiry: Enquiry) -> bool:
        claiming = (enquiry.state, to_state) == (State.NEW, State.ASSIGNED)
        return not claiming and may_become(enquiry, to_state)

    def perform(doing: Doing) -> str:
        triage.change_state(
            doing.enquiry,
            to_state=to_state,
            by=doing.by,
            now=doing.now,
            why=doing.given["why"],
            duplicate_of=doing.given.get("original"),
        )
        return f"{doing.enquiry.reference} is now \u201c{to_state.label}\u201d."

    more = ["close_as_spam"] if to_state is State.SPAM else []
    return Action(
        name=f"to_{to_state.value}",
        label=to_state.label,
        perform=perform,
        permissions=needs("change_enquiry", *more),
        offered=offered,
        form=form,
        hint=hint,
        button=f"Change to \u201c{to_state.label}\u201d",
    )


# A call is begun by its own action, which asks for the hour where they are, and one at a time.
OTHERWISE = {State.NEW, State.IN_CALL}
CHANGES = tuple(_change_to(state) for state in State if state not in OTHERWISE)

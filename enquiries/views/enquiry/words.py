"""How the pages of an enquiry say things: its state in plain words, a contact half hidden."""

from enquiries.models import Enquiry
from enquiries.transitions import Hold, State

STANDINGS = {
    State.NEW: "We have your request. One of our advisers will take it up.",
    State.ASSIGNED: "One of our advisers has your request.",
    State.SCHEDULED: "Your call is booked.",
    State.IN_CALL: "We are talking with you.",
    State.FOLLOW_UP: "We talked. We will come back to you.",
    State.DONE: "Your request is answered and closed.",
    State.CLOSED_UNREACHED: "We could not reach you, so your request is closed.",
    State.WITHDRAWN: "Your request is withdrawn. We will not call you about it.",
}
HELD = {
    Hold.NEEDS_GUARDIAN: "A parent or guardian must complete your request first.",
    Hold.NEEDS_INFO: "We need to know more from you first.",
    Hold.RECONSENT: "The young person is 18 now. They must agree before we go on.",
}
UNCONFIRMED = "We wait for you to confirm as parent or guardian. Open the link in our e-mail."
CLOSED = "Your request is closed."
ENDING = 3  # digits of a number that are shown


def standing(enquiry: Enquiry) -> str:
    """Say in plain words where an enquiry stands."""
    if enquiry.is_open and (held := HELD.get(Hold(enquiry.hold))):
        return held
    if enquiry.is_open and enquiry.is_minor and enquiry.guardian_confirmed_at is None:
        return UNCONFIRMED
    return STANDINGS.get(State(enquiry.state), CLOSED)


def masked_email(email: str) -> str:
    """Show enough of an address for its holder to know it, and too little for anybody else."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}\N{HORIZONTAL ELLIPSIS}{at}{domain}" if at else ""


def masked_phone(phone: str) -> str:
    """Show the last digits of a number."""
    return f"ending in {phone[-ENDING:]}" if phone else ""

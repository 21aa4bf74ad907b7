"""The table of an enquiry's states, and what each change requires."""

from collections.abc import Collection
from enum import StrEnum


class State(StrEnum):
    """Where an enquiry stands."""

    NEW = "new"
    ASSIGNED = "assigned"
    SCHEDULED = "scheduled"
    IN_CALL = "in_call"
    FOLLOW_UP = "follow_up"
    DONE = "done"
    CLOSED_UNREACHED = "closed_unreached"
    WITHDRAWN = "withdrawn"
    SPAM = "spam"
    DUPLICATE = "duplicate"

    @property
    def label(self) -> str:
        return {"in_call": "In a call", "closed_unreached": "Closed, not reached"}.get(
            self, self.replace("_", "-").capitalize()
        )


class Hold(StrEnum):
    """What an enquiry waits for, beside its state."""

    NONE = ""
    NEEDS_GUARDIAN = "needs_guardian"
    NEEDS_INFO = "needs_info"
    RECONSENT = "reconsent"

    @property
    def label(self) -> str:
        return {
            "": "None",
            "needs_guardian": "Needs a guardian",
            "needs_info": "Needs information",
            "reconsent": "Needs to agree anew",
        }[self]


class Requirement(StrEnum):
    """A fact that a change asks for."""

    OWNER = "owner"
    REASON = "reason"
    BOOKED_CALLBACK = "booked_callback"
    OPEN_FOLLOW_UP = "open_follow_up"
    THREE_ATTEMPTS = "three_attempts"
    ORIGINAL = "original"

    @property
    def sentence(self) -> str:
        return {
            "owner": "Someone must own the enquiry first.",
            "reason": "Say why.",
            "booked_callback": "Book a time for the callback first.",
            "open_follow_up": "Schedule a follow-up first.",
            "three_attempts": "Record three call attempts over at least two days first.",
            "original": "Name the enquiry that this one repeats.",
        }[self]


class TransitionRefused(Exception):
    """The table does not allow this change, or a fact it requires is missing."""

    def __init__(self, sentence: str, *, missing: frozenset[Requirement] = frozenset()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.missing = missing


CLOSED_STATES = frozenset(
    {State.DONE, State.CLOSED_UNREACHED, State.WITHDRAWN, State.SPAM, State.DUPLICATE}
)
OPEN_STATES = frozenset(State) - CLOSED_STATES
OWNED_STATES = frozenset({State.ASSIGNED, State.IN_CALL})

_ASIDE: dict[State, frozenset[Requirement]] = {
    State.WITHDRAWN: frozenset({Requirement.REASON}),
    State.SPAM: frozenset({Requirement.REASON}),
    State.DUPLICATE: frozenset({Requirement.ORIGINAL}),
}
_WORKED: dict[State, frozenset[Requirement]] = {
    State.NEW: frozenset(),
    State.ASSIGNED: frozenset({Requirement.OWNER}),
    State.SCHEDULED: frozenset({Requirement.OWNER, Requirement.BOOKED_CALLBACK}),
    State.IN_CALL: frozenset({Requirement.OWNER}),
    State.FOLLOW_UP: frozenset({Requirement.OWNER, Requirement.OPEN_FOLLOW_UP}),
    State.DONE: frozenset({Requirement.OWNER, Requirement.REASON}),
    State.CLOSED_UNREACHED: frozenset({Requirement.OWNER, Requirement.THREE_ATTEMPTS}),
}
_REOPENED = {State.ASSIGNED: frozenset({Requirement.OWNER, Requirement.REASON})}


def _from(state: State, *, without: Collection[State] = ()) -> dict[State, frozenset[Requirement]]:
    return {
        to_state: required
        for to_state, required in (_WORKED | _ASIDE).items()
        if to_state is not state and to_state not in without
    }


TRANSITIONS: dict[State, dict[State, frozenset[Requirement]]] = {
    State.NEW: {State.ASSIGNED: _WORKED[State.ASSIGNED]} | _ASIDE,
    State.ASSIGNED: _from(State.ASSIGNED),
    State.SCHEDULED: _from(State.SCHEDULED),
    State.IN_CALL: _from(State.IN_CALL, without={State.NEW, State.CLOSED_UNREACHED}),
    State.FOLLOW_UP: _from(State.FOLLOW_UP),
} | dict.fromkeys(CLOSED_STATES, _REOPENED)

_HELD_BACK: dict[Hold, frozenset[State]] = {
    Hold.NONE: frozenset(),
    Hold.NEEDS_INFO: frozenset(),
    Hold.NEEDS_GUARDIAN: frozenset({State.SCHEDULED, State.IN_CALL, State.DONE}),
    Hold.RECONSENT: frozenset({State.SCHEDULED, State.IN_CALL, State.DONE}),
}


def allowed_from(state: State, *, hold: Hold = Hold.NONE) -> tuple[State, ...]:
    """List the states that an enquiry in ``state`` may change to, in the table's order."""
    return tuple(to for to in TRANSITIONS[state] if to not in _HELD_BACK[hold])


def required_for(*, from_state: State, to_state: State) -> frozenset[Requirement]:
    """
    Name the facts that a change requires.

    :raises TransitionRefused: if the table does not allow the change at all
    """
    try:
        return TRANSITIONS[from_state][to_state]
    except KeyError:
        msg = f"An enquiry cannot go from “{from_state.label}” to “{to_state.label}”."
        raise TransitionRefused(msg) from None


def check_change(
    *, from_state: State, to_state: State, hold: Hold, given: Collection[Requirement]
) -> None:
    """
    Do nothing if the change is allowed, with ``given`` the facts at hand.

    :raises TransitionRefused: saying in one sentence what stands in the way
    """
    missing = required_for(from_state=from_state, to_state=to_state) - frozenset(given)
    if to_state in _HELD_BACK[hold]:
        msg = f"The enquiry is on hold ({hold.label.lower()}), so it cannot be “{to_state.label}”."
        raise TransitionRefused(msg)
    if missing:
        first = min(missing, key=list(Requirement).index)
        raise TransitionRefused(first.sentence, missing=missing)

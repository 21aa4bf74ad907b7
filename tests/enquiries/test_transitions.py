import pytest

from enquiries.transitions import (
    CLOSED_STATES,
    OPEN_STATES,
    TRANSITIONS,
    Hold,
    Requirement,
    State,
    TransitionRefused,
    allowed_from,
    check_change,
    required_for,
)

EVERYTHING = frozenset(Requirement)


def test_every_state_has_its_row_in_the_table():
    assert set(TRANSITIONS) == set(State) == OPEN_STATES | CLOSED_STATES


@pytest.mark.parametrize(
    ("from_state", "to_state", "required"),
    [
        (State.NEW, State.ASSIGNED, {Requirement.OWNER}),
        (State.NEW, State.SPAM, {Requirement.REASON}),
        (State.NEW, State.DUPLICATE, {Requirement.ORIGINAL}),
        (State.ASSIGNED, State.NEW, set()),
        (State.ASSIGNED, State.IN_CALL, {Requirement.OWNER}),
        (State.ASSIGNED, State.SCHEDULED, {Requirement.OWNER, Requirement.BOOKED_CALLBACK}),
        (State.IN_CALL, State.FOLLOW_UP, {Requirement.OWNER, Requirement.OPEN_FOLLOW_UP}),
        (State.IN_CALL, State.DONE, {Requirement.OWNER, Requirement.REASON}),
        (
            State.FOLLOW_UP,
            State.CLOSED_UNREACHED,
            {Requirement.OWNER, Requirement.THREE_ATTEMPTS},
        ),
        (State.DONE, State.ASSIGNED, {Requirement.OWNER, Requirement.REASON}),
    ],
)
def test_a_change_asks_for_its_facts(from_state, to_state, required):
    assert required_for(from_state=from_state, to_state=to_state) == required
    check_change(from_state=from_state, to_state=to_state, hold=Hold.NONE, given=required)
    for fact in required:
        with pytest.raises(TransitionRefused) as refused:
            check_change(
                from_state=from_state,
                to_state=to_state,
                hold=Hold.NONE,
                given=EVERYTHING - {fact},
            )
        assert refused.value.missing == {fact}
        assert refused.value.sentence == fact.sentence


@pytest.mark.parametrize("state", State)
def test_no_state_changes_to_itself(state):
    assert state not in allowed_from(state)


@pytest.mark.parametrize("state", sorted(CLOSED_STATES))
def test_a_closed_enquiry_is_only_reopened(state):
    assert allowed_from(state) == (State.ASSIGNED,)


def test_a_new_enquiry_is_not_called_before_someone_owns_it():
    with pytest.raises(TransitionRefused, match="cannot go from “New” to “In a call”"):
        check_change(from_state=State.NEW, to_state=State.IN_CALL, hold=Hold.NONE, given=EVERYTHING)


def test_a_call_that_runs_cannot_end_as_not_reached():
    assert State.CLOSED_UNREACHED not in allowed_from(State.IN_CALL)


@pytest.mark.parametrize("hold", [Hold.NEEDS_GUARDIAN, Hold.RECONSENT])
def test_nobody_is_called_while_nobody_may_be(hold):
    allowed = allowed_from(State.ASSIGNED, hold=hold)
    assert not {State.IN_CALL, State.SCHEDULED, State.DONE} & set(allowed)
    assert State.WITHDRAWN in allowed
    with pytest.raises(TransitionRefused, match="on hold"):
        check_change(from_state=State.ASSIGNED, to_state=State.IN_CALL, hold=hold, given=EVERYTHING)


def test_missing_information_holds_no_call_back():
    assert allowed_from(State.ASSIGNED, hold=Hold.NEEDS_INFO) == allowed_from(State.ASSIGNED)


def test_states_and_holds_read_well():
    assert [state.label for state in State][:4] == ["New", "Assigned", "Scheduled", "In a call"]
    assert State.FOLLOW_UP.label == "Follow-up"
    assert Hold.NEEDS_GUARDIAN.label == "Needs a guardian"

"""Every pair of states, as the desk changes it and as raw SQL does: the table alone decides."""

from datetime import timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from enquiries import slots, triage
from enquiries.models import CallAttempt, CallbackSlot, Enquiry, Event, FollowUpReason
from enquiries.transitions import (
    CLOSED_STATES,
    OPEN_STATES,
    TRANSITIONS,
    Requirement,
    State,
    TransitionRefused,
)

pytestmark = pytest.mark.django_db

EVERY_PAIR = [(before, after) for before in State for after in State]
BY_THE_TABLE = {(before, after) for before in State for after in TRANSITIONS[before]}
BY_TIME = {(before, State.CLOSED_UNREACHED) for before in OPEN_STATES}  # a period's end closes
CONSTRAINTS = {"enquiry_state_changes_by_the_table", "enquiry_worked_on_has_an_owner"}
WITHOUT_OWNER = {State.NEW, State.SPAM, State.WITHDRAWN, State.DUPLICATE}


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def original(make_enquiry):
    return make_enquiry()


@pytest.fixture
def make_in(make_enquiry, adviser, original, now):
    """Make an enquiry in a state, with every fact that any change asks for."""
    when = now + timedelta(days=2)
    slot = CallbackSlot.objects.create(
        starts_at=when, ends_at=when + slots.LENGTH, capacity=500, used=500
    )
    time = {"slot": slot, "starts_at": when, "ends_at": slot.ends_at, "zone": "UTC"}
    local = {"local_on": when.date(), "local_time": when.time(), "tzdata_version": "2026a"}

    def make(state, *, facts=True):
        enquiry = make_enquiry(
            state=state,
            owner=adviser if state is not State.NEW else None,
            closed_at=now if state in CLOSED_STATES else None,
            duplicate_of=original if state is State.DUPLICATE else None,
        )
        if facts:
            enquiry.callbacks.create(created_at=now - timedelta(days=9), **time, **local)
            enquiry.follow_ups.create(reason=FollowUpReason.CALL_AGAIN, due_at=now, created_at=now)
            CallAttempt.objects.bulk_create(
                CallAttempt(
                    enquiry=enquiry, by=adviser, at=now - timedelta(days=days), outcome="busy"
                )
                for days in range(3)
            )
        return enquiry

    return make


@pytest.fixture
def change(adviser, original, now):
    """Change a state as the desk does; tell in a word what came of it."""

    def change(enquiry, to_state, *, why="Because"):
        events = Event.objects.filter(enquiry=enquiry)
        try:
            with transaction.atomic():
                triage.change_state(
                    enquiry,
                    to_state=to_state,
                    by=adviser,
                    now=now,
                    why=why,
                    duplicate_of=original if to_state is State.DUPLICATE else None,
                )
        except TransitionRefused:
            told = "refused"
        else:
            told = "changed"
        stands = Enquiry.objects.get(pk=enquiry.pk).state
        expected = to_state if told == "changed" else enquiry.state
        if stands != expected or events.count() != (told == "changed"):
            told += f", but it is {stands} with {events.count()} events"
        return told

    return change


@pytest.fixture
def change_by_sql(original, adviser):
    """Change a state past the site; tell in a word what came of it."""

    def change(enquiry, to_state, *, owner=True, hold=""):
        closed = to_state in CLOSED_STATES
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE enquiries_enquiry SET state = %s, hold = %s, owner_id = %s,"
                    " closed_at = CASE WHEN %s THEN now() END, duplicate_of_id = %s WHERE id = %s",
                    [
                        to_state,
                        hold,
                        adviser.pk if owner and to_state is not State.NEW else None,
                        closed,
                        original.pk if to_state is State.DUPLICATE else None,
                        enquiry.pk,
                    ],
                )
        except IntegrityError as error:
            cause = error.__cause__
            assert isinstance(cause, psycopg.IntegrityError)
            return "refused" if cause.diag.constraint_name in CONSTRAINTS else str(error)
        return "changed"

    return change


def wrongs(told, *, allowed):
    return [
        f"{before.value} to {after.value}: {what}"
        for (before, after), what in told.items()
        if what != ("changed" if (before, after) in allowed else "refused")
    ]


def test_the_desk_changes_states_as_the_table_says_and_no_others(make_in, change):
    told = {(before, after): change(make_in(before), after) for before, after in EVERY_PAIR}
    assert wrongs(told, allowed=BY_THE_TABLE) == []


def test_the_desk_changes_nothing_without_the_facts_that_a_change_asks_for(make_in, change):
    given_by_the_call = {Requirement.OWNER, Requirement.ORIGINAL}
    asks = {
        (before, after)
        for before, after in BY_THE_TABLE
        if TRANSITIONS[before][after] - given_by_the_call
    }
    told = {
        (before, after): change(make_in(before, facts=False), after, why=" ")
        for before, after in BY_THE_TABLE
    }
    assert wrongs(told, allowed=BY_THE_TABLE - asks) == []


def test_raw_sql_changes_states_as_the_table_says_and_no_others(make_in, change_by_sql):
    told = {(before, after): change_by_sql(make_in(before), after) for before, after in EVERY_PAIR}
    unchanged = {(state, state) for state in State}  # says nothing new, so nothing is refused
    assert wrongs(told, allowed=BY_THE_TABLE | BY_TIME | unchanged) == []


def test_raw_sql_finds_the_same_facts_missing(make_in, change_by_sql):
    pairs = BY_THE_TABLE | BY_TIME
    bare = {pair: change_by_sql(make_in(pair[0], facts=False), pair[1]) for pair in pairs}
    of_nobody = {pair: change_by_sql(make_in(pair[0]), pair[1], owner=False) for pair in pairs}
    held = {pair: change_by_sql(make_in(pair[0]), pair[1], hold="reconsent") for pair in pairs}

    def but(*states):
        return {pair for pair in pairs if pair[1] not in states}

    assert wrongs(bare, allowed=but(State.SCHEDULED, State.FOLLOW_UP)) == []
    free = {pair for pair in pairs if pair[1] in WITHOUT_OWNER | {State.CLOSED_UNREACHED}}
    assert wrongs(of_nobody, allowed=free) == []
    assert wrongs(held, allowed=but(State.SCHEDULED, State.IN_CALL, State.DONE)) == []

"""Assigning by itself: in turn by shift and capacity, back from who did nothing or is away."""

import contextlib
import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection

from enquiries import agents, assigning, daily, replies, triage
from enquiries.calls import record_call
from enquiries.followups import schedule_follow_up
from enquiries.models import (
    Absence,
    Adviser,
    Callback,
    CallbackPolicy,
    CallOutcome,
    Closure,
    Enquiry,
    Event,
    FollowUp,
    FollowUpReason,
    OfficeHours,
    Shift,
)
from enquiries.transitions import Hold, State

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 13:00 in Sydney
LATER = NOW + timedelta(minutes=30)
TOMORROW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WHOLE_WEEK = range(7)


@pytest.fixture
def make_working(make_adviser):
    """Make an adviser who gets enquiries in turn and is on shift all day, altered."""

    def make(*, hours=(time(0), time(23, 59)), days=WHOLE_WEEK, **altered):
        user = make_adviser()
        for day in days:
            Shift.objects.create(staff=user, weekday=day, starts=hours[0], ends=hours[1])
        Adviser.objects.create(**{"user": user, "is_in_turn": True} | altered)
        return user

    return make


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def claimed(make_enquiry, adviser):
    return triage.claim(make_enquiry(), by=adviser, now=NOW)


def away(user, *, since=NOW, until=TOMORROW):
    return Absence.objects.create(staff=user, starts_at=since, ends_at=until)


def owners():
    return list(Enquiry.objects.order_by("pk").values_list("owner", flat=True))


@pytest.mark.parametrize(
    ("at", "works"),
    [
        pytest.param(datetime(2026, 10, 2, 23, 0, tzinfo=UTC), True, id="9:00 before the change"),
        pytest.param(datetime(2026, 10, 2, 22, 59, tzinfo=UTC), False, id="a minute before"),
        pytest.param(datetime(2026, 10, 9, 22, 0, tzinfo=UTC), True, id="9:00 in summer time"),
        pytest.param(datetime(2026, 10, 10, 5, 59, tzinfo=UTC), True, id="16:59 in summer time"),
        pytest.param(datetime(2026, 10, 10, 6, 0, tzinfo=UTC), False, id="at the end"),
        pytest.param(datetime(2026, 10, 10, 22, 0, tzinfo=UTC), False, id="on a Sunday"),
    ],
)
def test_a_shift_is_told_by_the_clock_of_the_site(make_working, at, works):
    user = make_working(days=[5], hours=(time(9), time(17)))
    assert list(assigning.on_shift(at)) == ([user] if works else [])


def test_who_is_away_or_left_is_not_on_shift(make_working, make_adviser):
    make_working(), make_adviser()
    away(make_working(), since=NOW - timedelta(hours=1), until=NOW + timedelta(minutes=1))
    left = make_working()
    left.is_active = False
    left.save()
    back = make_working()
    away(back, since=NOW - timedelta(hours=1), until=NOW)
    assert back in assigning.on_shift(NOW)
    assert assigning.on_shift(NOW).count() == 2


def test_new_enquiries_go_round_the_oldest_first(make_working, make_enquiry):
    first, second = make_working(), make_working()
    made = [make_enquiry(created_at=NOW - timedelta(minutes=n)) for n in range(3)]
    assert assigning.give_in_turn(now=NOW) == 3
    assert owners() == [first.pk, second.pk, first.pk]
    assert {each.state for each in Enquiry.objects.all()} == {"assigned"}
    event = Event.objects.filter(enquiry=made[0]).get()
    assert (event.kind, event.by, event.to_owner, event.why) == (
        "assigned", None, first, "In turn",
    )  # fmt: skip
    make_enquiry()
    assigning.give_in_turn(now=LATER)
    assert owners()[-1] == second.pk


def test_nobody_gets_more_than_they_may_own(make_working, make_enquiry, now):
    small, large = make_working(most_open=2), make_working(most_open=3)
    make_enquiry(state="follow_up", owner=small)
    make_enquiry(state="done", owner=large, closed_at=now)
    for _ in range(6):
        make_enquiry()
    assert assigning.give_in_turn(now=NOW) == 4
    assert Enquiry.objects.filter(state="new").count() == 2
    assert {each: owners().count(each.pk) for each in (small, large)} == {small: 2, large: 4}
    assert assigning.give_in_turn(now=NOW) == 0


@pytest.mark.parametrize(
    "altered",
    [{"is_in_turn": False}, {"days": [1]}, {"hours": (time(8), time(13))}],
    ids=["not in turn", "works on Tuesdays", "went home at 13:00"],
)
def test_only_who_works_now_and_takes_turns_gets_one(make_working, make_enquiry, altered):
    make_working(**altered)
    make_enquiry()
    assert assigning.give_in_turn(now=NOW) == 0


@pytest.mark.parametrize(
    ("closed_on", "now", "given"),
    [
        (date(2026, 11, 23), NOW, 0),
        (date(2026, 11, 24), NOW, 1),
        (date(2026, 11, 1), datetime(2026, 12, 25, 2, 0, tzinfo=UTC), 0),  # a public holiday
        (date(2026, 11, 1), datetime(2026, 11, 28, 2, 0, tzinfo=UTC), 1),  # a Saturday shift
    ],
)
def test_on_a_closed_day_nothing_is_given(make_working, make_enquiry, closed_on, now, given):
    make_working()
    OfficeHours.objects.update(capacity=1)
    away(make_working(is_in_turn=False), since=NOW - timedelta(days=40), until=NOW.replace(day=30))
    make_enquiry()
    Closure.objects.create(on=closed_on, why="Moving house")
    assert assigning.give_in_turn(now=now) == given


def test_what_waits_for_the_person_is_not_given(make_working, make_enquiry):
    make_working()
    make_enquiry(hold=Hold.NEEDS_INFO)
    assert assigning.give_in_turn(now=NOW) == 0


def test_what_went_back_from_someone_goes_to_another(make_working, make_enquiry):
    lazy = make_working()
    make_enquiry(), make_enquiry()
    assigning.give_in_turn(now=NOW)
    assert assigning.return_untouched(now=LATER) == 2
    assert assigning.give_in_turn(now=LATER) == 0
    newer, busy = make_enquiry(), make_working()
    assert assigning.give_in_turn(now=LATER) == 3
    assert owners() == [busy.pk, busy.pk, lazy.pk]
    assert newer.state == "new"


def test_an_untouched_enquiry_goes_back_when_its_minutes_are_over(claimed, adviser):
    CallbackPolicy.objects.update(return_minutes=45)
    due = NOW + timedelta(minutes=45)
    assert assigning.return_untouched(now=due - timedelta(seconds=1)) == 0
    assert assigning.return_untouched(now=due) == 1
    claimed.refresh_from_db()
    assert (claimed.state, claimed.owner, claimed.claimed_at) == ("new", None, None)
    event = Event.objects.latest("id")
    assert (event.kind, event.by, event.from_owner, event.why) == (
        "returned", None, adviser, "Nothing was done for 45 minutes",
    )  # fmt: skip
    assert assigning.return_untouched(now=due) == 0


TOUCHES = {
    "a note": lambda e, by, at: triage.add_note(e, text="Looked", by=by, now=at),
    "a reply": lambda e, by, at: replies.write_reply(
        e, subject="Hello", text="Soon", by=by, now=at
    ),
    "a mark": lambda e, by, at: agents.need_agent(e, by=by, now=at),
    "a call that they made": lambda e, by, at: record_call(
        e, by=by, outcome=CallOutcome.THEY_CALLED, now=at
    ),
    "a follow-up to come": lambda e, by, _: schedule_follow_up(
        e, due_at=TOMORROW, reason=FollowUpReason.CALL_AGAIN, now=NOW, owner=by
    ),
}


def test_what_its_owner_touched_stays_theirs(claimed, make_enquiry, make_callback, adviser):
    wrong = []
    for name, touch in TOUCHES.items():
        enquiry = triage.claim(make_enquiry(), by=adviser, now=NOW)
        touch(enquiry, adviser, NOW + timedelta(minutes=1))
        if enquiry in assigning.untouched(now=LATER):
            wrong.append(name)
    booked = triage.claim(make_enquiry(), by=adviser, now=NOW)
    make_callback(booked, starts_at=TOMORROW)
    if booked in assigning.untouched(now=LATER):
        wrong.append("a call to come")
    assert wrong == []
    assert list(assigning.untouched(now=LATER)) == [claimed]


def test_whom_we_spoke_with_nobody_calls_again_because_time_passed(claimed, adviser):
    record_call(claimed, by=adviser, outcome=CallOutcome.REACHED, now=NOW)
    assert assigning.return_untouched(now=NOW + timedelta(days=3)) == 0


def test_what_others_did_keeps_it_for_nobody(claimed, make_adviser, make_callback):
    other = make_adviser()
    triage.add_note(claimed, text="Whose is it?", by=other, now=NOW + timedelta(minutes=1))
    reason = FollowUpReason.CALL_AGAIN
    schedule_follow_up(claimed, due_at=TOMORROW, reason=reason, now=NOW, owner=other)
    make_callback(claimed, starts_at=NOW + timedelta(minutes=10))  # its time is over by then
    assert assigning.return_untouched(now=LATER) == 1


@pytest.mark.parametrize(
    "altered",
    [
        {"state": State.IN_CALL},
        {"state": State.SCHEDULED},
        {"state": State.FOLLOW_UP},
        {"hold": Hold.NEEDS_INFO, "state": State.ASSIGNED},
    ],
)
def test_the_timer_never_ends_a_call_a_promise_or_a_hold(make_enquiry, adviser, altered):
    make_enquiry(owner=adviser, claimed_at=NOW - timedelta(days=9), **altered)
    assert assigning.return_untouched(now=NOW) == 0


def test_an_absence_puts_claims_back_at_once_but_no_call(make_enquiry, adviser, make_adviser):
    owned = {"owner": adviser, "claimed_at": NOW}
    claim, call = (make_enquiry(state=state, **owned) for state in ("assigned", "in_call"))
    others = make_enquiry(state="assigned", owner=make_adviser(), claimed_at=NOW)
    away(adviser, since=NOW + timedelta(minutes=1))
    assert assigning.take_over_from_absent(now=NOW) == 0
    assert assigning.take_over_from_absent(now=NOW + timedelta(minutes=1)) == 1
    assert owners() == [None, call.owner_id, others.owner_id]
    event = Event.objects.get()
    assert (event.enquiry, event.kind, event.why) == (claim, "returned", "Its owner is away")


def test_of_an_absence_its_own_promises_are_free_for_others(make_enquiry, make_callback, adviser):
    back_at = TOMORROW + timedelta(hours=1)
    made = {}
    for state, when in [
        ("scheduled", TOMORROW),
        ("scheduled", back_at),
        ("follow_up", TOMORROW),
        ("follow_up", back_at),
    ]:
        enquiry = make_enquiry(owner=adviser, claimed_at=NOW, state=state)
        if state == "scheduled":
            make_callback(enquiry, starts_at=when)
        schedule_follow_up(
            enquiry, due_at=when, reason=FollowUpReason.CALL_AGAIN, now=NOW, owner=adviser
        )
        made[state, when] = enquiry
    away(adviser, until=back_at)
    assert assigning.take_over_from_absent(now=NOW) == 4  # two enquiries, two follow-ups
    for (state, when), enquiry in made.items():
        enquiry.refresh_from_db()
        free = when == TOMORROW
        assert (enquiry.state, enquiry.owner) == (("new", None) if free else (state, adviser))
        assert enquiry.follow_ups.get().owner == (None if free else adviser)
    assert Callback.objects.current().count() == 2
    assert assigning.take_over_from_absent(now=NOW) == 0
    taken = triage.claim(made["scheduled", TOMORROW], by=adviser, now=NOW)
    assert taken.callbacks.get().starts_at == TOMORROW


@pytest.mark.django_db(transaction=True)
def test_what_is_worked_on_as_its_owner_goes_is_taken_back_the_next_time(make_enquiry, adviser):
    waits = make_enquiry(state="follow_up", owner=adviser, claimed_at=NOW)
    reason = FollowUpReason.CALL_AGAIN
    schedule_follow_up(waits, due_at=LATER, reason=reason, now=NOW, owner=adviser)
    away(adviser)
    another = connection.copy()
    another.set_autocommit(False)
    try:
        with another.cursor() as cursor:
            cursor.execute("SELECT FROM enquiries_enquiry WHERE id = %s FOR UPDATE", [waits.pk])
        assert assigning.take_over_from_absent(now=NOW) == 0
    finally:
        another.close()
    assert assigning.take_over_from_absent(now=NOW) == 2  # the enquiry, and its promise
    waits.refresh_from_db()
    assert (waits.state, waits.owner, waits.follow_ups.get().owner) == ("new", None, None)


def test_who_left_leaves_nothing_behind(make_enquiry, make_callback, adviser):
    owned = {"owner": adviser, "claimed_at": NOW}
    for state in ("assigned", "scheduled", "follow_up"):
        make_enquiry(state=state, **owned)
    reason = FollowUpReason.FIRST_CALL
    schedule_follow_up(make_enquiry(), due_at=TOMORROW, reason=reason, now=NOW, owner=adviser)
    adviser.is_active = False
    adviser.save()
    assert assigning.take_over_from_absent(now=NOW) == 4
    assert not Enquiry.objects.exclude(owner=None).exists()
    assert not FollowUp.objects.exclude(owner=None).exists()
    assert Event.objects.filter(why="Its owner no longer works here").count() == 3


def test_a_call_of_who_left_is_ended_and_somebody_else_is_to_call(make_enquiry, adviser):
    begun = make_enquiry(state="in_call", owner=adviser, claimed_at=NOW)
    away(adviser)
    assert assigning.take_over_from_absent(now=NOW) == 0  # who is there yet records it
    adviser.is_active = False
    adviser.save()
    assert assigning.take_over_from_absent(now=NOW) == 2  # the enquiry, and its new promise
    begun.refresh_from_db()
    assert (begun.state, begun.owner) == ("new", None)
    promised = begun.follow_ups.get()
    assert (promised.reason, promised.due_at, promised.owner) == ("call_again", NOW, None)
    steps = list(begun.events.values_list("kind", "from_state", "to_state", "why"))
    left = "Its owner no longer works here"
    assert steps[-2:] == [
        ("state_changed", "in_call", "follow_up", left), ("returned", "follow_up", "new", left),
    ]  # fmt: skip
    assert assigning.take_over_from_absent(now=NOW) == 0


def test_each_minute_an_absent_ones_claims_go_to_who_is_there(claimed, make_working, adviser):
    away(adviser)
    there = make_working()
    assert daily.run_each_minute(now=NOW)
    claimed.refresh_from_db()
    assert claimed.owner == there
    assert [each.kind for each in claimed.events.all()] == ["claimed", "returned", "assigned"]


@pytest.mark.django_db(transaction=True)
def test_many_who_give_and_claim_at_once_leave_each_enquiry_with_one_owner(
    make_enquiry, make_working, make_adviser
):
    turns = [make_working(most_open=10) for _ in range(2)]
    claimer = make_adviser()
    enquiries = [make_enquiry() for _ in range(30)]
    together, failed = threading.Barrier(4), []

    def run(act):
        try:
            together.wait(30)
            act()
        except Exception as error:  # noqa: BLE001 - a thread keeps it to itself
            failed.append(error)
        finally:
            connection.close()

    def claim_all():
        for enquiry in enquiries[::-1]:
            with contextlib.suppress(triage.AlreadyClaimed):
                triage.claim(enquiry, by=claimer, now=NOW)

    def give():
        assigning.give_in_turn(now=NOW)

    threads = [threading.Thread(target=run, args=[act]) for act in (give, give, claim_all, give)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    owned = dict(Enquiry.objects.values_list("pk", "owner"))
    events = Event.objects.values_list("enquiry", "to_owner")
    assert sorted(events) == sorted(owned.items())  # one change each, and it holds
    assert all(list(owned.values()).count(user.pk) <= 10 for user in turns)

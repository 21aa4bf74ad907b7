"""Who is away or left leaves nothing behind that waits for them."""

from datetime import timedelta

import pytest
from django.db import connection

from enquiries import assigning, daily, triage
from enquiries.followups import schedule_follow_up
from enquiries.models import Callback, Enquiry, Event, FollowUp, FollowUpReason
from tests.enquiries.assigning.turns import LATER, NOW, TOMORROW, away, owners

pytestmark = pytest.mark.django_db


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

"""The desk: who is next, why, and that a call is taken once."""

import threading
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection

from enquiries import desk
from enquiries.calls import AlreadyInCall
from enquiries.desk import Why
from enquiries.followups import schedule_follow_up
from enquiries.models import Absence, CallAttempt, Enquiry, FollowUpReason, SavedView, Shift
from enquiries.triage import claim

SIX_HOURS = timedelta(hours=6)
NIGHT_THERE = "Europe/London"  # 2:00 when it is 13:00 in Sydney


@pytest.fixture
def promise(now):
    """Promise to call an enquirer so long after now, or before it."""

    def promise(enquiry, after, *, reason=FollowUpReason.FIRST_CALL, owner=None):
        return schedule_follow_up(
            enquiry, due_at=now + after, reason=reason, now=now - SIX_HOURS, owner=owner
        )

    return promise


@pytest.fixture
def adviser(make_adviser):
    return make_adviser()


@pytest.fixture
def order(adviser, now):
    """Name those whom a member of staff may call now, in their order."""

    def order(by=adviser, at=now, **given):
        found = desk.next_calls(by=by, now=at, **given)
        names = dict(Enquiry.objects.values_list("pk", "given_name"))
        return [(names[each.pk], each.why) for each in found]

    return order


def test_the_most_urgent_comes_first(make_enquiry, make_callback, promise, order, now):
    make_enquiry(given_name="Old", created_at=now - timedelta(days=9))
    make_enquiry(given_name="Older", created_at=now - timedelta(days=10))
    promise(make_enquiry(given_name="Soon"), timedelta(minutes=50))
    promise(make_enquiry(given_name="Late"), -timedelta(minutes=1))
    promise(make_enquiry(given_name="Later"), -timedelta(minutes=2))
    booked = make_enquiry(given_name="Booked")
    make_callback(booked, starts_at=now + timedelta(minutes=4))
    promise(booked, timedelta(minutes=4))
    assert order() == [
        ("Booked", Why.BOOKED),
        ("Later", Why.OVERDUE),
        ("Late", Why.OVERDUE),
        ("Soon", Why.SOON),
        ("Older", Why.WAITING),
        ("Old", Why.WAITING),
    ]


def test_nobody_is_next_who_may_not_be_called_now(
    make_enquiry, make_callback, make_adviser, order, now
):
    make_enquiry(time_zone=NIGHT_THERE)
    make_enquiry(time_zone="No/Where")
    make_enquiry(hold="needs_info")
    make_enquiry(hold="reconsent")
    make_enquiry(reply="email")
    make_enquiry(state="spam", closed_at=now)
    claim(make_enquiry(), by=make_adviser(), now=now)
    make_callback(make_enquiry(), starts_at=now + timedelta(minutes=6))
    tried = make_enquiry()
    CallAttempt.objects.create(
        enquiry=tried, by=make_adviser(), at=now - timedelta(minutes=20), outcome="no_answer"
    )
    assert order() == []


def test_nobody_is_called_before_the_time_that_was_promised(make_enquiry, promise, order):
    promise(make_enquiry(), timedelta(hours=2), reason=FollowUpReason.CALL_AGAIN)
    assert order() == []


def test_daytime_is_that_of_the_person(make_enquiry, order, now):
    make_enquiry(given_name="Ann", time_zone=NIGHT_THERE)
    assert order(at=datetime(2026, 11, 23, 7, 59, tzinfo=UTC)) == []
    assert order(at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) == [("Ann", Why.WAITING)]
    assert order(at=datetime(2026, 11, 23, 19, 59, tzinfo=UTC)) == [("Ann", Why.WAITING)]
    assert order(at=datetime(2026, 11, 23, 20, 0, tzinfo=UTC)) == []


def test_a_booked_call_that_was_missed_is_overdue(make_enquiry, make_callback, promise, order, now):
    enquiry = make_enquiry()
    make_callback(enquiry, starts_at=now - timedelta(minutes=40))
    promise(enquiry, -timedelta(minutes=40))
    assert order() == [("Ann", Why.OVERDUE)]


def test_of_ones_own_only_what_is_booked_or_promised_is_next(
    make_enquiry, adviser, promise, order, now
):
    mine = claim(make_enquiry(given_name="Mine"), by=adviser, now=now)
    assert order() == []
    promise(mine, timedelta(0), reason=FollowUpReason.CALL_AGAIN)
    assert order() == [("Mine", Why.OVERDUE)]


def test_who_is_skipped_makes_room_for_the_next(make_enquiry, order, now):
    first = make_enquiry(given_name="First", created_at=now - SIX_HOURS)
    make_enquiry(given_name="Second")
    assert order(skipping=[first.pk]) == [("Second", Why.WAITING)]


def test_the_next_call_is_claimed_and_begun(make_enquiry, adviser, now):
    enquiry = make_enquiry()
    taken = desk.take_next_call(by=adviser, now=now)
    assert taken is not None
    assert (taken, taken.owner, taken.state) == (enquiry, adviser, "in_call")


def test_who_was_shown_is_taken_unless_someone_was_quicker(make_enquiry, make_adviser, now):
    make_enquiry(given_name="Oldest", created_at=now - SIX_HOURS)
    shown = make_enquiry(given_name="Shown")
    one, other = make_adviser(), make_adviser()
    assert desk.take_next_call(by=one, now=now, shown=shown.pk) == shown
    taken = desk.take_next_call(by=other, now=now, shown=shown.pk)
    assert taken is not None
    assert taken.given_name == "Oldest"
    assert desk.take_next_call(by=make_adviser(), now=now, shown=shown.pk) is None


def test_whoever_is_in_a_call_ends_it_first(make_enquiry, adviser, now):
    free = make_enquiry()
    unfinished = make_enquiry(state="in_call", owner=adviser, claimed_at=now)
    with pytest.raises(AlreadyInCall) as refused:
        desk.take_next_call(by=adviser, now=now)
    assert refused.value.other == unfinished
    free.refresh_from_db()
    assert free.state == "new"


@pytest.mark.django_db(transaction=True)
def test_eight_who_take_the_next_call_at_once_get_eight_people(make_enquiry, make_adviser, now):
    for _ in range(8):
        make_enquiry()
    taken, start = [], threading.Barrier(8)

    def take(by):
        try:
            start.wait()
            taken.append(desk.take_next_call(by=by, now=now))
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[make_adviser()]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({enquiry.pk for enquiry in taken if enquiry}) == 8
    assert Enquiry.objects.exclude(owner=None).values("owner").distinct().count() == 8


def test_a_day_is_told_in_order_of_time_overdue_first(
    make_enquiry, make_callback, adviser, promise, now
):
    booked = claim(make_enquiry(given_name="Booked"), by=adviser, now=now)
    make_callback(booked, starts_at=now + timedelta(hours=2))
    promise(booked, timedelta(hours=2))
    late = claim(make_enquiry(given_name="Late"), by=adviser, now=now)
    promise(late, -timedelta(hours=1), reason=FollowUpReason.SEND_INFORMATION)
    promise(late, timedelta(days=2))
    others = make_enquiry(given_name="Others")
    promise(others, timedelta(hours=1), owner=adviser)
    promise(others, timedelta(hours=1))
    day = desk.my_day(by=adviser, now=now)
    assert [(task.enquiry.given_name, task.what, task.is_overdue) for task in day.tasks] == [
        ("Late", "Send information", True),
        ("Others", "First call", False),
        ("Booked", "Booked call", False),
    ]
    assert [each.enquiry.given_name for each in day.owned] == ["Booked", "Late"]


def test_the_call_that_one_is_in_is_told(make_enquiry, adviser, now):
    unfinished = make_enquiry(state="in_call", owner=adviser, claimed_at=now)
    day = desk.my_day(by=adviser, now=now, beside=make_enquiry().pk)
    assert day.in_call == unfinished
    assert day.beside is not None
    assert day.beside.enquiry != unfinished
    assert len(day.owned) == 1


def test_the_call_that_one_is_in_is_told_among_very_many(make_enquiry, adviser, now, monkeypatch):
    monkeypatch.setattr(import_module("enquiries.desk.my_day"), "MOST", 1)
    for age in (3, 2):
        make_enquiry(
            state="assigned", owner=adviser, claimed_at=now, created_at=now - timedelta(days=age)
        )
    unfinished = make_enquiry(state="in_call", owner=adviser, claimed_at=now)
    day = desk.my_day(by=adviser, now=now)
    assert day.in_call == unfinished
    assert (len(day.owned), day.has_more) == (1, True)


def test_booked_calls_stand_against_those_on_shift(
    make_enquiry, make_callback, make_adviser, adviser, now
):
    two_oclock = now + timedelta(hours=1)
    for _ in range(2):
        make_callback(make_enquiry(), starts_at=two_oclock)
    make_callback(make_enquiry(), starts_at=now + timedelta(days=1))
    on_shift, away, left = adviser, make_adviser(), make_adviser(is_active=False)
    for staff in (on_shift, away, left):
        Shift.objects.create(staff=staff, weekday=0, starts="09:00", ends="14:30")
    assert [(each.booked, each.on_shift, each.over) for each in desk.staffing(now=now)] == [
        (2, 2, 0)
    ]
    Absence.objects.create(staff=away, starts_at=now, ends_at=now + SIX_HOURS)
    assert [(each.booked, each.on_shift, each.over) for each in desk.staffing(now=now)] == [
        (2, 1, 1)
    ]


def test_a_view_is_saved_under_its_name_without_the_page_one_was_on(adviser):
    desk.save_view(by=adviser, name=" New  ones ", query="p=3&state=new", is_shared=False)
    desk.save_view(by=adviser, name="New ones", query="state=new&owner=me", is_shared=False)
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("New ones", "state=new&owner=me")


def test_views_are_few_enough_to_be_counted(adviser):
    for number in range(desk.MOST_VIEWS):
        desk.save_view(by=adviser, name=f"View {number}", query="", is_shared=False)
    with pytest.raises(desk.TooManyViews):
        desk.save_view(by=adviser, name="One more", query="", is_shared=False)


def test_only_ones_own_views_can_be_deleted(adviser, make_adviser):
    view = desk.save_view(by=adviser, name="Mine", query="", is_shared=True)
    assert not desk.delete_view(view.pk, by=make_adviser())
    assert desk.delete_view(view.pk, by=adviser)
    assert not SavedView.objects.exists()

"""Another time, any time, no call: what stays whole whatever the person chooses."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from enquiries import bookings, selfservice
from enquiries.followups import EnquiryClosed
from enquiries.models import Callback, CallbackSlot, FollowUpReason

pytestmark = pytest.mark.django_db


def test_another_time_moves_the_call_and_what_staff_promised(booked, promised, events, now, noon):
    enquiry = booked()
    promise = enquiry.follow_ups.create(
        reason=FollowUpReason.FIRST_CALL, due_at=noon, created_at=now
    )
    later = noon + timedelta(hours=2)
    callback = selfservice.choose_time(enquiry, starts_at=later, now=now)
    assert (callback.starts_at, callback.sequence) == (later, 1)
    assert dict(CallbackSlot.objects.values_list("starts_at", "used")) == {noon: 0, later: 1}
    promise.refresh_from_db()
    assert promise.due_at == later
    assert promised(enquiry) == ["callback_changed"]
    assert events(enquiry) == ["callback_booked"]


def test_without_a_promise_staff_make_one(booked, now, noon):
    enquiry = booked()
    selfservice.choose_time(enquiry, starts_at=noon + timedelta(hours=1), now=now)
    follow_up = enquiry.follow_ups.get()
    assert (follow_up.reason, follow_up.due_at) == ("call_again", noon + timedelta(hours=1))


def test_the_same_time_again_changes_nothing(booked, promised, events, now, noon):
    enquiry = booked()
    selfservice.choose_time(enquiry, starts_at=noon, now=now)
    assert enquiry.callbacks.count() == 1
    assert promised(enquiry) == events(enquiry) == []


def test_a_full_time_takes_nothing_away(booked, make_enquiry, promised, now, noon):
    enquiry, later = booked(), noon + timedelta(hours=1)
    for number in range(9):
        try:
            other = make_enquiry(email_confirmed_at=now, given_name=f"Ann {number}")
            bookings.book(other, starts_at=later, now=now)
        except bookings.SlotTaken:
            break
    with pytest.raises(bookings.SlotTaken):
        selfservice.choose_time(enquiry, starts_at=later, now=now)
    assert enquiry.callbacks.current().get().starts_at == noon
    assert promised(enquiry) == []


def test_a_time_in_their_night_cannot_be_had(booked, now, noon):
    enquiry = booked()
    type(enquiry).objects.update(time_zone="Europe/London")
    with pytest.raises(bookings.SlotClosed):
        selfservice.choose_time(enquiry, starts_at=noon, now=now)


def test_any_time_gives_the_place_back(booked, promised, now, noon):
    enquiry = booked()
    callback = selfservice.choose_time(enquiry, starts_at=None, now=now)
    assert callback.starts_at is None
    assert CallbackSlot.objects.get(starts_at=noon).used == 0
    assert promised(enquiry) == ["callback_changed"]


def test_cancelling_the_call_keeps_the_enquiry(booked, promised, events, now, noon):
    enquiry = booked()
    assert selfservice.cancel_call(enquiry, now=now)
    enquiry.refresh_from_db()
    assert enquiry.is_open
    assert not enquiry.callbacks.current().exists()
    assert CallbackSlot.objects.get(starts_at=noon).used == 0
    assert promised(enquiry) == ["callback_changed"]
    assert events(enquiry) == ["callback_cancelled"]
    assert not selfservice.cancel_call(enquiry, now=now)
    assert events(enquiry) == ["callback_cancelled"]


@pytest.mark.parametrize("has_owner", [True, False])
def test_a_scheduled_enquiry_without_its_call_goes_back(
    booked, make_adviser, events, now, has_owner
):
    owner = make_adviser() if has_owner else None
    enquiry = booked(state="scheduled", owner=owner)
    selfservice.cancel_call(enquiry, now=now)
    enquiry.refresh_from_db()
    assert enquiry.state == ("assigned" if has_owner else "new")
    event = enquiry.events.get()
    assert (event.from_state, event.to_state, event.by) == ("scheduled", enquiry.state, None)


@pytest.mark.parametrize("hold", ["needs_guardian", "reconsent"])
def test_while_someone_must_agree_no_call_can_be_booked(booked, now, noon, hold):
    enquiry = booked(minor=True, hold=hold)
    with pytest.raises(selfservice.NotNow):
        selfservice.choose_time(enquiry, starts_at=noon + timedelta(hours=1), now=now)
    assert enquiry.callbacks.current().get().starts_at == noon


def test_of_a_closed_enquiry_no_call_changes(booked, now, noon):
    enquiry = booked()
    selfservice.withdraw(enquiry, now=now)
    with pytest.raises(EnquiryClosed):
        selfservice.choose_time(enquiry, starts_at=noon, now=now)
    with pytest.raises(EnquiryClosed):
        selfservice.cancel_call(enquiry, now=now)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_leave_one_call_and_count_every_place_once(booked, now, noon):
    enquiry = booked()
    times = [noon + timedelta(hours=number) for number in (1, 2, 3, 4)]
    together, errors = threading.Barrier(len(times)), []

    def choose(starts_at):
        try:
            together.wait(10)
            selfservice.choose_time(enquiry, starts_at=starts_at, now=now)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=choose, args=[each]) for each in times]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    current = Callback.objects.current().get()
    used = dict(CallbackSlot.objects.filter(used__gt=0).values_list("starts_at", "used"))
    assert used == {current.starts_at: 1}
    assert sorted(enquiry.callbacks.values_list("sequence", flat=True)) == [0, 1, 2, 3, 4]

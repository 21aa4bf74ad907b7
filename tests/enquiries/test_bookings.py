"""Booking a call: one place for one call, at a time that means the same in both zones."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tzdata import IANA_VERSION

from enquiries.bookings import SlotClosed, SlotTaken, book, cancel, misplaced, rebook
from enquiries.guardian import decide
from enquiries.models import (
    Absence,
    Callback,
    CallbackSlot,
    Closure,
    Consent,
    Enquiry,
    Event,
    FollowUp,
    OfficeHours,
    OutboxMessage,
)
from enquiries.submission import submit_enquiry
from tests.enquiries.usual_office import SYDNEY

NINE, TEN = (datetime(2026, 11, 24, hour, tzinfo=SYDNEY) for hour in (9, 10))
HALF_AN_HOUR = timedelta(minutes=30)
STORED = [Callback, Consent, Event, FollowUp, OutboxMessage]


def used(starts_at):
    return CallbackSlot.objects.get(starts_at=starts_at).used


@pytest.fixture
def one_place(db):
    """Let the office be open for one call only: Tuesday at nine."""
    OfficeHours.objects.all().delete()
    OfficeHours.objects.create(weekday=1, opens=time(9), closes=time(9, 30), capacity=1)


@pytest.mark.django_db
def test_a_booking_stores_the_instant_the_wall_time_the_zone_and_the_release(make_enquiry, now):
    enquiry = make_enquiry(time_zone="Asia/Kathmandu")
    callback = book(enquiry, starts_at=TEN + HALF_AN_HOUR * 8, now=now)
    callback.refresh_from_db()
    assert (callback.starts_at, callback.ends_at) == (
        datetime(2026, 11, 24, 3, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, 30, tzinfo=UTC),
    )  # fmt: skip
    assert (callback.local_on, callback.local_time) == (date(2026, 11, 24), time(8, 45))
    assert (callback.zone, callback.tzdata_version) == ("Asia/Kathmandu", IANA_VERSION)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "starts_at"),
    [
        pytest.param("Asia/Kathmandu", NINE, id="before eight where they are"),
        pytest.param("Australia/Sydney", NINE + timedelta(days=4), id="on a Saturday"),
        pytest.param("Australia/Sydney", NINE + timedelta(minutes=10), id="between slots"),
        pytest.param("Australia/Sydney", NINE - timedelta(days=1), id="this morning"),
        pytest.param("Australia/Sydney", NINE + timedelta(weeks=3), id="beyond the horizon"),
    ],
)
def test_nothing_is_booked_when_we_do_not_call(make_enquiry, now, zone, starts_at):
    with pytest.raises(SlotClosed):
        book(make_enquiry(time_zone=zone), starts_at=starts_at, now=now)
    assert not CallbackSlot.objects.exists()


@pytest.mark.django_db
def test_booking_reads_the_hours_closures_and_absences_of_this_moment(
    make_enquiry, make_adviser, now
):
    confirmed = {"email_confirmed_at": now}
    book(make_enquiry(**confirmed), starts_at=NINE, now=now)
    Absence.objects.create(staff=make_adviser(), starts_at=NINE, ends_at=TEN)
    with pytest.raises(SlotTaken):
        book(make_enquiry(**confirmed), starts_at=NINE, now=now)
    Absence.objects.all().delete()
    OfficeHours.objects.filter(weekday=1, opens=time(9)).update(capacity=3)
    for _ in range(2):
        book(make_enquiry(**confirmed), starts_at=NINE, now=now)
    slot = CallbackSlot.objects.get()
    assert (slot.used, slot.capacity) == (3, 3)
    Closure.objects.create(on=NINE.date(), why="Stocktaking")
    with pytest.raises(SlotClosed):
        book(make_enquiry(**confirmed), starts_at=TEN, now=now)


@pytest.mark.django_db
def test_a_cancelled_call_gives_its_place_back_once(make_enquiry, now):
    callback = book(make_enquiry(), starts_at=NINE, now=now)
    other = book(make_enquiry(), starts_at=NINE, now=now)
    assert cancel(callback, now=now)
    assert not cancel(callback, now=now)
    assert used(NINE) == 1
    other.refresh_from_db()
    assert other.cancelled_at is None


@pytest.mark.django_db
def test_another_time_is_booked_and_the_first_given_back(make_enquiry, now):
    enquiry = make_enquiry()
    first = rebook(enquiry, starts_at=NINE, now=now)  # there was none yet
    second = rebook(enquiry, starts_at=TEN, now=now)
    assert (used(NINE), used(TEN)) == (0, 1)
    assert (first.sequence, second.sequence) == (0, 1)
    assert rebook(enquiry, starts_at=TEN, now=now) == second
    any_time = rebook(enquiry, starts_at=None, now=now)
    assert (any_time.starts_at, any_time.sequence, used(TEN)) == (None, 2, 0)
    assert rebook(enquiry, starts_at=NINE, now=now).sequence == 3
    assert enquiry.callbacks.current().count() == 1


@pytest.mark.django_db
def test_the_first_call_stays_when_the_other_time_is_taken(make_enquiry, now, one_place):
    enquiry = make_enquiry(email_confirmed_at=now)
    OfficeHours.objects.create(weekday=1, opens=time(10), closes=time(10, 30), capacity=1)
    first = book(enquiry, starts_at=NINE, now=now)
    book(make_enquiry(email_confirmed_at=now), starts_at=TEN, now=now)
    with pytest.raises(SlotTaken):
        rebook(enquiry, starts_at=TEN, now=now)
    with pytest.raises(SlotClosed):
        rebook(enquiry, starts_at=TEN + HALF_AN_HOUR, now=now)
    assert enquiry.callbacks.current().get() == first
    assert (used(NINE), used(TEN)) == (1, 1)


@pytest.mark.django_db
def test_a_call_follows_its_person_to_another_zone(make_enquiry, now):
    enquiry = make_enquiry()
    book(enquiry, starts_at=TEN, now=now)
    Enquiry.objects.filter(pk=enquiry.pk).update(time_zone="Pacific/Auckland")
    moved = rebook(enquiry, starts_at=TEN, now=now)
    assert (moved.zone, moved.local_time, used(TEN)) == ("Pacific/Auckland", time(12), 1)


@pytest.mark.django_db
def test_the_unconfirmed_hold_half_of_a_days_places_and_the_confirmed_the_rest(make_enquiry, now):
    OfficeHours.objects.exclude(weekday=2).delete()
    OfficeHours.objects.create(weekday=1, opens=time(9), closes=time(10), capacity=2)
    held = [make_enquiry(), make_enquiry()]
    for number, enquiry in enumerate(held):
        book(enquiry, starts_at=NINE + HALF_AN_HOUR * number, now=now)
    late = make_enquiry()
    with pytest.raises(SlotTaken):
        book(late, starts_at=NINE, now=now)
    book(late, starts_at=NINE + timedelta(days=1), now=now)  # another day is free
    rebook(held[0], starts_at=NINE + HALF_AN_HOUR, now=now)  # their own place does not count
    book(make_enquiry(email_confirmed_at=now), starts_at=NINE, now=now)
    book(make_enquiry(minor=True, guardian_confirmed_at=now), starts_at=NINE, now=now)
    Enquiry.objects.filter(pk=held[1].pk).update(email_confirmed_at=now)
    assert (used(NINE), used(NINE + HALF_AN_HOUR)) == (2, 2)
    with pytest.raises(SlotTaken):  # one of theirs is free again, but every place is taken
        book(make_enquiry(), starts_at=NINE, now=now)


@pytest.mark.django_db
def test_a_call_is_found_whose_promised_time_moved_with_new_time_zone_data(
    make_enquiry, make_callback, now
):
    kept, moved, past = (make_enquiry(time_zone="Africa/Cairo") for _ in range(3))
    at = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    make_callback(kept, starts_at=at, zone="Africa/Cairo")
    wrong = make_callback(moved, starts_at=at, zone="Africa/Cairo", local_time=time(10))
    make_callback(past, starts_at=now - HALF_AN_HOUR, zone="Africa/Cairo", local_time=time(3))
    unknown = make_callback(make_enquiry(), starts_at=at)
    Callback.objects.filter(pk=unknown.pk).update(zone="Mars/Base")
    assert list(misplaced(now=now)) == [wrong]
    Callback.objects.filter(pk=wrong.pk).update(tzdata_version=IANA_VERSION)
    assert list(misplaced(now=now)) == []


def at_once(count, act):
    """Run ``act(number)`` in so many threads at the same moment; give their answers."""
    barrier, answers = threading.Barrier(count), []

    def run(number):
        try:
            barrier.wait()
            answers.append(act(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == count
    return answers


def submit_all(numbers, *, make_details, now, at):
    """Submit so many enquiries at once, each for a call ``at(number)``; give those that won."""
    decision = decide(born=date(1990, 5, 17), now=now, enquirer_zone=SYDNEY, site_zone=SYDNEY)

    def submit(number):
        details = make_details(given_name=f"Ann {number}", callback=at(number))
        try:
            return submit_enquiry(details, decision=decision, submission_key=uuid4(), now=now)
        except SlotTaken:
            return None

    return [enquiry for enquiry in at_once(numbers, submit) if enquiry]


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_want_the_last_place_one_gets_it_and_nothing_of_the_others_is_stored(
    make_details, now
):
    before = submit_all(1, make_details=make_details, now=now, at=lambda _: NINE)
    stored = submit_all(50, make_details=make_details, now=now, at=lambda _: NINE)
    assert len(stored) == 1
    assert set(Enquiry.objects.all()) == {*before, *stored}
    slot = CallbackSlot.objects.get()
    assert (slot.used, slot.capacity) == (2, 2)
    for model in STORED:
        assert not model._default_manager.exclude(enquiry__in=[*before, *stored]).exists()


@pytest.mark.django_db(transaction=True)
def test_the_unconfirmed_never_hold_more_than_half_however_many_come_at_once(make_details, now):
    OfficeHours.objects.filter(weekday=1).update(capacity=1)  # 22 places on that day

    def at(number):
        return NINE + HALF_AN_HOUR * (number % 16)

    stored = submit_all(30, make_details=make_details, now=now, at=at)
    held = sum(CallbackSlot.objects.values_list("used", flat=True))
    assert len(stored) == held == Callback.objects.count() == 11


@pytest.mark.django_db(transaction=True)
def test_two_who_change_places_do_not_wait_for_each_other_for_ever(make_enquiry, now):
    pairs = [make_enquiry(), make_enquiry()] * 4
    book(pairs[0], starts_at=NINE, now=now)
    book(pairs[1], starts_at=TEN, now=now)
    times = [NINE, TEN, TEN, NINE, NINE, TEN, TEN, NINE]
    at_once(8, lambda number: rebook(pairs[number], starts_at=times[number], now=now))
    assert used(NINE) + used(TEN) == Callback.objects.current().count() == 2

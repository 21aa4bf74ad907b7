"""Another time for the call, booked by staff at the person's wish."""

from datetime import UTC, datetime

import pytest

from enquiries.appointments import schedule_call
from enquiries.bookings import SlotClosed
from enquiries.followups import EnquiryClosed
from enquiries.models import Callback, CallbackSlot, Event, FollowUp, OutboxMessage
from enquiries.transitions import TransitionRefused

pytestmark = pytest.mark.django_db

NINE_ON_TUESDAY = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)  # in Sydney
NIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.fixture
def staff(make_adviser):
    return make_adviser()


@pytest.fixture
def owned(make_enquiry, staff, now):
    return make_enquiry(state="assigned", owner=staff, claimed_at=now)


def test_a_booked_time_is_planned_promised_and_told(owned, staff, now):
    callback = schedule_call(owned, starts_at=NINE_ON_TUESDAY, by=staff, now=now)
    owned.refresh_from_db()
    assert owned.state == "scheduled"
    assert Callback.objects.current().get(enquiry=owned) == callback
    assert FollowUp.objects.open().get(enquiry=owned).due_at == NINE_ON_TUESDAY
    event = Event.objects.get(enquiry=owned, kind="callback_booked")
    assert (event.from_state, event.to_state, event.by) == ("assigned", "scheduled", staff)
    assert OutboxMessage.objects.filter(enquiry=owned, topic="callback_changed").count() == 1


def test_another_time_takes_the_place_of_the_first(owned, staff, now):
    first = schedule_call(owned, starts_at=NINE_ON_TUESDAY, by=staff, now=now)
    later = NINE_ON_TUESDAY.replace(hour=23)
    schedule_call(owned, starts_at=later, by=staff, now=now)
    first.refresh_from_db()
    assert first.cancelled_at == now
    assert CallbackSlot.objects.get(starts_at=NINE_ON_TUESDAY).used == 0
    assert FollowUp.objects.open().get(enquiry=owned).due_at == later


def test_a_time_that_cannot_be_had_changes_nothing(owned, staff, now):
    with pytest.raises(SlotClosed):
        schedule_call(owned, starts_at=NIGHT, by=staff, now=now)
    owned.refresh_from_db()
    assert owned.state == "assigned"
    assert not Callback.objects.exists()


def test_nobody_books_for_what_is_nobodys_closed_or_without_a_number(
    make_enquiry, owned, staff, now
):
    without_guardian = make_enquiry(
        minor=True,
        hold="needs_guardian",
        guardian_name="",
        guardian_relationship="",
        guardian_email="",
        guardian_phone="",
        guardian_phone_typed="",
    )
    closed = make_enquiry(state="withdrawn", closed_at=now)
    for enquiry, error in [
        (make_enquiry(), TransitionRefused),
        (without_guardian, TransitionRefused),
        (closed, EnquiryClosed),
    ]:
        with pytest.raises(error):
            schedule_call(enquiry, starts_at=NINE_ON_TUESDAY, by=staff, now=now)
    assert not Callback.objects.exists()

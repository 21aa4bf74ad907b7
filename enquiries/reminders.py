"""
Reminding the person and staff of a call, promised as it is booked.

A reminder names the booking it is for: of a call that was moved or cancelled none is sent.
"""

from datetime import datetime, time, timedelta

from enquiries import letters, outbox, places, working_time
from enquiries.calendar_files import sequence_of
from enquiries.models import Callback, OutboxMessage, Topic
from enquiries.office import read_office, site_zone
from enquiries.slots import EARLIEST

BEFORE = timedelta(hours=2)
EVENING = time(18)  # of the day before, for a call in the early morning
SETTLED = timedelta(hours=1)  # whoever has just booked needs no reminder yet
STAFF_BEFORE = timedelta(minutes=15)
DAY = timedelta(days=1)


def promise_reminders(callback: Callback, *, now: datetime) -> None:
    """Queue the reminders of a call at a chosen time, in the transaction that books it."""
    if callback.starts_at is None:
        return
    when = {
        Topic.CALLBACK_REMINDER: remind_at(callback.starts_at, zone=callback.zone),
        Topic.STAFF_REMINDER: callback.starts_at - STAFF_BEFORE,
    }
    promises = [
        outbox.Promise(
            topic=topic,
            dedupe_key=f"{topic}:{callback.enquiry_id}:{sequence_of(callback)}",
            delay=at - now,
        )
        for topic, at in when.items()
        if at - now >= (SETTLED if topic is Topic.CALLBACK_REMINDER else timedelta(0))
    ]
    if promises:
        outbox.queue_messages(promises, enquiry=callback.enquiry, now=now)


def send_staff_reminder(message: OutboxMessage, *, now: datetime) -> None:
    """
    Remind all staff of a call by day, or just before the opening if it is the first of the day.

    A call at night, when the hours were changed after it was booked, finds nobody to read of it.
    """
    office = read_office(now=now)
    if any(working_time.is_by_day(at, office=office) for at in (now, now + STAFF_BEFORE)):
        letters.send_letter(message, now=now)


def remind_at(starts_at: datetime, *, zone: str) -> datetime:
    """Give the instant to remind the person: two hours before, or in the evening before."""
    there = places.zone_named(zone) or site_zone()
    before = starts_at - BEFORE
    if before.astimezone(there).time() >= EARLIEST:
        return before
    eve = starts_at.astimezone(there).date() - DAY
    return datetime.combine(eve, EVENING, tzinfo=there)

"""Booking a call: a place in a slot is taken by one statement, so that none is sold twice."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from tzdata import IANA_VERSION

from enquiries import slots
from enquiries.models import Callback, CallbackSlot, Enquiry


class SlotClosed(Exception):
    """Nothing can be booked at the chosen time; nothing was stored."""


@transaction.atomic
def book(enquiry: Enquiry, *, starts_at: datetime | None, now: datetime) -> Callback:
    """
    Store an enquiry's wish for a call: in the slot at ``starts_at``, or at any time without one.

    :raises SlotClosed: if no place is left then, or we make no calls then
    """
    zone, site_zone = ZoneInfo(enquiry.time_zone), ZoneInfo(settings.SITE_TIME_ZONE)
    wish = Callback(
        enquiry=enquiry,
        zone=zone.key,
        tzdata_version=IANA_VERSION,
        sequence=enquiry.callbacks.count(),
        created_at=now,
    )
    if starts_at is not None:
        slot = slots.slot_at(starts_at, now=now, site_zone=site_zone, enquirer_zone=zone)
        if slot is None:
            raise SlotClosed
        local = starts_at.astimezone(zone)
        wish.slot_id = _take_place(slot, capacity=2)
        wish.starts_at, wish.ends_at = slot.starts_at, slot.ends_at
        wish.local_on, wish.local_time = local.date(), local.time()
    wish.save()
    return wish


@transaction.atomic
def cancel(callback: Callback, *, now: datetime) -> bool:
    """Give back the place of a callback; says False if it was cancelled before."""
    cancelled = Callback.objects.current().filter(pk=callback.pk).update(cancelled_at=now)
    if cancelled and callback.slot_id:
        CallbackSlot.objects.filter(pk=callback.slot_id).update(used=F("used") - 1)
    return bool(cancelled)


def _take_place(slot: slots.Slot, *, capacity: int) -> int:
    """
    Take one of the ``capacity`` places of a slot, and give the key of its row.

    :raises SlotClosed: if all are taken
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO enquiries_callbackslot AS slot (starts_at, ends_at, capacity, used)
            VALUES (%s, %s, %s, 1)
            ON CONFLICT (starts_at) DO UPDATE
            SET used = slot.used + 1, capacity = excluded.capacity
            WHERE slot.used < excluded.capacity
            RETURNING slot.id
            """,
            [slot.starts_at, slot.ends_at, capacity],
        )
        row = cursor.fetchone()
    if row is None:
        raise SlotClosed
    return int(row[0])

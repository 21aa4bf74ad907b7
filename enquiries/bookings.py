"""Booking a call: a place in a slot is taken by one statement, so that none is sold twice."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F
from tzdata import IANA_VERSION

from enquiries import office, places, slots
from enquiries.models import Callback, CallbackSlot, Enquiry
from enquiries.reminders import promise_reminders
from enquiries.slots import Office, Slot

DAY_LOCK = 0x63616C6C  # "call": the class of the advisory locks, one a day


class SlotClosed(Exception):
    """We make no calls at the chosen time, or it is too soon or too late; nothing was stored."""


class SlotTaken(SlotClosed):
    """Others were quicker: no place is left at the chosen time; nothing was stored."""


@transaction.atomic
def book(enquiry: Enquiry, *, starts_at: datetime | None, now: datetime) -> Callback:
    """
    Store an enquiry's wish for a call: in the slot at ``starts_at``, or at any time without one.

    :raises SlotTaken: as ``new_booking``
    :raises SlotClosed: as ``new_booking``
    """
    sequence = enquiry.callbacks.count()
    wish = new_booking(enquiry, starts_at=starts_at, now=now, sequence=sequence)
    wish.save(force_insert=True)
    return wish


def new_booking(
    enquiry: Enquiry, *, starts_at: datetime | None, now: datetime, sequence: int = 0
) -> Callback:
    """
    Take the place of a call, for who stores its row in the same transaction.

    ``sequence`` counts what the enquiry wished before.

    People whose e-mail address is not confirmed can hold half of a day's places at most. The
    person and staff are reminded of a call at a chosen time.

    :raises SlotTaken: if no place is left then, or none for an unconfirmed address
    :raises SlotClosed: if we make no calls then, or not in their daytime
    """
    zone = ZoneInfo(enquiry.time_zone)
    wish = Callback(
        enquiry=enquiry,
        zone=zone.key,
        tzdata_version=IANA_VERSION,
        sequence=sequence,
        created_at=now,
    )
    if starts_at is not None:
        slot = _check(enquiry, starts_at=starts_at, now=now)
        local = slot.starts_at.astimezone(zone)
        wish.slot_id = _take_place(slot)
        wish.starts_at, wish.ends_at = slot.starts_at, slot.ends_at
        wish.local_on, wish.local_time = local.date(), local.time()
    promise_reminders(wish, now=now)
    return wish


@transaction.atomic
def rebook(enquiry: Enquiry, *, starts_at: datetime | None, now: datetime) -> Callback:
    """
    Book another time instead of the present one, whose place is given back; or change nothing.

    :raises SlotTaken: as ``book``; the present call stays
    :raises SlotClosed: as ``book``; the present call stays
    """
    current = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    before = Callback.objects.current().filter(enquiry=current).first()
    if before is None:
        return book(current, starts_at=starts_at, now=now)
    if before.starts_at == starts_at and before.zone == current.time_zone:
        return before
    _lock_in_order(current, starts=[before.starts_at, starts_at])
    cancel(before, now=now)
    return book(current, starts_at=starts_at, now=now)


@transaction.atomic
def cancel(callback: Callback, *, now: datetime) -> bool:
    """Give back the place of a callback; says False if it was cancelled before."""
    cancelled = Callback.objects.current().filter(pk=callback.pk).update(cancelled_at=now)
    if cancelled and callback.slot_id:
        CallbackSlot.objects.filter(pk=callback.slot_id).update(used=F("used") - 1)
    return bool(cancelled)


@transaction.atomic
def take_again(callback: Callback, *, now: datetime, as_new: bool) -> Callback | None:
    """
    Make a cancelled call stand again in its own slot, however soon that is.

    ``as_new`` gives it the next number, as a calendar needs that was told of the cancellation.
    None if its place was taken meanwhile, or its time has come.
    """
    if callback.starts_at and callback.slot_id:
        slot = CallbackSlot.objects.filter(pk=callback.slot_id, used__lt=F("capacity"))
        if callback.starts_at <= now or not slot.update(used=F("used") + 1):
            return None
    callback.cancelled_at = None
    if not as_new:
        callback.save(update_fields=["cancelled_at"])
        return callback
    return _write_anew(callback, enquiry=callback.enquiry, now=now)


@transaction.atomic
def hand_over(callback: Callback, *, to: Enquiry, now: datetime) -> Callback:
    """Move a current call, with its place, to another enquiry of the same person."""
    Callback.objects.filter(pk=callback.pk).update(cancelled_at=now)
    return _write_anew(callback, enquiry=to, now=now)


def overbooked(*, our_office: Office, now: datetime) -> dict[datetime, int]:
    """
    Count for each slot to come how many calls are booked above what our office can make.

    That happens when hours, closures or absences change after people have booked.
    """
    to_come = CallbackSlot.objects.filter(starts_at__gte=now, used__gt=0).order_by("starts_at")
    taken = dict(to_come.values_list("starts_at", "used"))
    days = {starts_at.astimezone(our_office.zone).date() for starts_at in taken}
    capacities = {
        slot.starts_at: slot.capacity
        for day in days
        for slot in slots.slots_on(day, office=our_office)
    }
    return {
        starts_at: used - capacities.get(starts_at, 0)
        for starts_at, used in taken.items()
        if used > capacities.get(starts_at, 0)
    }


def misplaced(*, now: datetime) -> Iterator[Callback]:
    """
    Find the calls to come whose time there is no longer the one that was promised.

    That happens when a country changes its clocks at short notice and tzdata follows: the
    promise was made under an older release, and the UTC instant now shows another local time.
    """
    to_come = Callback.objects.current().filter(starts_at__gt=now).select_related("enquiry")
    for callback in to_come.exclude(tzdata_version=IANA_VERSION).order_by("starts_at", "pk"):
        zone = places.zone_named(callback.zone)
        if zone is None or callback.starts_at is None:
            continue
        there = callback.starts_at.astimezone(zone)
        if (there.date(), there.time()) != (callback.local_on, callback.local_time):
            yield callback


def _write_anew(callback: Callback, *, enquiry: Enquiry, now: datetime) -> Callback:
    wish = Callback.objects.get(pk=callback.pk)
    wish.pk, wish.enquiry, wish.cancelled_at = None, enquiry, None
    wish.sequence, wish.created_at = enquiry.callbacks.count(), now
    wish.save(force_insert=True)
    promise_reminders(wish, now=now)
    return wish


def _check(enquiry: Enquiry, *, starts_at: datetime, now: datetime) -> Slot:
    """
    Find the slot that an enquiry asks for by rows read now.

    :raises SlotTaken: if the unconfirmed hold half of that day's places already
    :raises SlotClosed: if there is no such slot, or it is not daytime there
    """
    our_office = office.read_office(now=now)
    slot = slots.slot_at(starts_at, office=our_office, now=now)
    if slot is None or not slots.is_daytime(slot.starts_at, zone=ZoneInfo(enquiry.time_zone)):
        raise SlotClosed
    if not _is_confirmed(enquiry):
        _leave_half(slot, our_office=our_office)
    return slot


def _is_confirmed(enquiry: Enquiry) -> bool:
    return bool(enquiry.email_confirmed_at or enquiry.guardian_confirmed_at)


def _leave_half(slot: Slot, *, our_office: Office) -> None:
    """
    Let the unconfirmed take one place more on the slot's day, one after the other.

    :raises SlotTaken: if they hold half of its places already
    """
    day = slot.starts_at.astimezone(our_office.zone).date()
    _lock_day(day)
    starts, ends = (
        datetime.combine(each, time.min, tzinfo=our_office.zone).astimezone(UTC)
        for each in (day, day + timedelta(days=1))
    )
    held = office.unconfirmed_callbacks().filter(starts_at__gte=starts, starts_at__lt=ends)
    if held.count() >= slots.most_unconfirmed(slots.slots_on(day, office=our_office)):
        raise SlotTaken


def _lock_day(day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [DAY_LOCK, day.toordinal()])


def _lock_in_order(enquiry: Enquiry, *, starts: list[datetime | None]) -> None:
    """Lock what a change of time touches, each in one order, so that no two wait for each other."""
    chosen = starts[-1]
    if chosen is not None and not _is_confirmed(enquiry):
        _lock_day(chosen.astimezone(office.site_zone()).date())
    rows = CallbackSlot.objects.filter(starts_at__in=[each for each in starts if each])
    list(rows.order_by("starts_at").select_for_update())


def _take_place(slot: Slot) -> int:
    """
    Take one of the places of a slot, and give the key of its row.

    :raises SlotTaken: if all are taken
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
            [slot.starts_at, slot.ends_at, slot.capacity],
        )
        row = cursor.fetchone()
    if row is None:
        raise SlotTaken
    return int(row[0])

"""
The calls that the office has on offer.

For the form: ask ``can_call`` first; where it says no, offer an answer by e-mail. Then let the
person choose among ``offered_days``, then among ``offered_times`` of that day. Both are empty
when every place is taken. All four read rows once a minute in each process, so a page may show
what was free a minute ago; ``bookings.book`` reads afresh.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet

from enquiries import slots, working_time
from enquiries.models import Callback, CallbackSlot
from enquiries.office.stored import as_rows, office_of, policies
from enquiries.slots import Office, Slot

MOST_OFFERED = 12  # days, or times of a day
PROMISED = 10  # working days in which a call must be possible before we speak of one


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSlot:
    """A slot with places left, at instants in UTC."""

    starts_at: datetime
    ends_at: datetime
    places_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeDay:
    """A day where the person is, with its first and last free slot and how many there are."""

    on: date
    first: FreeSlot
    last: FreeSlot
    free: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    office: Office
    open: tuple[Slot, ...]  # ten working days at least, taken or not
    free: tuple[FreeSlot, ...]
    for_confirmed_only: frozenset[datetime]  # starts on days of which half is held unconfirmed


def can_call(zone: ZoneInfo, *, now: datetime) -> bool:
    """
    Say whether our hours ever meet the daytime of ``zone`` in the next ten working days.

    Where they do not, nothing may promise a call: offer an answer by e-mail.
    """
    return any(slots.is_daytime(slot.starts_at, zone=zone) for slot in _offer(now).open)


def offered_days(
    *, now: datetime, zone: ZoneInfo, confirmed: bool = False, after: date | None = None
) -> list[FreeDay]:
    """
    List at most 12 days of ``zone`` that have a free slot, those later than ``after`` only.

    ``confirmed`` says that the person's e-mail address is, so that every place is theirs to take.
    """
    by_day: dict[date, list[FreeSlot]] = {}
    for slot in free_slots(now=now, zone=zone, confirmed=confirmed):
        by_day.setdefault(slot.starts_at.astimezone(zone).date(), []).append(slot)
    days = [
        FreeDay(on=day, first=free[0], last=free[-1], free=len(free))
        for day, free in by_day.items()
        if after is None or day > after
    ]
    return days[:MOST_OFFERED]


def offered_times(
    day: date, *, now: datetime, zone: ZoneInfo, confirmed: bool = False
) -> list[FreeSlot]:
    """
    List at most 12 free slots of a day of ``zone``, in the order of time.

    Of more than 12, those that begin in the first half of an hour come before the others.
    """
    free = [
        slot
        for slot in free_slots(now=now, zone=zone, confirmed=confirmed)
        if slot.starts_at.astimezone(zone).date() == day
    ]
    first_choice = sorted(free, key=lambda slot: slot.starts_at.astimezone(zone).minute >= 30)  # noqa: PLR2004 - half an hour
    return sorted(first_choice[:MOST_OFFERED], key=lambda slot: slot.starts_at)


def soonest(*, now: datetime, zone: ZoneInfo, confirmed: bool = False) -> FreeSlot | None:
    """Give the first free slot in the daytime of ``zone``; None if there is none."""
    return next(iter(free_slots(now=now, zone=zone, confirmed=confirmed)), None)


def free_slots(*, now: datetime, zone: ZoneInfo, confirmed: bool = False) -> list[FreeSlot]:
    """List every slot with places left that is daytime in ``zone``, soonest first."""
    offer = _offer(now)
    return [
        slot
        for slot in offer.free
        if slots.is_daytime(slot.starts_at, zone=zone)
        and (confirmed or slot.starts_at not in offer.for_confirmed_only)
    ]


def open_starts(*, now: datetime, zone: ZoneInfo) -> list[datetime]:
    """List the starts of all slots of ten working days that are daytime in ``zone``, in order."""
    return [
        slot.starts_at for slot in _offer(now).open if slots.is_daytime(slot.starts_at, zone=zone)
    ]


def answer_by(
    *, now: datetime, zone: ZoneInfo | None = None, starts_at: datetime | None = None
) -> datetime:
    """
    Say by when staff are to call, or to answer, someone who asks now: the first-response clock.

    A call at a chosen time, ``starts_at``, is due then. Anything else falls due after the
    policy's business minutes; a call to someone in ``zone``, where it is night by then, at the
    next of our slots in their daytime. Without opening hours it is due in a day.
    """
    if starts_at is not None:
        return starts_at
    ours = _offer(now).office
    due_at = working_time.add_business_minutes(now, minutes=ours.first_answer_minutes, office=ours)
    if due_at is None:
        return now + slots.DAY
    if zone is None or slots.in_daytime(due_at, zone=zone):
        return due_at
    later = (each for each in open_starts(now=now, zone=zone) if each >= due_at)
    return next(later, due_at)


def unconfirmed_callbacks() -> QuerySet[Callback]:
    """Give the places held by people who have confirmed neither their e-mail nor a guardian's."""
    return (
        Callback.objects.current()
        .at_a_chosen_time()
        .filter(enquiry__email_confirmed_at=None, enquiry__guardian_confirmed_at=None)
    )


def forget_offer() -> None:
    """Read the rows anew at the next question, as after a change of the hours."""
    _offer_at.cache_clear()


def _offer(now: datetime) -> _Offer:
    minute = now.replace(second=0, microsecond=0)
    return _offer_at(minute + slots.MINUTE if minute < now else minute)


@lru_cache(maxsize=2)
def _offer_at(minute: datetime) -> _Offer:
    since = minute - slots.DAY  # the whole of today counts
    held = unconfirmed_callbacks().filter(starts_at__gte=since).order_by()
    policy = (
        policies(now=minute)
        .annotate(
            read_used=as_rows(
                CallbackSlot.objects.filter(starts_at__gte=since).order_by(), "starts_at", "used"
            ),
            read_held=ArraySubquery(held.values("starts_at")),
        )
        .get()
    )
    office = office_of(policy)
    promised = slots.open_slots(office.at_least(horizon=PROMISED), now=minute)
    bookable = slots.open_slots(office, now=minute)
    used = {datetime.fromisoformat(row["starts_at"]): row["used"] for row in policy.read_used}
    unconfirmed = Counter(at.astimezone(office.zone).date() for at in policy.read_held)
    over_half = {
        day
        for day, held in unconfirmed.items()
        if held >= slots.most_unconfirmed(slots.slots_on(day, office=office))
    }
    return _Offer(
        office=office,
        open=tuple(promised),
        free=tuple(
            FreeSlot(
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                places_left=slot.capacity - used.get(slot.starts_at, 0),
            )
            for slot in bookable
            if used.get(slot.starts_at, 0) < slot.capacity
        ),
        for_confirmed_only=frozenset(
            slot.starts_at
            for slot in bookable
            if slot.starts_at.astimezone(office.zone).date() in over_half
        ),
    )

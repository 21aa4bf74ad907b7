"""Where a made-up enquiry stands: its state, its owner, its hold, and the instants of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from enquiries import slots
from enquiries.models import Flag
from enquiries.transitions import Hold, State

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_OPEN_OFTEN = {State.NEW: 45, State.ASSIGNED: 15, State.SCHEDULED: 15, State.FOLLOW_UP: 25}
_CLOSED_OFTEN = {State.DONE: 60, State.CLOSED_UNREACHED: 20, State.WITHDRAWN: 10, State.SPAM: 8}
_FLAGGED, _HELD = 0.04, 0.03  # parts of all
_A_CALL_IN, _A_DUPLICATE_IN, _DUPLICATES_AT = 2500, 40, 7
_CONFIRMED_WITHIN = timedelta(days=14)  # later, an enquiry without its guardian is closed
_AGREES_WITHIN = timedelta(days=25)
_AT_DAY = (time(9), time(17))
_IN_THE_EVENING = (time(18), time(21))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    Where an enquiry stands.

    ``born_on`` replaces the birth of who has just turned 18; of a minor's guardian we know
    nothing while ``lacks_guardian``, and wait for their word while ``confirmed_at`` is empty.
    """

    state: State
    call_on: date
    due_at: datetime
    hold: Hold = Hold.NONE
    owner: int | None = None
    claimed_at: datetime | None = None
    closed_at: datetime | None = None
    consent_asked_at: datetime | None = None
    confirmed_at: datetime | None = None
    born_on: date | None = None
    lacks_guardian: bool = False
    flags: tuple[str, ...] = ()


def standing(
    number: int,
    *,
    of: int,
    open_count: int,
    minor: int | None,
    created_at: datetime,
    now: datetime,
    staff: Sequence[int],
    chance: Random,
) -> Standing:
    """Choose where enquiry ``number`` ``of`` so many stands; ``minor`` counts those of minors."""
    place = _place_among_open(number, of=of, open_count=open_count)
    is_open = place is not None
    state = _state(number, place=place, chance=chance)
    claimed_at = closed_at = None
    if state not in {State.NEW, State.SPAM}:
        claimed_at = min(created_at + _HOUR * chance.expovariate(1 / 8), now)
    if not is_open:
        closed_at = min((claimed_at or created_at) + _DAY * chance.uniform(0.5, 25), now)
    days = chance.uniform(0, 12) if is_open else 1
    call_on = (now if is_open else created_at).date() + _DAY * round(days)
    stands = Standing(
        state=state,
        call_on=call_on + _DAY * {5: 2, 6: 1}.get(call_on.weekday(), 0),
        due_at=max(created_at + 4 * _HOUR, now + _DAY * chance.uniform(-2, 8)),
        owner=chance.choice(staff) if claimed_at else None,
        claimed_at=claimed_at,
        closed_at=closed_at,
        flags=(chance.choice(list(Flag)).value,) if chance.random() < _FLAGGED else (),
    )
    if minor is not None:
        return _of_minor(stands, number=minor, created_at=created_at, now=now)
    if is_open and chance.random() < _HELD:
        return replace(stands, hold=Hold.NEEDS_INFO)
    return stands


def repeats(number: int) -> bool:
    """Say whether the enquiry of this number, once closed, is a duplicate of the one before."""
    return number % _A_DUPLICATE_IN == _DUPLICATES_AT


def _place_among_open(number: int, *, of: int, open_count: int) -> int | None:
    """Count the open ones, every other of the latest, up to this one; none of a closed one."""
    latest = min(of, 2 * open_count)
    before = number - 1 - (of - latest)
    if before < 0:
        return None
    place = (before + 1) * open_count // latest
    return place if place > before * open_count // latest else None


def _state(number: int, *, place: int | None, chance: Random) -> State:
    if place is None and repeats(number):
        return State.DUPLICATE
    if place is not None and place % _A_CALL_IN == 1:
        return State.IN_CALL
    often = _CLOSED_OFTEN if place is None else _OPEN_OFTEN
    return chance.choices(list(often), list(often.values()))[0]


def _of_minor(stands: Standing, *, number: int, created_at: datetime, now: datetime) -> Standing:
    confirmed_at = min(created_at + 6 * _HOUR, now)
    waits = number % 3 == 0 and created_at > now - _CONFIRMED_WITHIN
    stands = replace(stands, confirmed_at=None if waits else confirmed_at)
    may_be_held = stands.closed_at is None and stands.state not in {State.SCHEDULED, State.IN_CALL}
    if not may_be_held:
        return stands
    asked_at = max(created_at, now - _AGREES_WITHIN + _DAY * (number % 20))
    if number % 7 == 1:
        return replace(
            stands,
            hold=Hold.NEEDS_GUARDIAN,
            lacks_guardian=True,
            confirmed_at=None,
            consent_asked_at=max(created_at, now - _CONFIRMED_WITHIN / 2),
        )
    turned = asked_at.date() - _DAY
    turned = turned.replace(day=min(turned.day, 28))  # a day of every month
    if number % 7 == 2 and turned > created_at.date() + _DAY:  # noqa: PLR2004
        return replace(
            stands,
            hold=Hold.RECONSENT,
            consent_asked_at=asked_at,
            born_on=turned.replace(year=turned.year - 18),
        )
    return stands


@cache
def starts_on(on: date, zone: str, office: ZoneInfo) -> tuple[datetime, ...]:
    """List when calls begin on a day of the office that is day in ``zone`` too."""
    there = ZoneInfo(zone)
    for opens, closes in (_AT_DAY, _IN_THE_EVENING, (time(0), time(23))):
        first = datetime.combine(on, opens, tzinfo=office)
        halves = (closes.hour - opens.hour) * 2
        starts = [first + slots.LENGTH * half for half in range(halves)]
        fitting = [
            each
            for each in starts
            if slots.EARLIEST <= each.astimezone(there).time() < slots.LATEST
        ]
        if fitting:
            return tuple(fitting)
    raise AssertionError  # each hour is day somewhere

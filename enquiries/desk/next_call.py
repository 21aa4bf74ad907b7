"""
The next call: whom to call now, most urgent first, and taking that call so that nobody else does.

Whoever is shown can be called now: it is day where they are, there is a number, nothing holds the
enquiry, nobody else has it, and no time to come was promised to them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from functools import lru_cache

from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)

from enquiries import places, slots
from enquiries.calls import start_call
from enquiries.models import CallAttempt, Callback, Enquiry, FollowUp, FollowUpReason, Reply
from enquiries.transitions import OPEN_STATES, Hold, State

AHEAD = timedelta(minutes=5)  # a booked call may begin so early
SOON = timedelta(hours=1)
PAUSE = timedelta(minutes=30)  # after an attempt, before the same number rings again
CALLS = (FollowUpReason.FIRST_CALL, FollowUpReason.CALL_AGAIN, FollowUpReason.CONFIRM_GUARDIAN)
AT_ONCE = 10  # candidates read in one go
ROUNDS = 20  # of candidates, all of them taken by others meanwhile


class Why(IntEnum):
    """Why someone is next, most urgent first."""

    BOOKED = 1
    OVERDUE = 2
    SOON = 3
    WAITING = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """An enquiry to call now, why, and the instant that this goes by."""

    pk: int
    why: Why
    at: datetime


def next_calls(*, by: User, now: datetime, skipping: Collection[int] = ()) -> list[Next]:
    """List whom ``by`` may call now, most urgent first, ten at most; in one query."""
    callable_now = _callable(by=by, now=now).exclude(pk__in=skipping)
    # Looked up one after another, as they fall due: the planner would find all who may be called,
    # or hold each against every attempt of the last half hour.
    whoever = callable_now.filter(pk=OuterRef("enquiry_id")).order_by()
    may_ring = Subquery(whoever.values("pk")[:1])
    booked = (
        Callback.objects.current()
        .filter(starts_at__gt=now - slots.LENGTH, starts_at__lte=now + AHEAD, ends_at__gt=now)
        .filter(enquiry_id=may_ring)
        .order_by("starts_at", F("enquiry__owner").asc(nulls_last=True), "pk")
    )
    promised = (
        FollowUp.objects.open()
        .filter(reason__in=CALLS, due_at__lte=now + SOON, enquiry_id=may_ring)
        .order_by("due_at", "pk")
    )
    promised_later = FollowUp.objects.open().filter(
        enquiry=OuterRef("pk"), reason=FollowUpReason.CALL_AGAIN, due_at__gt=now + SOON
    )
    # Not a part of the others: what is said twice would seem twice as rare to the planner.
    waiting = (
        _ready(now=now)
        .filter(state=State.NEW, owner=None)
        .alias(later=Subquery(promised_later.values("pk")[:1]))  # looked up as above
        .filter(Case(When(later=None, then=True), default=False))
        .exclude(pk__in=skipping)
    )
    is_overdue = Case(When(due_at__lte=now, then=Why.OVERDUE.value), default=Why.SOON.value)
    first, *others = (
        found.annotate(found_pk=pk, why=why, at=at).values_list("found_pk", "why", "at")[:AT_ONCE]
        for found, why, pk, at in (
            (booked, _as_number(Why.BOOKED), F("enquiry_id"), F("starts_at")),
            (promised, is_overdue, F("enquiry_id"), F("due_at")),
            (
                waiting.order_by("created_at", "pk"),
                _as_number(Why.WAITING),
                F("pk"),
                F("created_at"),
            ),
        )
    )
    found: dict[int, Next] = {}
    for pk, why, at in first.union(*others, all=True).order_by("why", "at", "found_pk"):
        found.setdefault(pk, Next(pk=pk, why=Why(why), at=at))
    return list(found.values())[:AT_ONCE]


def take_next_call(
    *, by: User, now: datetime, shown: int | None = None, skipping: Collection[int] = ()
) -> Enquiry | None:
    """
    Begin the most urgent call as ``by``, or the one they were ``shown`` if it is still free.

    Rows that others hold at this moment are passed over, so two members of staff never get the
    same one. None if there is nobody to call now. A second press of the button gives the call that
    the first one began.

    :raises AlreadyInCall: if ``by`` has not recorded their last call
    """
    mine = Enquiry.objects.filter(owner=by, state=State.IN_CALL)
    if shown is not None and (begun := mine.filter(pk=shown).first()):
        return begun
    for pk in _in_turn(by=by, now=now, shown=shown, skipping=skipping):
        with transaction.atomic():
            free = _callable(by=by, now=now).select_for_update(skip_locked=True, of=("self",))
            if enquiry := free.filter(pk=pk).first():
                return start_call(enquiry, by=by, now=now)
    return None


def zones_in_daytime(now: datetime) -> list[str]:
    """Name the time zones in which we may call now."""
    return _zones_in_daytime(now.replace(second=0, microsecond=0))


def _as_number(why: Why) -> Value:
    return Value(why.value, IntegerField())


def _callable(*, by: User, now: datetime) -> QuerySet[Enquiry]:
    """Give the enquiries that ``by`` may call now, if it is their turn."""
    is_free = Q(owner=None) | Q(owner=by)
    return _ready(now=now).filter(is_free, ~Q(state=State.IN_CALL), state__in=sorted(OPEN_STATES))


def _ready(*, now: datetime) -> QuerySet[Enquiry]:
    """Give the enquiries with a number that may ring now, whoever has them."""
    promised = Callback.objects.current().filter(enquiry=OuterRef("pk"), starts_at__gt=now + AHEAD)
    tried = CallAttempt.objects.filter(enquiry=OuterRef("pk"), at__gt=now - PAUSE)
    has_number = Q(is_minor=True) & ~Q(guardian_phone="") | Q(is_minor=False) & ~Q(own_phone="")
    return Enquiry.objects.filter(
        has_number,
        _is_day_there(now),
        ~Exists(promised),
        ~Exists(tried),
        hold=Hold.NONE,
        reply=Reply.CALL,
    )


def _is_day_there(now: datetime) -> Func:
    zones = Value(zones_in_daytime(now), ArrayField(TextField()))
    return Func(
        F("time_zone"),
        zones,
        output_field=BooleanField(),
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
    )


def _in_turn(
    *, by: User, now: datetime, shown: int | None, skipping: Collection[int]
) -> Iterator[int]:
    tried = set(skipping)
    if shown is not None:
        yield shown
        tried.add(shown)
    for _ in range(ROUNDS):
        found = next_calls(by=by, now=now, skipping=tried)
        if not found:
            return
        for each in found:
            yield each.pk
            tried.add(each.pk)


@lru_cache(maxsize=2)
def _zones_in_daytime(minute: datetime) -> list[str]:
    return sorted(
        name
        for name in places.zone_names()
        if (zone := places.zone_named(name)) and slots.in_daytime(minute, zone=zone)
    )

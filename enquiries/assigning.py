"""Assigning by itself: in turn to who is on shift, and back from who did nothing or went away."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from enquiries import office, slots
from enquiries.calls import end_call
from enquiries.erasure import act_on_each
from enquiries.events import Standing, record_event
from enquiries.ladder import SPOKEN
from enquiries.models import (
    Absence,
    Adviser,
    CallAttempt,
    Callback,
    CallbackPolicy,
    Enquiry,
    Event,
    EventKind,
    FollowUp,
    Note,
    Shift,
    StaffReply,
)
from enquiries.transitions import Hold, State
from enquiries.triage import assign

MOST_GIVEN = 500  # enquiries looked at in a run; the next run goes on
IN_TURN = "In turn"
AWAY = "Its owner is away"
LEFT = "Its owner no longer works here"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gone:
    """Someone who is away until an instant, or for good."""

    user_id: int
    until: datetime | None

    @property
    def why(self) -> str:
        return AWAY if self.until else LEFT


def on_shift(at: datetime) -> QuerySet[User]:
    """List the active advisers whose shift, by the site's clock, it is and who are not away."""
    here = at.astimezone(office.site_zone())
    away = Absence.objects.between(at, at + timedelta.resolution)
    shifts = Shift.objects.worked(weekday=here.weekday(), clock=here.time(), away=away)
    return User.objects.filter(Exists(shifts.filter(staff=OuterRef("pk"))))


def untouched(*, now: datetime) -> QuerySet[Enquiry]:
    """
    List the claimed enquiries of which their owner did nothing for the policy's minutes.

    Nothing means no event, note, call or reply of theirs, and no follow-up of theirs or booked
    call to come. One on hold waits for someone else, so it is not among them; nor is one whose
    contact was spoken with since it was claimed: nobody is to call them again.
    """
    minutes = CallbackPolicy.objects.values_list("return_minutes", flat=True).get()
    since = now - timedelta(minutes=minutes)
    mine = {"enquiry": OuterRef("pk"), "by": OuterRef("owner"), "at__gt": since}
    to_come = FollowUp.objects.open().filter(
        enquiry=OuterRef("pk"), owner=OuterRef("owner"), due_at__gt=now
    )
    booked = Callback.objects.current().filter(enquiry=OuterRef("pk"), starts_at__gt=now)
    traces = (Event, Note, CallAttempt, StaffReply)
    spoken = CallAttempt.objects.filter(
        enquiry=OuterRef("pk"), outcome__in=SPOKEN, at__gte=OuterRef("claimed_at")
    )
    return Enquiry.objects.filter(
        ~Exists(spoken),
        *(~Exists(trace.objects.filter(**mine)) for trace in traces),
        ~Exists(to_come),
        ~Exists(booked),
        state=State.ASSIGNED,
        hold=Hold.NONE,
        claimed_at__lte=since,
    ).order_by("claimed_at", "pk")


def return_untouched(*, now: datetime) -> int:
    """Put untouched enquiries back among the new ones, each by itself; says how many."""
    minutes = CallbackPolicy.objects.values_list("return_minutes", flat=True).get()
    why = f"Nothing was done for {minutes} minutes"
    return act_on_each(untouched(now=now), act=partial(_return, why=why, now=now))


def give_in_turn(*, now: datetime) -> int:
    """
    Give the new enquiries, oldest first, to the advisers whose turn it is; says how many.

    They are on shift on a day when the office opens, get enquiries in turn, and own fewer open
    ones than they may. Who has waited longest comes first. Nobody gets back by turn what went
    back from them by itself.
    """
    if _is_closed_day(now):
        return 0
    with transaction.atomic():
        turn = Adviser.objects.filter(is_in_turn=True, user__in=on_shift(now))
        advisers = list(
            turn.select_related("user")
            .order_by(F("given_at").asc(nulls_first=True), "pk")
            .select_for_update(of=("self",), skip_locked=True)
        )
        return _deal(deque(advisers), room=_room(advisers), now=now)


def take_over_from_absent(*, now: datetime) -> int:
    """
    Take back what waits for someone who is away, or whose account is closed; says how much.

    Their claimed enquiries are new again at once, but for one in a call; whose account is closed
    can record none, so that call is ended too. So are those with a call booked or a follow-up
    due before they are back; the booked call keeps its time. Their follow-ups of that time
    belong to nobody.
    """
    return sum(_take_over(each, now=now) for each in _gone(now=now))


def _gone(*, now: datetime) -> Iterator[_Gone]:
    away = Absence.objects.filter(starts_at__lte=now, ends_at__gt=now, staff__is_active=True)
    until = away.order_by().values("staff").annotate(until=Max("ends_at"))
    for user_id, until_at in until.values_list("staff", "until"):
        yield _Gone(user_id=user_id, until=until_at)
    owns = Enquiry.objects.open().filter(owner=OuterRef("pk"))
    promised = FollowUp.objects.open().filter(owner=OuterRef("pk"))
    left = User.objects.filter(Exists(owns) | Exists(promised), is_active=False)
    for user_id in left.values_list("pk", flat=True):
        yield _Gone(user_id=user_id, until=None)


def _take_over(gone: _Gone, *, now: datetime) -> int:
    due, starts = (
        ({"due_at__lt": gone.until}, {"starts_at__lt": gone.until}) if gone.until else ({}, {})
    )
    promised = FollowUp.objects.open().filter(owner=gone.user_id, **due)
    booked = Callback.objects.current().filter(enquiry=OuterRef("pk"), **starts)
    waits = Exists(promised.filter(enquiry=OuterRef("pk"))) if gone.until else Q()
    theirs = Enquiry.objects.filter(
        Q(state=State.ASSIGNED)
        | Q(Exists(booked) if gone.until else Q(), state=State.SCHEDULED)
        | Q(waits, state=State.FOLLOW_UP)
        | (Q() if gone.until else Q(state=State.IN_CALL)),
        owner=gone.user_id,
    ).order_by("pk")
    returned = act_on_each(theirs, act=partial(_return, why=gone.why, now=now))
    # What somebody works on at this moment is left with its promise, and taken in a minute.
    return returned + promised.exclude(enquiry__in=theirs).update(owner=None)


def _return(enquiry: Enquiry, *, why: str, now: datetime) -> None:
    if enquiry.state == State.IN_CALL:
        end_call(enquiry, why=why, now=now)
    before = Standing.of(enquiry)
    enquiry.state, enquiry.owner, enquiry.claimed_at = State.NEW, None, None
    enquiry.save(update_fields=["state", "owner", "claimed_at"])
    record_event(enquiry, kind=EventKind.RETURNED, before=before, now=now, why=why)


def _is_closed_day(now: datetime) -> bool:
    """Say whether a closure or a public holiday takes all the hours of the site's day."""
    our_office = replace(office.read_office(now=now), away=())
    today = now.astimezone(our_office.zone).date()
    has_hours = any(each.weekday == today.weekday() for each in our_office.periods)
    is_closed = today in our_office.closed_on
    return is_closed or (has_hours and not slots.slots_on(today, office=our_office))


def _room(advisers: list[Adviser]) -> dict[int, int]:
    """Count for each adviser how many more open enquiries they may own, by their key."""
    owned = dict(
        Enquiry.objects.open()
        .filter(owner__in=[each.user_id for each in advisers])
        .order_by()
        .values("owner")
        .annotate(owned=Count("pk"))
        .values_list("owner", "owned")
    )
    return {each.pk: max(each.most_open - owned.get(each.user_id, 0), 0) for each in advisers}


def _deal(turn: deque[Adviser], *, room: dict[int, int], now: datetime) -> int:
    """Give each new enquiry to the first in turn who has room for it; they go to the end."""
    new = Enquiry.objects.filter(state=State.NEW, hold=Hold.NONE).order_by("created_at", "pk")
    waiting = list(new.values_list("pk", flat=True)[:MOST_GIVEN]) if any(room.values()) else []
    back = Event.objects.filter(enquiry__in=waiting, kind=EventKind.RETURNED)
    went_back = set(back.values_list("enquiry", "from_owner"))
    given: list[Adviser] = []
    for key in waiting:
        free = (each for each in turn if room[each.pk] and (key, each.user_id) not in went_back)
        chosen = next(free, None)
        locked = new.select_for_update(of=("self",), skip_locked=True).filter(pk=key)
        if chosen is None or (enquiry := locked.first()) is None:
            continue
        assign(enquiry, to=chosen.user, by=None, now=now, why=IN_TURN)
        room[chosen.pk] -= 1
        turn.remove(chosen)
        turn.append(chosen)
        chosen.given_at = now + timedelta(microseconds=len(given))  # so that the turn is kept
        given.append(chosen)
    Adviser.objects.bulk_update(set(given), ["given_at"])
    return len(given)

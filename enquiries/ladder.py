"""The ladder of tries: when to call again whom we could not reach, and when we tried enough."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import chain
from zoneinfo import ZoneInfo

from enquiries import office, places
from enquiries.models import CallAttempt, CallOutcome, Enquiry

SPOKEN = frozenset(
    {
        CallOutcome.REACHED,
        CallOutcome.THEY_CALLED,
        CallOutcome.ASKED_LATER,
        CallOutcome.REFUSED,
    }
)
NOT_REACHED = frozenset(
    {
        CallOutcome.NO_ANSWER,
        CallOutcome.VOICEMAIL,
        CallOutcome.BUSY,
        CallOutcome.MINOR_ANSWERED,
    }
)
TRIED_AGAIN = NOT_REACHED | {CallOutcome.ASKED_LATER}
ENOUGH_ATTEMPTS = 3
ATTEMPTS_SPREAD = timedelta(days=1)  # so that they fall on two days at least
ANSWER_WITHIN = timedelta(days=7)  # after the invitation to choose another time


class Part(StrEnum):
    """A part of the person's day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


NOON, EVENING_BEGINS = time(12), time(17)


def part_of_day(instant: datetime, *, zone: tzinfo) -> Part:
    """Name the part of the day in ``zone``: morning to 12:00, afternoon to 17:00, then evening."""
    there = instant.astimezone(zone).time()
    if there < NOON:
        return Part.MORNING
    return Part.AFTERNOON if there < EVENING_BEGINS else Part.EVENING


def next_try(
    starts: Sequence[datetime], *, tries: Sequence[datetime], zone: tzinfo
) -> datetime | None:
    """
    Choose the next try among ``starts``, soonest first; None if there are none.

    It falls in a part of the day in ``zone`` that no try before fell in. Where we cannot call
    then, in another part than the last try; where not even that, on another day.
    """
    tried = [part_of_day(each, zone=zone) for each in tries]
    days = [each.astimezone(zone).date() for each in tries]
    choices = (
        (each for each in starts if part_of_day(each, zone=zone) not in tried),
        (each for each in starts if part_of_day(each, zone=zone) not in tried[-1:]),
        (each for each in starts if each.astimezone(zone).date() not in days[-1:]),
        starts,
    )
    return next(chain.from_iterable(choices), None)


def next_try_at(
    enquiry: Enquiry,
    *,
    tries: Sequence[datetime],
    now: datetime,
    after: timedelta = timedelta(0),
) -> datetime | None:
    """
    Give the start of the slot in which to call an enquiry's contact again (UTC).

    ``tries`` are those before; the slot begins ``after`` that long at the earliest. It is one of
    the office in the daytime of the person, with a place left if there is one. None if our hours
    never meet their daytime.
    """
    zone = zone_of(enquiry)
    free = [slot.starts_at for slot in office.free_slots(now=now, zone=zone, confirmed=True)]
    for starts in (free, office.open_starts(now=now, zone=zone)):
        late_enough = [each for each in starts if each >= now + after]
        if found := next_try(late_enough, tries=tries, zone=zone):
            return found
    return None


def tries_of(enquiry: Enquiry) -> list[datetime]:
    """List our tries in vain since we last spoke with them, or they last chose a time."""
    attempts = CallAttempt.objects.filter(enquiry=enquiry).order_by("at", "pk")
    tries = attempts.filter(outcome__in=NOT_REACHED)
    if spoken := attempts.filter(outcome__in=SPOKEN).last():
        tries = tries.filter(at__gt=spoken.at)
    if chosen := enquiry.callbacks.order_by("created_at").last():
        tries = tries.filter(at__gte=chosen.created_at)
    return list(tries.values_list("at", flat=True))


def tried_enough(enquiry: Enquiry) -> bool:
    """Say whether we tried to call three times, on two days at least, and in vain."""
    tries = tries_of(enquiry)
    return len(tries) >= ENOUGH_ATTEMPTS and tries[-1] - tries[0] >= ATTEMPTS_SPREAD


def zone_of(enquiry: Enquiry) -> ZoneInfo:
    """Give the zone where the person is; ours if this machine no longer knows it."""
    return places.zone_named(enquiry.time_zone) or office.site_zone()

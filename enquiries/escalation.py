"""Escalation: telling staff, by day, of what was promised and is not done."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from enquiries import letters, outbox, working_time
from enquiries.events import record_event
from enquiries.models import Absence, Escalation, EventKind, FollowUp, OutboxMessage, Topic
from enquiries.office import read_office
from enquiries.roles import LEAD
from enquiries.slots import Office
from enquiries.transitions import CLOSED_STATES, State

LEADS_AFTER = 15  # business minutes
BEFORE_CLOSING = timedelta(minutes=15)  # so that leads can still act on what they read
NOBODY = 0  # stands for the address of all staff
MOST_AT_ONCE = 500  # follow-ups a run; the next run goes on
MOST_LETTERS = 20  # follow-ups a run that are written about; each letter counts the others too


def level_reached(due_at: datetime, *, now: datetime, office: Office) -> Escalation:
    """
    Say how far it is to be told by ``now`` that what fell due at ``due_at`` is not done.

    Its owner is told when it falls due, the leads 15 business minutes later, and once more 15
    minutes before the end of the business day. What falls due at night waits for the opening.
    """
    owner_at = working_time.next_opening(due_at, office=office)
    leads_at = working_time.add_business_minutes(due_at, minutes=LEADS_AFTER, office=office)
    if owner_at is None or leads_at is None or now < owner_at:
        return Escalation.NONE
    if now < leads_at:
        return Escalation.OWNER
    closing_at = working_time.closing_after(leads_at + BEFORE_CLOSING, office=office)
    if closing_at is None or now < closing_at - BEFORE_CLOSING:
        return Escalation.LEAD
    return Escalation.END_OF_DAY


def late(*, now: datetime) -> QuerySet[FollowUp]:
    """List what is due, not done, and not told to the last; not while the call is going on."""
    return (
        FollowUp.objects.due(now=now)
        .filter(escalation__lt=Escalation.END_OF_DAY)
        .exclude(enquiry__state__in=[*CLOSED_STATES, State.IN_CALL])
    )


def escalate_late(*, now: datetime) -> int:
    """
    Tell of each late follow-up whoever is to know by now; says of how many.

    Outside the office's hours nobody is told; it waits for the next opening. Of very many at
    once, as after a closure, the oldest are written about; the history has them all.
    """
    office = read_office(now=now)
    if not working_time.is_open(now, office=office):
        return 0
    told = 0
    leads = list(
        User.objects.filter(groups__name=LEAD, is_active=True).exclude(email="").order_by("pk")
    )
    away = set(Absence.objects.between(now, now).values_list("staff", flat=True))
    waiting = late(now=now).select_related("owner", "enquiry__owner").order_by("due_at")
    for follow_up in waiting.iterator(chunk_size=MOST_AT_ONCE):  # they may be very many
        level = level_reached(follow_up.due_at, now=now, office=office)
        if level > follow_up.escalation:
            told += _tell(
                follow_up,
                level=level,
                to=_recipients(follow_up, level=level, leads=leads, away=away)
                if told < MOST_LETTERS
                else {},
                now=now,
            )
        if told == MOST_AT_ONCE:
            break
    return told


def send_escalation(message: OutboxMessage, *, now: datetime) -> None:
    """
    Send what was promised by day; however late the outbox is, nobody reads it at night.

    :raises NotYet: naming the next opening, if the office is closed by now
    """
    opens_at = working_time.next_opening(now, office=read_office(now=now))
    if opens_at and opens_at > now:
        raise outbox.NotYet(opens_at)
    letters.send_letter(message, now=now)


def _recipients(
    follow_up: FollowUp, *, level: Escalation, leads: Sequence[User], away: set[int]
) -> dict[Escalation, list[int]]:
    """Say who is to be written to about a late follow-up, for each level that is new."""
    to: dict[Escalation, list[int]] = {}
    if follow_up.escalation < Escalation.OWNER:
        to[Escalation.OWNER] = [_owner(follow_up, away=away)]
    if level > Escalation.OWNER:
        to[level] = [lead.pk for lead in leads] or [NOBODY]
    return to


@transaction.atomic
def _tell(
    follow_up: FollowUp,
    *,
    level: Escalation,
    to: Mapping[Escalation, list[int]],
    now: datetime,
) -> bool:
    """Promise the letters about one late follow-up; says False if another worker was quicker."""
    still = FollowUp.objects.open().filter(pk=follow_up.pk, escalation=follow_up.escalation)
    if not still.update(escalation=level):
        return False
    for told, numbers in to.items():
        for staff in numbers:
            outbox.queue_message(
                Topic.ESCALATION,
                dedupe_key=f"{Topic.ESCALATION}:{staff}:{told.value}:{follow_up.pk}",
                enquiry=follow_up.enquiry,
                now=now,
            )
    record_event(follow_up.enquiry, kind=EventKind.ESCALATED, now=now, why=level.label)
    return True


def _owner(follow_up: FollowUp, *, away: set[int]) -> int:
    """Name who is to act: the owner, unless they are away, have left or have no address."""
    owner = follow_up.owner or follow_up.enquiry.owner
    if owner is None or not owner.is_active or not owner.email or owner.pk in away:
        return NOBODY
    return owner.pk

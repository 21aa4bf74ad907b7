"""The daily digest: what a member of staff's day holds, by e-mail as the office opens."""

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from enquiries import desk, letters, outbox, slots, working_time
from enquiries.models import Absence, Enquiry, FollowUp, OutboxMessage, Topic
from enquiries.office import read_office, site_zone
from enquiries.roles import ADVISER, LEAD
from enquiries.transitions import State

MOST_COUNTED = 1000  # a letter needs no exact number of more


def promise_digests(*, now: datetime) -> int:
    """
    Promise the day by letter to each adviser and lead once the office opens; says to how many.

    It goes once a day and person, on days on which the office opens, from the first opening to
    the last closing. Who is away then gets none.
    """
    office = read_office(now=now)
    if not working_time.is_by_day(now, office=office):
        return 0
    today = now.astimezone(office.zone).date()
    numbers = _readers(now=now).values_list("pk", flat=True)
    keys = {f"{Topic.DAILY_DIGEST}:{number}:{today.isoformat()}" for number in numbers}
    there = OutboxMessage.objects.filter(dedupe_key__in=keys)
    missing = keys - set(there.values_list("dedupe_key", flat=True))
    for key in sorted(missing):
        outbox.queue_message(Topic.DAILY_DIGEST, dedupe_key=key, now=now)
    return len(missing)


def send_digest(message: OutboxMessage, *, now: datetime) -> None:
    """Write the day of one member of staff: references and counts, and nothing about a person."""
    _, number, day = message.dedupe_key.split(":")
    office = read_office(now=now)
    today = now.astimezone(office.zone).date()
    if day != today.isoformat() or not working_time.is_by_day(now, office=office):
        return
    if staff := _readers(now=now).filter(pk=number).first():
        came = _came_by_night(today, office=office)
        context = _day(staff, today=today, came=came, now=now)
        letters.send_list(message, kind="daily_digest", to=staff.email, context=context)


def _came_by_night(today: date, *, office: slots.Office) -> QuerySet[Enquiry]:
    """List what came after the last closing, before the opening of ``today``, and is open."""
    closed_at = working_time.closing_before(today, office=office)
    [first, *_] = slots.spans_on(today, office=office)
    came = Enquiry.objects.open().filter(created_at__lt=first.starts_at)
    return came.filter(created_at__gte=closed_at) if closed_at else came


def _readers(*, now: datetime) -> QuerySet[User]:
    """List the advisers and leads who have an e-mail address and are not away."""
    away = Absence.objects.filter(starts_at__lte=now, ends_at__gt=now)
    staff = User.objects.filter(groups__name__in=[ADVISER, LEAD], is_active=True)
    return staff.exclude(email="").exclude(pk__in=away.values("staff")).distinct().order_by("pk")


def _day(staff: User, *, today: date, came: QuerySet[Enquiry], now: datetime) -> dict[str, object]:
    day = desk.my_day(by=staff, now=now)
    tasks = [
        {
            "at": f"{each.at.astimezone(site_zone()):%H:%M}" if not each.is_overdue else "late",
            "what": each.what,
            "reference": each.enquiry.reference,
        }
        for each in day.tasks
    ]
    is_lead = staff.groups.filter(name=LEAD).exists()
    name = f"{today:%A} {today.day} {today:%B %Y}"
    return {
        "subject": f"Your day: {name}",
        "day": name,
        "tasks": tasks,
        "owned": len(day.owned),
        "has_more": day.has_more,
        "came": _count(came),
        "waiting": _count(Enquiry.objects.filter(state=State.NEW)),
        "counts": _counts(now=now) if is_lead else [],
        "link": f"{settings.SITE_URL}{reverse('admin:desk')}",
    }


def _counts(*, now: datetime) -> list[tuple[str, str]]:
    """Count what leads look after."""
    came = Enquiry.objects.filter(created_at__gt=now - slots.DAY)
    late = FollowUp.objects.due(now=now)
    held = Enquiry.objects.open().exclude(hold="")
    return [
        ("Came in the last 24 hours", _count(came)),
        ("Follow-ups that are late", _count(late)),
        ("Open and on hold", _count(held)),
    ]


def _count(found: QuerySet[Enquiry] | QuerySet[FollowUp]) -> str:
    """Count up to a bound, as "12" or "more than 1000"."""
    counted = found.order_by()[: MOST_COUNTED + 1].count()
    return str(counted) if counted <= MOST_COUNTED else f"more than {MOST_COUNTED}"

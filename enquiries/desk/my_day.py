"""A member of staff's day: their booked calls and promises of today, and what they own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from enquiries.desk.declaration import declaration
from enquiries.desk.reading import ReadEnquiry, read_enquiries
from enquiries.models import Enquiry, FollowUp, Wording
from enquiries.office import site_zone
from enquiries.slots import DAY
from enquiries.transitions import State

MOST = 40  # enquiries; who owns more looks into the queue
CALL = "Booked call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do today, or that was to be done before."""

    at: datetime
    what: str
    enquiry: Enquiry
    is_overdue: bool
    is_call: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The enquiry that was asked for as well, and the words that a guardian confirms."""

    read: ReadEnquiry
    declaration: Wording

    @property
    def enquiry(self) -> Enquiry:
        return self.read.enquiry


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDay:
    """What is to be done today in order of time, what they own, and the call they are in."""

    tasks: tuple[Task, ...]
    owned: tuple[ReadEnquiry, ...]
    has_more: bool
    in_call: Enquiry | None
    beside: Beside | None


def my_day(*, by: User, now: datetime, beside: int | None = None) -> MyDay:
    """
    Gather the day of ``by`` in the site's zone, overdue first, in one query.

    It reads the enquiry numbered ``beside`` too, whoever owns it.
    """
    wanted = Enquiry.objects.filter(pk__in=_wanted(by, beside=beside)).order_by("created_at", "pk")
    words = declaration(now=now)
    read = read_enquiries(wanted.annotate(read_words=words.annotation()))
    asked = next((each for each in read if each.enquiry.pk == beside), None)
    owned = [each for each in read if each.enquiry.owner_id == by.pk and each.enquiry.is_open]
    local = now.astimezone(site_zone())
    tonight = datetime.combine(local.date() + DAY, time(), tzinfo=local.tzinfo)
    tasks = [task for each in read for task in _tasks(each, by=by, now=now)]
    return MyDay(
        tasks=tuple(
            sorted((task for task in tasks if task.at < tonight), key=attrgetter("at"))[:MOST]
        ),
        owned=tuple(owned[:MOST]),
        has_more=len(owned) > MOST,
        in_call=next((each.enquiry for each in owned if each.enquiry.state == State.IN_CALL), None),
        beside=Beside(read=asked, declaration=words.read(vars(asked.enquiry)["read_words"])[0])
        if asked
        else None,
    )


def _wanted(by: User, *, beside: int | None) -> QuerySet[Enquiry, Any]:
    own = Enquiry.objects.open().filter(owner=by).order_by("created_at", "pk")
    promised = FollowUp.objects.open().filter(owner=by).order_by("due_at", "pk")
    in_call = Enquiry.objects.filter(owner=by, state=State.IN_CALL)  # it may be none of the oldest
    asked = Enquiry.objects.filter(pk=beside) if beside else Enquiry.objects.none()
    return own.values("pk")[: MOST + 1].union(
        promised.values("enquiry_id")[:MOST], in_call.values("pk"), asked.values("pk")
    )


def _tasks(each: ReadEnquiry, *, by: User, now: datetime) -> Iterator[Task]:
    is_theirs = each.enquiry.owner_id == by.pk
    booked = each.booked
    if booked and is_theirs and booked.ends_at > now:
        yield Task(
            at=booked.starts_at, what=CALL, enquiry=each.enquiry, is_overdue=False, is_call=True
        )
    for promised in each.promised:
        if not (promised.owner_id == by.pk or (is_theirs and promised.owner_id is None)):
            continue
        if booked and booked.ends_at > now and promised.due_at == booked.starts_at:
            continue  # the call itself
        yield Task(
            at=promised.due_at,
            what=promised.what.label,
            enquiry=each.enquiry,
            is_overdue=promised.due_at <= now,
            is_call=False,
        )

"""The desk page: the next call, my day, the parts of the queue, and the booked calls of today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from enquiries import places
from enquiries.admin import times
from enquiries.admin.desk.queue_parts import queue_parts
from enquiries.admin.desk.script import Line, script
from enquiries.admin.desk.showing import MAY_CALL, MAY_SEE_CALLS, allowed, show
from enquiries.admin.phones import shown_phone
from enquiries.calls import AlreadyInCall
from enquiries.desk import (
    Beside,
    Next,
    ReadEnquiry,
    Task,
    Why,
    my_day,
    next_calls,
    staffing,
    take_next_call,
)
from enquiries.models import Enquiry, Flag, Interest
from enquiries.records import note_listed, note_opened
from enquiries.transitions import TransitionRefused

MOST_SKIPPED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCard:
    """The next call as the page shows it."""

    enquiry: Enquiry
    why: str
    kind: str
    phone: str
    there: str
    here: str
    booked: tuple[str, ...]
    asked_about: tuple[tuple[str, str], ...]
    interests: list[str]
    flags: list[str]
    country: str
    script: list[Line]
    skip_url: str


def desk(request: HttpRequest) -> HttpResponse:
    """Show whom to call now, and what else the day holds."""
    user = allowed(request, MAY_CALL)
    now = timezone.now()
    skipped = _skipped(request.GET.get("skip", ""))
    found = next_calls(by=user, now=now, skipping=skipped)
    day = my_day(by=user, now=now, beside=found[0].pk if found else None)
    card = None
    if found and day.beside and not day.in_call:
        card = _card(found[0], beside=day.beside, by=user, now=now, skipped=skipped)
        note_opened(day.beside.enquiry, by=user, now=now)
    named = [day.in_call] if day.in_call else []
    named += [task.enquiry for task in day.tasks]
    named += [each.enquiry for each in day.owned]
    note_listed([enquiry.pk for enquiry in named], by=user, what="Desk", now=now)
    context = {
        "next": card,
        "others": len(found) - 1,
        "skipped": ",".join(str(pk) for pk in skipped),
        "in_call": day.in_call,
        "tasks": [_shown_task(task, now=now) for task in day.tasks],
        "owned": [_shown_owned(each, now=now) for each in day.owned],
        "has_more": day.has_more,
        "parts": queue_parts(request, by=user),
        "staffing": staffing(now=now) if user.has_perm(MAY_SEE_CALLS) else [],
        "city": places.city(timezone.get_default_timezone_name()),
        "clock": times.at_site(now),
    }
    return show(request, "desk", title="Your desk", context=context)


def take(request: HttpRequest) -> HttpResponse:
    """Claim the next call and begin it, then go to its page."""
    user = allowed(request, MAY_CALL)
    desk_page = HttpResponseRedirect(reverse("admin:desk"))
    if request.method != "POST":
        return desk_page
    shown = next(iter(_skipped(request.POST.get("shown", ""))), None)
    skipped = _skipped(request.POST.get("skip", ""))
    try:
        taken = take_next_call(by=user, now=timezone.now(), shown=shown, skipping=skipped)
    except AlreadyInCall as error:
        if error.other.pk != shown:  # else the button was pressed twice at once
            messages.warning(request, error.sentence)
        return _page_of(error.other)
    except TransitionRefused as error:
        messages.error(request, error.sentence)
        return desk_page
    if taken is None:
        messages.info(request, "Nobody is left to call now.")
        return desk_page
    if shown is not None and taken.pk != shown:
        said = f"Someone else was quicker. This is the next one: {taken.reference}."
        messages.warning(request, said)
    return _page_of(taken)


def _page_of(enquiry: Enquiry) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:enquiries_enquiry_change", args=[enquiry.pk]))


def _skipped(written: str) -> list[int]:
    numbers = [int(each) for each in written.split(",") if each.isascii() and each.isdecimal()]
    return [number for number in numbers if number < 2**63][-MOST_SKIPPED:]


def _card(found: Next, *, beside: Beside, by: User, now: datetime, skipped: list[int]) -> NextCard:
    read, enquiry = beside.read, beside.enquiry
    skip = ",".join(str(pk) for pk in [*skipped, enquiry.pk][-MOST_SKIPPED:])
    return NextCard(
        enquiry=enquiry,
        why=_why(found, now=now),
        kind=found.why.name.lower(),
        phone=shown_phone(
            enquiry.contact_phone,
            typed=enquiry.guardian_phone_typed or enquiry.own_phone_typed,
            country=enquiry.country,
        ),
        there=times.local_now(enquiry.time_zone, now=now),
        here=times.local_now(timezone.get_default_timezone_name(), now=now),
        booked=times.span_in_both_zones(
            read.booked.starts_at, read.booked.ends_at, zone=enquiry.time_zone
        )
        if read.booked
        else (),
        asked_about=read.asked_about,
        interests=[Interest(each).label for each in enquiry.interests],
        flags=[Flag(each).label for each in enquiry.flags],
        country=places.countries().get(enquiry.country, enquiry.country),
        script=script(enquiry, by=by, declaration=beside.declaration),
        skip_url=f"{reverse('admin:desk')}?{urlencode({'skip': skip})}",
    )


def _why(found: Next, *, now: datetime) -> str:
    age = times.age(found.at, now=now)
    if found.why is Why.BOOKED:
        begins = "begins now" if found.at >= now else f"began {age} ago"
        return f"Booked for this time: the call {begins}."
    if found.why is Why.OVERDUE:
        return f"We promised to call by {times.at_site(found.at)}. That is {age} late."
    if found.why is Why.SOON:
        return f"We promised to call by {times.at_site(found.at)}."
    return f"Waits longest of those who can be called now: {age}."


def _shown_task(task: Task, *, now: datetime) -> dict[str, Any]:
    here, zone = timezone.localtime(task.at), task.enquiry.time_zone
    is_today = here.date() == timezone.localdate(now)
    return {
        "task": task,
        "when": f"{here:%H:%M}" if is_today else times.at_site(task.at),
        "there": times.local_now(zone, now=task.at)
        if is_today
        else times.local_at(zone, at=task.at),
        "late": times.age(task.at, now=now) if task.is_overdue else "",
    }


def _shown_owned(each: ReadEnquiry, *, now: datetime) -> dict[str, Any]:
    following = [each.booked.starts_at] if each.booked and each.booked.ends_at > now else []
    following += [promised.due_at for promised in each.promised]
    return {
        "enquiry": each.enquiry,
        "age": times.age(each.enquiry.created_at, now=now),
        "following": times.at_site(min(following)) if following else "",
    }

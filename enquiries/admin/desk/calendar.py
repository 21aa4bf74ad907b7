"""The calendar of callbacks, by week or by day, in the site's zone."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from enquiries import places
from enquiries.admin import times
from enquiries.admin.desk.showing import MAY_SEE_CALLS, allowed, show
from enquiries.admin.staff import staff_name
from enquiries.desk import CalendarDay, HalfHour, Planned, calendar_days
from enquiries.office import read_office
from enquiries.records import note_listed
from enquiries.slots import next_working_day

WEEK = 7
EARLIEST, LATEST = date(2000, 1, 3), date(2100, 1, 1)


def calendar(request: HttpRequest) -> HttpResponse:
    """
    Show the calls of the week of a day, or of one day, and of it perhaps the half hour ``at``.

    Without a choice it is the week of the next day on which we call, which may be today.
    """
    user = allowed(request, MAY_SEE_CALLS)
    now = timezone.now()
    today = timezone.localdate(now)
    office = read_office(now=now)
    is_day = "day" in request.GET
    usual = today if is_day else next_working_day(office, today=today)
    chosen = _chosen(request.GET.get("day" if is_day else "week", ""), usual=usual)
    first = chosen if is_day else chosen - timedelta(days=chosen.weekday())
    count = 1 if is_day else WEEK
    opened = _instant(request.GET.get("at", ""))
    days = calendar_days(first, days=count, office=office, by=user, now=now, opened=opened)
    listed = [call.callback.enquiry_id for day in days for call in day.calls]
    note_listed(listed, by=user, what="Calendar", now=now)
    context: dict[str, Any] = {
        "days": [_shown(day, user_pk=user.pk) for day in days],
        "is_day": is_day,
        "first": first,
        "last": first + timedelta(days=count - 1),
        "city": places.city(timezone.get_default_timezone_name()),
        "before_url": _url(first - timedelta(days=count), is_day=is_day),
        "after_url": _url(first + timedelta(days=count), is_day=is_day),
        "today_url": _url(today, is_day=is_day),
        "is_now": first <= today <= first + timedelta(days=count - 1),
        "day_url": _url(
            today if first <= today < first + timedelta(days=WEEK) else first, is_day=True
        ),
        "week_url": _url(first, is_day=False),
        "booked": sum(day.booked for day in days),
        "places": sum(day.places for day in days),
        "over": sum(day.over for day in days),
    }
    return show(request, "calendar", title="Calendar", context=context)


def _chosen(written: str, *, usual: date) -> date:
    try:
        chosen = date.fromisoformat(written)
    except ValueError:
        return usual
    return chosen if EARLIEST <= chosen < LATEST else usual


def _instant(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written).astimezone()
    except (ValueError, OverflowError):
        return None


def _url(day: date, *, is_day: bool) -> str:
    return f"{reverse('admin:desk_calendar')}?{'day' if is_day else 'week'}={day.isoformat()}"


def _shown(day: CalendarDay, *, user_pk: int) -> dict[str, Any]:
    url = _url(day.on, is_day=True)
    half_hours = [_shown_half_hour(each, day_url=url, user_pk=user_pk) for each in day.half_hours]
    return {
        "day": day,
        "url": url,
        "half_hours": half_hours,
        "over_at": [each["clock"] for each in half_hours if each["half_hour"].over],
    }


def _shown_half_hour(each: HalfHour, *, day_url: str, user_pk: int) -> dict[str, Any]:
    starts_at = timezone.localtime(each.starts_at)
    return {
        "half_hour": each,
        "clock": times.clock(starts_at),
        "anchor": f"at-{starts_at:%H%M}",
        "url": f"{day_url}&at={each.starts_at:%Y-%m-%dT%H:%MZ}#at-{starts_at:%H%M}",
        "calls": [_shown_call(call, user_pk=user_pk) for call in each.calls],
    }


def _shown_call(call: Planned, *, user_pk: int) -> dict[str, Any]:
    enquiry = call.callback.enquiry
    starts_at = timezone.localtime(call.starts_at)
    return {
        "url": reverse("admin:enquiries_enquiry_change", args=[enquiry.pk]),
        "name": enquiry.person_name,
        "is_minor": enquiry.is_minor,
        "clock": times.clock(starts_at),
        "there": _there(call, here=starts_at),
        "owner": staff_name(enquiry.owner) if enquiry.owner else "",
        "is_mine": enquiry.owner_id == user_pk,
        "is_over": call.is_over,
    }


def _there(call: Planned, *, here: datetime) -> str:
    """Tell a call's time where the person is, with the day if it is another one there."""
    zone = call.callback.zone
    if call.callback.local_on == here.date():
        return times.local_now(zone, now=here)
    return times.local_at(zone, at=here)

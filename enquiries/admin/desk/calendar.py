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
from enquiries.records import note_listed

WEEK = 7
EARLIEST, LATEST = date(2000, 1, 3), date(2100, 1, 1)


def calendar(request: HttpRequest) -> HttpResponse:
    """Show the calls of the week of a day, or of one day; without a choice, this week."""
    user = allowed(request, MAY_SEE_CALLS)
    now = timezone.now()
    today = timezone.localdate(now)
    is_day = "day" in request.GET
    chosen = _chosen(request.GET.get("day" if is_day else "week", ""), today=today)
    first = chosen if is_day else chosen - timedelta(days=chosen.weekday())
    count = 1 if is_day else WEEK
    days = calendar_days(first, days=count, now=now)
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


def _chosen(written: str, *, today: date) -> date:
    try:
        chosen = date.fromisoformat(written)
    except ValueError:
        return today
    return chosen if EARLIEST <= chosen < LATEST else today


def _url(day: date, *, is_day: bool) -> str:
    return f"{reverse('admin:desk_calendar')}?{'day' if is_day else 'week'}={day.isoformat()}"


def _shown(day: CalendarDay, *, user_pk: int) -> dict[str, Any]:
    return {
        "day": day,
        "url": _url(day.on, is_day=True),
        "half_hours": [_shown_half_hour(each, user_pk=user_pk) for each in day.half_hours],
        "calls": [_shown_call(call, user_pk=user_pk) for call in day.calls],
        "over_at": [_clock(each.starts_at) for each in day.half_hours if each.over],
    }


def _shown_half_hour(each: HalfHour, *, user_pk: int) -> dict[str, Any]:
    return {
        "half_hour": each,
        "clock": _clock(each.starts_at),
        "calls": [_shown_call(call, user_pk=user_pk) for call in each.calls],
    }


def _shown_call(call: Planned, *, user_pk: int) -> dict[str, Any]:
    enquiry = call.callback.enquiry
    return {
        "enquiry": enquiry,
        "clock": _clock(call.starts_at),
        "there": _there(call),
        "owner": staff_name(enquiry.owner) if enquiry.owner else "",
        "is_mine": enquiry.owner_id == user_pk,
        "is_over": call.is_over,
    }


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"


def _there(call: Planned) -> str:
    """Tell a call's time where the person is, with the day if it is another one there."""
    zone, here = call.callback.zone, timezone.localtime(call.starts_at)
    if call.callback.local_on == here.date():
        return times.local_now(zone, now=call.starts_at)
    return times.local_at(zone, at=call.starts_at)

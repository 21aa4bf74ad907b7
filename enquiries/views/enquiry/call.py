"""Choosing another time for the call, day first, and taking it home as a calendar file."""

from datetime import date
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from enquiries import bookings, calendar_files, office, places, selfservice
from enquiries.forms.fields import ANY_TIME, long_date, read_day, read_slot_id, slot_id
from enquiries.letters import hours_in_both_zones
from enquiries.views.enquiry.opening import Opened, answer, back, opened_by_link

TAKEN = "That time was taken a moment ago. Choose another time."
CLOSED = "We cannot call then. Choose another time."
NONE_CHOSEN = "Choose a time."
NOT_NOW = "We cannot book a call at present."


@opened_by_link
def choose_time(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Offer days, then the times of one, or book the time that was chosen."""
    if request.method != "POST":
        return _offer(request, opened, day=read_day(request.GET.get("day", "")))
    chosen = request.POST.get("callback", "")
    starts_at = read_slot_id(chosen)
    day = read_day(request.POST.get("day", ""))
    if starts_at is None and chosen != ANY_TIME:
        return _offer(request, opened, day=day, error=NONE_CHOSEN)
    try:
        selfservice.choose_time(opened.enquiry, starts_at=starts_at, now=opened.now)
    except bookings.SlotTaken:
        office.forget_offer()
        return _offer(request, opened, day=day, error=TAKEN)
    except bookings.SlotClosed:
        return _offer(request, opened, day=day, error=CLOSED)
    except selfservice.NotNow:
        return _offer(request, opened, day=None, error=NOT_NOW)
    return back(opened.token, said="moved" if starts_at else "any")


@require_safe
def call_file(request: HttpRequest, token: str) -> HttpResponse:
    """
    Give the call as a file for the person's calendar.

    :raises Http404: if no time is chosen
    """
    return _call_file(request, token)


@opened_by_link
def _call_file(_request: HttpRequest, opened: Opened) -> HttpResponse:
    callback = opened.callback()
    if callback is None or callback.starts_at is None:
        msg = "No time is chosen."
        raise Http404(msg)
    return HttpResponse(
        calendar_files.call_file(callback),
        content_type=f"{calendar_files.TYPE}; charset=utf-8; "
        f"method={calendar_files.method_of(callback)}",
        headers={"Content-Disposition": f'attachment; filename="{calendar_files.NAME}"'},
    )


def _offer(
    request: HttpRequest, opened: Opened, *, day: date | None, error: str = ""
) -> HttpResponse:
    enquiry = opened.enquiry
    site_zone = office.site_zone()
    zone: ZoneInfo = places.zone_named(enquiry.time_zone) or site_zone
    confirmed = bool(enquiry.email_confirmed_at or enquiry.guardian_confirmed_at)
    free = office.offered_days(now=opened.now, zone=zone, confirmed=confirmed)
    slots = office.offered_times(day, now=opened.now, zone=zone, confirmed=confirmed) if day else []
    times = [
        {
            "id": slot_id(slot.starts_at),
            "text": hours_in_both_zones(
                starts_at=slot.starts_at, ends_at=slot.ends_at, zone=zone, site_zone=site_zone
            ),
        }
        for slot in slots
    ]
    days = [
        {"id": each.on.isoformat(), "text": long_date(each.on), "free": each.free} for each in free
    ]
    return answer(
        request,
        opened,
        "times",
        status=HTTPStatus.UNPROCESSABLE_CONTENT if error else HTTPStatus.OK,
        error=error,
        day=day.isoformat() if day else "",
        day_text=long_date(day) if day else "",
        days=days,
        times=times,
        can_call=office.can_call(zone, now=opened.now),
        city=places.city(zone.key),
    )

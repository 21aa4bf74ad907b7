"""What people can book, for leads: two weeks, calls that do not fit, slots a week by country."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from enquiries import bookings, office, places
from enquiries.admin import times
from enquiries.admin.office_fortnight import fortnight
from enquiries.admin.office_reach import reach

MOST_MOVED = 20  # named one by one


def bookable(*, now: datetime) -> dict[str, Any]:
    """Give what the preview shows of the office as it stands, and of what is booked in it."""
    as_it_stands = office.read_office(now=now)
    over = bookings.overbooked(our_office=as_it_stands, now=now)
    moved = [
        {
            "enquiry": callback.enquiry,
            "promised": f"{callback.local_on:%a %-d %b}, {callback.local_time:%H:%M}",
            "now": times.in_both_zones(callback),
        }
        for callback, _ in zip(bookings.misplaced(now=now), range(MOST_MOVED), strict=False)
    ]
    return {
        "office": as_it_stands,
        "notice_minutes": int(as_it_stands.notice.total_seconds()) // 60,
        "city": places.city(as_it_stands.zone.key),
        "fortnight": fortnight(as_it_stands, over=over, now=now),
        "over": list(_by_day(over)),
        "moved": moved,
        "reach": reach(as_it_stands, now=now),
    }


def _by_day(over: Mapping[datetime, int]) -> Iterator[dict[str, Any]]:
    local = {at.astimezone(office.site_zone()): calls for at, calls in over.items()}
    for on, hours in groupby(local, key=datetime.date):
        starts = list(hours)
        yield {
            "on": on,
            "calls": sum(local[at] for at in starts),
            "hours": [f"{at:%H:%M}" for at in starts],
        }

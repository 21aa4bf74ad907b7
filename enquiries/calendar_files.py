"""
The calendar file of a call, as RFC 5545 writes it and RFC 5546 sends it.

A call is published, not requested: a request would be put into the calendar of whoever's address
was typed, and would name them as its guest. So the file names nobody but us.
"""

from datetime import UTC, datetime, timedelta
from email.message import MIMEPart
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from enquiries.models import Callback

NAME = "call.ics"
TYPE = "text/calendar"
REMIND = timedelta(minutes=15)  # before the call


class Method(StrEnum):
    """What a calendar is to do with the file."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def method_of(callback: Callback) -> Method:
    """Say whether the file of a call tells of it, or takes it out of the calendar."""
    return Method.CANCEL if callback.cancelled_at else Method.PUBLISH


def sequence_of(callback: Callback) -> int:
    """
    Give the number of a call's state, so that a calendar knows the newest.

    RFC 5546 wants a higher number for a cancellation too, and the next call must be above that.
    """
    return 2 * callback.sequence + (1 if callback.cancelled_at else 0)


def call_file(callback: Callback) -> bytes:
    """
    Write the calendar file of a call at a chosen time, or of its cancellation.

    :raises ValueError: if the call has no time
    """
    if callback.starts_at is None or callback.ends_at is None:
        msg = "A call at any time has no place in a calendar."
        raise ValueError(msg)
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.FIRM['name']}//Callback//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method_of(callback).value)
    calendar.add_component(_event(callback, callback.starts_at, callback.ends_at))
    return bytes(calendar.to_ical())


def attachment(callback: Callback) -> MIMEPart:
    """Wrap the calendar file of a call for a letter; its method stands in the type too."""
    part = MIMEPart()
    maintype, subtype = TYPE.split("/")
    part.set_content(
        call_file(callback),
        maintype=maintype,
        subtype=subtype,
        disposition="attachment",
        filename=NAME,
        params={"method": method_of(callback).value, "charset": "utf-8"},
    )
    return part


def _event(callback: Callback, starts_at: datetime, ends_at: datetime) -> Event:
    firm, reference = settings.FIRM, callback.enquiry.reference
    event = Event()
    event.add("uid", f"{reference}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", sequence_of(callback))
    event.add("dtstamp", (callback.cancelled_at or callback.created_at).astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", f"Call from {firm['name']}")
    event.add("description", _description(reference))
    event.add("status", "CANCELLED" if callback.cancelled_at else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    organizer = vCalAddress(f"mailto:{settings.STAFF_EMAIL}")
    organizer.params["cn"] = vText(firm["name"])
    event.add("organizer", organizer)
    if not callback.cancelled_at:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"Call from {firm['name']}")
        alarm.add("trigger", -REMIND)
        event.add_component(alarm)
    return event


def _description(reference: str) -> str:
    firm = settings.FIRM
    from_number = f"We call from {firm['phone']}. " if firm["phone"] else ""
    return (
        f"Your reference is {reference}. {from_number}"
        "We never ask for money, passwords or passport numbers."
    )

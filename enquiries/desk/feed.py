"""
An adviser's calls as a calendar feed, behind an address that only they know.

A feed lies in calendars of others' making, so it names nobody: the reference, and the link to the
page behind the sign-in. A renewed address ends the one before it.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer
from django.db.models import F
from django.urls import reverse
from icalendar import Calendar, Event

from enquiries.calendar_files import sequence_of
from enquiries.models import Adviser, Callback, FollowUp

BEHIND, AHEAD = timedelta(days=14), timedelta(days=90)
MOST = 500  # of calls, and of follow-ups
SHORT = timedelta(minutes=15)
REFRESH = timedelta(minutes=15)
_SIGNER = Signer(salt="enquiries.desk.feed")


class FeedRevoked(Exception):
    """The address is not, or no longer, that of an adviser's calendar."""


def feed_token(adviser: Adviser) -> str:
    """Sign the token of an adviser's calendar, as it stands in its address."""
    return _SIGNER.sign_object([adviser.pk, adviser.calendar_version])


def renew_feed(*, by: User) -> Adviser:
    """Give ``by`` a new address for their calendar; one before it shows nothing any more."""
    adviser, is_first = Adviser.objects.get_or_create(user=by)
    if not is_first:
        Adviser.objects.filter(pk=adviser.pk).update(calendar_version=F("calendar_version") + 1)
        adviser.refresh_from_db()
    return adviser


def read_feed_token(token: str) -> Adviser:
    """
    Give the adviser whose calendar a token is for.

    :raises FeedRevoked: if it is not ours, was renewed since, or they left
    """
    try:
        pk, version = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise FeedRevoked from error
    adviser = (
        Adviser.objects.filter(pk=pk, calendar_version=version)
        .filter(user__is_active=True, user__is_staff=True)
        .select_related("user")
        .first()
    )
    if adviser is None:
        raise FeedRevoked
    return adviser


def calendar_feed(adviser: Adviser, *, now: datetime) -> bytes:
    """Write an adviser's booked calls and open follow-ups as a calendar (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.FIRM['name']}//Desk//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"{settings.FIRM['name']}: calls")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    within = {"enquiry__owner": adviser.user_id, "starts_at__gt": now - BEHIND}
    calls = (
        Callback.objects.current()
        .filter(**within, starts_at__lt=now + AHEAD)
        .select_related("enquiry")
        .order_by("starts_at")
    )
    booked = set()
    for call in calls[:MOST]:
        booked.add((call.enquiry_id, call.starts_at))
        calendar.add_component(_call(call, now=now))
    follow_ups = (
        FollowUp.objects.open()
        .filter(enquiry__owner=adviser.user_id, due_at__gt=now - BEHIND, due_at__lt=now + AHEAD)
        .select_related("enquiry")
        .order_by("due_at", "pk")
    )
    for follow_up in follow_ups[:MOST]:
        if (follow_up.enquiry_id, follow_up.due_at) not in booked:
            calendar.add_component(_follow_up(follow_up, now=now))
    return bytes(calendar.to_ical())


def _call(call: Callback, *, now: datetime) -> Event:
    event = _event(call.enquiry_id, f"call-{call.enquiry.reference}", now=now)
    event.add("sequence", sequence_of(call))
    event.add("dtstart", _utc(call.starts_at))
    event.add("dtend", _utc(call.ends_at))
    event.add("summary", f"Call {call.enquiry.reference}")
    return event


def _follow_up(follow_up: FollowUp, *, now: datetime) -> Event:
    event = _event(follow_up.enquiry_id, f"follow-up-{follow_up.pk}", now=now)
    event.add("dtstart", _utc(follow_up.due_at))
    event.add("dtend", _utc(follow_up.due_at + SHORT))
    event.add("summary", f"{follow_up.get_reason_display()}: {follow_up.enquiry.reference}")
    event.add("transp", "TRANSPARENT")
    return event


def _event(enquiry_pk: int, name: str, *, now: datetime) -> Event:
    page = settings.SITE_URL + reverse("admin:enquiries_enquiry_change", args=[enquiry_pk])
    event = Event()
    event.add("uid", f"{name}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("class", "PRIVATE")
    event.add("url", page)
    event.add("description", f"Sign in to see it: {page}")
    return event


def _utc(at: datetime | None) -> datetime:
    if at is None:  # a call at a chosen time has both its instants
        raise ValueError
    return at.astimezone(UTC)

"""For whom a letter still makes sense as it is sent: asked each time, for much may have changed."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from enquiries import places, slots
from enquiries.calendar_files import sequence_of
from enquiries.models import Callback, CallOutcome, Enquiry, GuardianRequest, OutboxMessage
from enquiries.transitions import Hold, State

Wanted = Callable[[Enquiry, OutboxMessage, datetime], bool]


def while_open(enquiry: Enquiry, _message: OutboxMessage, _now: datetime) -> bool:
    return enquiry.is_open


def always(_enquiry: Enquiry, _message: OutboxMessage, _now: datetime) -> bool:
    return True


def while_unconfirmed(enquiry: Enquiry, _message: OutboxMessage, _now: datetime) -> bool:
    """Ask a guardian until they confirm, and not once the person is 18."""
    waits = enquiry.is_minor and enquiry.guardian_confirmed_at is None
    return enquiry.is_open and waits and enquiry.hold != Hold.RECONSENT


def while_guardian_is_missing(enquiry: Enquiry, _message: OutboxMessage, now: datetime) -> bool:
    return (
        enquiry.is_open
        and enquiry.hold == Hold.NEEDS_GUARDIAN
        and not GuardianRequest.objects.expired(now=now).filter(enquiry=enquiry).exists()
    )


def while_to_agree_anew(enquiry: Enquiry, _message: OutboxMessage, _now: datetime) -> bool:
    return enquiry.is_open and enquiry.hold == Hold.RECONSENT


def after_withdrawal(enquiry: Enquiry, _message: OutboxMessage, _now: datetime) -> bool:
    return enquiry.state == State.WITHDRAWN


def while_newest(enquiry: Enquiry, message: OutboxMessage, _now: datetime) -> bool:
    """
    Tell only the newest change of a call; the key of the message ends with its number.

    Closing an enquiry changes its call too: it is cancelled, and that is told as well.
    """
    newest = newest_callback(enquiry)
    return newest is not None and message.dedupe_key.endswith(f":{sequence_of(newest)}")


def while_the_call_stands(enquiry: Enquiry, message: OutboxMessage, now: datetime) -> bool:
    """Remind of no call that was moved or cancelled, or has begun."""
    callback = newest_callback(enquiry)
    return (
        enquiry.is_open
        and while_newest(enquiry, message, now)
        and callback is not None
        and callback.cancelled_at is None
        and callback.starts_at is not None
        and callback.starts_at > now
        and enquiry.hold not in {Hold.NEEDS_GUARDIAN, Hold.RECONSENT}
    )


def by_day_while_the_call_stands(enquiry: Enquiry, message: OutboxMessage, now: datetime) -> bool:
    """Remind nobody at night, however late the outbox is."""
    zone = places.zone_named(enquiry.time_zone) or ZoneInfo(settings.SITE_TIME_ZONE)
    return slots.in_daytime(now, zone=zone) and while_the_call_stands(enquiry, message, now)


def while_no_time_is_chosen(enquiry: Enquiry, _message: OutboxMessage, now: datetime) -> bool:
    """Invite who has no call to come; one that we tried in vain stands, but is over."""
    to_come = enquiry.callbacks.current().filter(starts_at__gt=now)
    return enquiry.is_open and enquiry.hold != Hold.RECONSENT and not to_come.exists()


def while_answers_are_welcome(enquiry: Enquiry, _message: OutboxMessage, _now: datetime) -> bool:
    """Send what staff wrote, also of an enquiry that they closed as answered at once."""
    age_is_settled = enquiry.hold not in {Hold.NEEDS_GUARDIAN, Hold.RECONSENT}
    return age_is_settled and enquiry.state not in {State.WITHDRAWN, State.SPAM}


def by_day_while_the_call_is_worth_asking_about(
    enquiry: Enquiry, message: OutboxMessage, now: datetime
) -> bool:
    """Ask whether a call helped by day only, and not if it turned out that nobody was reached."""
    reached = enquiry.call_attempts.filter(pk=number_of(message), outcome=CallOutcome.REACHED)
    zone = places.zone_named(enquiry.time_zone) or ZoneInfo(settings.SITE_TIME_ZONE)
    return (
        slots.in_daytime(now, zone=zone)
        and while_answers_are_welcome(enquiry, message, now)
        and reached.exists()
    )


def while_it_is_late(enquiry: Enquiry, message: OutboxMessage, _now: datetime) -> bool:
    """Tell of a late follow-up that nobody has done meanwhile."""
    return enquiry.is_open and enquiry.follow_ups.open().filter(pk=number_of(message)).exists()


def number_of(message: OutboxMessage) -> int:
    """Give the number of what a letter is about within its enquiry; its key ends with it."""
    return int(message.dedupe_key.rpartition(":")[2])


def newest_callback(enquiry: Enquiry) -> Callback | None:
    """Give the last wish for a call, cancelled or not."""
    return enquiry.callbacks.order_by("-sequence").first()

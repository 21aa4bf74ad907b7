"""
The table of letters: each topic with its subject, whom it goes to, and for whom it makes sense.

A letter may wait in the outbox while its enquiry changes; ``wanted`` is asked as it is sent.
The templates of a topic are ``mail/<topic>.txt`` and ``mail/<topic>.html``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from enquiries import places, slots
from enquiries.calendar_files import sequence_of
from enquiries.models import (
    Callback,
    Enquiry,
    FormerAddress,
    GuardianRequest,
    LinkPurpose,
    OutboxMessage,
    Topic,
)
from enquiries.transitions import Hold, State

Wanted = Callable[[Enquiry, OutboxMessage, datetime], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    What a topic's letter is.

    ``links`` names the signed links of its templates; ``has_call_file`` says that the calendar
    file of the call goes with it; ``once_sent`` is done in the transaction of its sending.
    """

    subject: str
    wanted: Wanted
    recipient: Callable[[Enquiry], str]
    links: Mapping[str, LinkPurpose] = field(default_factory=dict)
    has_call_file: bool = False
    once_sent: Callable[[Enquiry], None] | None = None

    @property
    def is_for_staff(self) -> bool:
        return self.recipient is staff


def contact(enquiry: Enquiry) -> str:
    """Write to the only address there is: a minor's guardian's, else the enquirer's."""
    return enquiry.contact_email


def staff(_enquiry: Enquiry) -> str:
    return str(settings.STAFF_EMAIL)


def former_address(enquiry: Enquiry) -> str:
    former = FormerAddress.objects.filter(enquiry=enquiry).first()
    return former.email if former else ""


def forget_former_address(enquiry: Enquiry) -> None:
    FormerAddress.objects.filter(enquiry=enquiry).delete()


def asked_address(enquiry: Enquiry) -> str:
    """Write to the address that is kept for this one letter; empty once it is gone."""
    request = GuardianRequest.objects.filter(enquiry=enquiry).first()
    return request.email if request else ""


def asked_or_guardian(enquiry: Enquiry) -> str:
    return asked_address(enquiry) or enquiry.guardian_email


def forget_asked_address(enquiry: Enquiry) -> None:
    GuardianRequest.objects.filter(enquiry=enquiry).delete()


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


def newest_callback(enquiry: Enquiry) -> Callback | None:
    """Give the last wish for a call, cancelled or not."""
    return enquiry.callbacks.order_by("-sequence").first()


KINDS: dict[Topic, Kind] = {
    Topic.ACKNOWLEDGEMENT: Kind(
        subject="We have your request: {reference}",
        wanted=while_open,
        recipient=contact,
        links={"link": LinkPurpose.ENQUIRY, "disown_link": LinkPurpose.DISOWN},
        has_call_file=True,
    ),
    Topic.GUARDIAN_CONFIRMATION: Kind(
        subject="Please confirm as parent or guardian: {reference}",
        wanted=while_unconfirmed,
        recipient=contact,
        links={"link": LinkPurpose.GUARDIAN_CONFIRMATION, "disown_link": LinkPurpose.DISOWN},
    ),
    Topic.GUARDIAN_REMINDER: Kind(
        subject="Please confirm soon: {reference}",
        wanted=while_unconfirmed,
        recipient=contact,
        links={"link": LinkPurpose.GUARDIAN_CONFIRMATION, "disown_link": LinkPurpose.DISOWN},
    ),
    Topic.GUARDIAN_REQUEST: Kind(
        subject="A parent or guardian is needed: {reference}",
        wanted=while_guardian_is_missing,
        recipient=asked_address,
        links={"link": LinkPurpose.GUARDIAN_REQUEST},
        has_call_file=True,
        once_sent=forget_asked_address,
    ),
    Topic.RECONSENT: Kind(
        subject="Please hand this on: {reference}",
        wanted=while_to_agree_anew,
        recipient=asked_or_guardian,
        links={"link": LinkPurpose.RECONSENT},
        has_call_file=True,
        once_sent=forget_asked_address,
    ),
    Topic.CALLBACK_CHANGED: Kind(
        subject="Your call has changed: {reference}",
        wanted=while_newest,
        recipient=contact,
        links={"link": LinkPurpose.ENQUIRY},
        has_call_file=True,
    ),
    Topic.CALLBACK_REMINDER: Kind(
        subject="Your call is soon: {reference}",
        wanted=by_day_while_the_call_stands,
        recipient=contact,
        links={"link": LinkPurpose.ENQUIRY},
    ),
    Topic.RESCHEDULE_INVITATION: Kind(
        subject="We could not reach you: {reference}",
        wanted=while_no_time_is_chosen,
        recipient=contact,
        links={"link": LinkPurpose.ENQUIRY},
    ),
    Topic.WITHDRAWAL: Kind(
        subject="Your request is withdrawn: {reference}",
        wanted=after_withdrawal,
        recipient=contact,
        links={"link": LinkPurpose.ENQUIRY},
        has_call_file=True,
    ),
    Topic.RESUME_REFUSED: Kind(
        subject="Your file: {reference}",
        wanted=while_open,
        recipient=contact,
        links={"link": LinkPurpose.ENQUIRY},
    ),
    Topic.ENQUIRY_LINK: Kind(
        subject="Your link: {reference}",
        wanted=always,
        recipient=contact,
        links={"link": LinkPurpose.ENQUIRY, "disown_link": LinkPurpose.DISOWN},
    ),
    Topic.CONTACT_CHANGED: Kind(
        subject="Your e-mail address was changed: {reference}",
        wanted=always,  # also if whoever changed it closed the enquiry at once
        recipient=former_address,
        once_sent=forget_former_address,
    ),
    Topic.STAFF_NOTICE: Kind(
        subject="New enquiry: {reference}", wanted=while_open, recipient=staff
    ),
    Topic.STAFF_REMINDER: Kind(
        subject="Call in 15 minutes: {reference}",
        wanted=while_the_call_stands,
        recipient=staff,
    ),
}

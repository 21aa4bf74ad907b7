"""Replies: what staff write to people by e-mail, from the texts that they keep for it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from enquiries import letters, outbox
from enquiries.events import record_event
from enquiries.followups import lock_open
from enquiries.models import (
    Callback,
    CannedReply,
    Enquiry,
    EventKind,
    StaffReply,
    Suppression,
    Topic,
)
from enquiries.transitions import Hold

NAMELESS = "there"  # as in "Hello there"
NO_CALL = "no time is booked yet"
TO_WRITE = "[Write "  # how a canned reply marks what staff write in


class NobodyToWriteTo(Exception):
    """There is no address that may be written to; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ReplyUnfinished(Exception):
    """A place that a canned reply leaves for staff to write in still stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A canned reply filled in for one enquiry, for staff to read and alter."""

    subject: str
    text: str


def offered() -> QuerySet[CannedReply]:
    """List the canned replies that staff may start from."""
    return CannedReply.objects.filter(is_offered=True)


def fill(
    canned: CannedReply, *, enquiry: Enquiry, callback: Callback | None, now: datetime
) -> Filled:
    """
    Put an enquiry's facts for ``{name}``, ``{reference}`` and ``{call}`` into a canned reply.

    The ``callback`` that stands, if it is to come, is told in the person's zone and in ours;
    other braces stay as they are.
    """
    is_to_come = callback and callback.starts_at and callback.starts_at > now
    to_come = callback if is_to_come else None
    facts = {
        "{name}": letters.harmless_name(enquiry.contact_name) or NAMELESS,
        "{reference}": enquiry.reference,
        "{call}": letters.slot_in_both_zones(to_come) or NO_CALL,
    }
    subject, text = canned.subject, canned.text
    for blank, fact in facts.items():
        subject, text = subject.replace(blank, fact), text.replace(blank, fact)
    return Filled(subject=subject, text=text)


def why_not(enquiry: Enquiry) -> str:
    """Say in a sentence why nobody may be written to about an enquiry; nothing if one may."""
    if enquiry.hold == Hold.RECONSENT:
        return "They turned 18 and have not agreed anew, so there is nobody to write to."
    if enquiry.hold == Hold.NEEDS_GUARDIAN or not enquiry.contact_email:
        return "A parent or guardian is missing, so there is nobody to write to."
    if Suppression.objects.of(enquiry.contact_email).exists():
        return "Whoever has this address asked us never to write there."
    return ""


@transaction.atomic
def write_reply(
    enquiry: Enquiry, *, subject: str, text: str, by: User, now: datetime
) -> StaffReply:
    """
    Write an e-mail to the one contact of an open enquiry: a minor's guardian, else the enquirer.

    It goes as plain text, with the greeting and the footer of every letter.

    :raises EnquiryClosed: if the enquiry was closed meanwhile
    :raises NobodyToWriteTo: saying in one sentence why not
    :raises ReplyUnfinished: if a "[Write …]" of a canned reply was left in it
    """
    if TO_WRITE in text or TO_WRITE in subject:
        raise ReplyUnfinished
    locked = lock_open(enquiry)
    if sentence := why_not(locked):
        raise NobodyToWriteTo(sentence)
    locked.last_contact_at = now
    locked.save(update_fields=["last_contact_at"])
    reply = StaffReply.objects.create(
        enquiry=locked, subject=" ".join(subject.split()), text=text.strip(), by=by, at=now
    )
    record_event(locked, kind=EventKind.REPLY_WRITTEN, by=by, now=now)
    topic = Topic.STAFF_REPLY
    outbox.queue_message(topic, dedupe_key=f"{topic}:{reply.pk}", enquiry=locked, now=now)
    return reply

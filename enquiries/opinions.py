"""Opinions: what people say of a call afterwards, by the link in our letter."""

from datetime import datetime

from django.db import transaction

from enquiries.events import record_event
from enquiries.models import (
    CallAttempt,
    CallOpinion,
    Enquiry,
    EventKind,
    Helped,
    LinkPurpose,
    LinkRejected,
    read_link,
)
from enquiries.redaction import without_contacts
from enquiries.transitions import Hold, State

LONGEST_WORDS = 500


class NothingToAsk(Exception):
    """The enquiry was withdrawn, or somebody must agree first."""


def call_to_judge(token: str, *, now: datetime) -> CallAttempt:
    """
    Find the call that a link asks about; looking changes nothing.

    :raises LinkRejected: if the link is not ours, or was replaced
    :raises LinkExpired: if its 30 days are over
    :raises NothingToAsk: if the enquiry was withdrawn, or somebody must agree first
    """
    claim = read_link(token, purpose=LinkPurpose.CALL_OPINION, now=now)
    attempt = (
        CallAttempt.objects.select_related("enquiry", "opinion")
        .filter(pk=claim.about, enquiry=claim.enquiry_id, enquiry__link_version=claim.version)
        .first()
    )
    if attempt is None:
        raise LinkRejected
    _check_welcome(attempt.enquiry)
    return attempt


@transaction.atomic
def give_opinion(attempt: CallAttempt, *, helped: Helped, words: str, now: datetime) -> CallOpinion:
    """
    Keep what the person says of a call; a later answer takes the place of the former.

    About a minor, whatever looks like a phone number or an e-mail address is blanked.

    :raises NothingToAsk: if the enquiry was withdrawn meanwhile, or somebody must agree first
    """
    enquiry = Enquiry.objects.select_for_update(of=("self",)).get(pk=attempt.enquiry_id)
    _check_welcome(enquiry)
    if enquiry.is_minor:
        words = without_contacts(words, country=enquiry.country)[:LONGEST_WORDS]
    opinion, _ = CallOpinion.objects.update_or_create(
        attempt=attempt,
        defaults={"enquiry": enquiry, "helped": helped, "words": words, "at": now},
    )
    record_event(enquiry, kind=EventKind.OPINION_GIVEN, now=now, why=Helped(helped).label)
    return opinion


def _check_welcome(enquiry: Enquiry) -> None:
    if enquiry.state in {State.WITHDRAWN, State.SPAM}:
        raise NothingToAsk
    if enquiry.hold in {Hold.NEEDS_GUARDIAN, Hold.RECONSENT}:
        raise NothingToAsk

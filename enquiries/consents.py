"""What people agree to, written down with the words that were in force and who agreed."""

from collections.abc import Iterable
from datetime import datetime

from enquiries.models import Channel, Consent, ConsentGiver, Enquiry, Purpose, current_wording


def record_consents(
    enquiry: Enquiry, *, purposes: Iterable[Purpose], channel: Channel, now: datetime
) -> None:
    """
    Record that whoever speaks for ``enquiry`` agreed: the guardian of a minor, or the person.

    :raises LookupError: if there are no words for one of the purposes
    """
    Consent.objects.bulk_create(new_consents(enquiry, purposes=purposes, channel=channel, now=now))


def new_consents(
    enquiry: Enquiry, *, purposes: Iterable[Purpose], channel: Channel, now: datetime
) -> list[Consent]:
    """
    Make what ``record_consents`` stores, for who stores it with more.

    :raises LookupError: as ``record_consents``
    """
    giver = ConsentGiver.GUARDIAN if enquiry.is_minor else ConsentGiver.SELF
    wordings = [current_wording(purpose, now=now) for purpose in purposes]
    return [
        Consent(
            enquiry=enquiry,
            purpose=wording.purpose,
            given_by=giver,
            relationship=enquiry.guardian_relationship,
            wording_version=wording.version,
            wording_digest=wording.digest,
            channel=channel,
            given_at=now,
        )
        for wording in wordings
    ]

"""What people agree to, written down with the words that were in force and who agreed."""

from collections.abc import Iterable
from datetime import datetime

from enquiries.models import (
    Channel,
    Consent,
    ConsentGiver,
    Enquiry,
    Purpose,
    Wording,
    current_wording,
)


def record_consents(
    enquiry: Enquiry,
    *,
    purposes: Iterable[Purpose],
    channel: Channel,
    now: datetime,
    version: str = "",
) -> None:
    """
    Record that whoever speaks for ``enquiry`` agreed: the guardian of a minor, or the person.

    ``version`` names the words that they heard; without it they are those in force.

    :raises LookupError: if there are no words for one of the purposes
    :raises Wording.DoesNotExist: if there is no such version of them
    """
    Consent.objects.bulk_create(
        new_consents(enquiry, purposes=purposes, channel=channel, now=now, version=version)
    )


def new_consents(
    enquiry: Enquiry,
    *,
    purposes: Iterable[Purpose],
    channel: Channel,
    now: datetime,
    version: str = "",
) -> list[Consent]:
    """
    Make what ``record_consents`` stores, for who stores it with more.

    :raises LookupError: as ``record_consents``
    :raises Wording.DoesNotExist: as ``record_consents``
    """
    giver = ConsentGiver.GUARDIAN if enquiry.is_minor else ConsentGiver.SELF
    wordings = [
        Wording.objects.get(purpose=purpose, version=version)
        if version
        else current_wording(purpose, now=now)
        for purpose in purposes
    ]
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

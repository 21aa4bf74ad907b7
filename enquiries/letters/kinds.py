"""
The table of letters: each topic with its subject, whom it goes to, and for whom it makes sense.

A letter may wait in the outbox while its enquiry changes; ``wanted`` is asked as it is sent.
The templates of a topic are ``mail/<topic>.txt`` and ``mail/<topic>.html``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import User

from enquiries.letters.wanted import (
    Wanted,
    after_withdrawal,
    always,
    by_day_while_the_call_is_worth_asking_about,
    by_day_while_the_call_stands,
    number_of,
    while_answers_are_welcome,
    while_guardian_is_missing,
    while_it_is_late,
    while_newest,
    while_no_time_is_chosen,
    while_open,
    while_the_call_stands,
    while_to_agree_anew,
    while_unconfirmed,
)
from enquiries.letters.words import until
from enquiries.models import (
    Enquiry,
    FollowUp,
    FormerAddress,
    GuardianRequest,
    LinkPurpose,
    OutboxMessage,
    StaffReply,
    Topic,
)

MOST_COUNTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    What a topic's letter is.

    ``links`` names the signed links of its templates; ``has_call_file`` says that the calendar
    file of the call goes with it; ``words`` gives what this one letter alone says, to its subject
    too, and ``about`` the number that its links name; ``once_sent`` is done in the transaction of
    its sending.
    """

    subject: str
    wanted: Wanted
    recipient: Callable[[Enquiry, OutboxMessage], str]
    links: Mapping[str, LinkPurpose] = field(default_factory=dict)
    has_call_file: bool = False
    words: Callable[[OutboxMessage], Mapping[str, str]] = lambda _: {}
    about: Callable[[OutboxMessage], int] = lambda _: 0
    once_sent: Callable[[Enquiry], None] | None = None

    @property
    def is_for_staff(self) -> bool:
        return self.recipient in {staff, one_of_staff}


def contact(enquiry: Enquiry, _message: OutboxMessage) -> str:
    """Write to the only address there is: a minor's guardian's, else the enquirer's."""
    return enquiry.contact_email


def staff(_enquiry: Enquiry, _message: OutboxMessage) -> str:
    return str(settings.STAFF_EMAIL)


def one_of_staff(enquiry: Enquiry, message: OutboxMessage) -> str:
    """Write to the member of staff whom the key of the message names; to all if it names none."""
    named = User.objects.filter(pk=message.dedupe_key.split(":")[1], is_active=True).first()
    return (named.email if named else "") or staff(enquiry, message)


def former_address(enquiry: Enquiry, _message: OutboxMessage) -> str:
    former = _first_former(enquiry)
    return former.email if former else ""


def forget_former_address(enquiry: Enquiry) -> None:
    """Forget the one that was told; after two changes in a row another waits for its notice."""
    if former := _first_former(enquiry):
        former.delete()


def _first_former(enquiry: Enquiry) -> FormerAddress | None:
    return FormerAddress.objects.filter(enquiry=enquiry).order_by("pk").first()


def asked_address(enquiry: Enquiry, _message: OutboxMessage) -> str:
    """Write to the address that is kept for this one letter; empty once it is gone."""
    request = GuardianRequest.objects.filter(enquiry=enquiry).first()
    return request.email if request else ""


def asked_or_guardian(enquiry: Enquiry, message: OutboxMessage) -> str:
    return asked_address(enquiry, message) or enquiry.guardian_email


def forget_asked_address(enquiry: Enquiry) -> None:
    GuardianRequest.objects.filter(enquiry=enquiry).delete()


def words_of_reply(message: OutboxMessage) -> dict[str, str]:
    """Give what staff wrote."""
    reply = StaffReply.objects.get(pk=number_of(message))
    return {"written_subject": reply.subject, "written": reply.text}


def words_of_escalation(message: OutboxMessage) -> dict[str, str]:
    """Tell what is late and since when by our clock, and how many others are, up to a bound."""
    late = FollowUp.objects.get(pk=number_of(message))
    due = until(late.due_at, zone=settings.SITE_TIME_ZONE)
    others = FollowUp.objects.due(now=message.created_at).exclude(pk=late.pk)
    count = others.order_by()[: MOST_COUNTED + 1].count()
    told = f"more than {MOST_COUNTED}" if count > MOST_COUNTED else str(count)
    return {
        "what": late.get_reason_display(),
        "due": due,
        "others": f"Also late: {told}." if count else "",
    }


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
    Topic.STAFF_REPLY: Kind(
        subject="{written_subject}: {reference}",
        wanted=while_answers_are_welcome,
        recipient=contact,
        links={"link": LinkPurpose.ENQUIRY},
        words=words_of_reply,
    ),
    Topic.ESCALATION: Kind(
        subject="Late: {reference}",
        wanted=while_it_is_late,
        recipient=one_of_staff,
        words=words_of_escalation,
    ),
    Topic.CALL_OPINION: Kind(
        subject="Did our call help? {reference}",
        wanted=by_day_while_the_call_is_worth_asking_about,
        recipient=contact,
        links={"link": LinkPurpose.CALL_OPINION},
        about=number_of,
    ),
}

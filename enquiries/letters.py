"""What we write to people, in their zone; a letter repeats nothing that was typed but a name."""

import logging
import smtplib
import unicodedata
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from enquiries import places
from enquiries.models import (
    Enquiry,
    Event,
    EventKind,
    Letter,
    LinkPurpose,
    OutboxMessage,
    Topic,
    sign_link,
)

logger = logging.getLogger(__name__)

LONGEST_NAME = 40  # letters
SUBJECTS = {
    Topic.ACKNOWLEDGEMENT: "We will call you back: {reference}",
    Topic.GUARDIAN_CONFIRMATION: "Please confirm as parent or guardian: {reference}",
    Topic.STAFF_NOTICE: "New enquiry: {reference}",
}
PERMANENT = range(500, 600)  # SMTP codes


def send_letter(message: OutboxMessage, *, now: datetime) -> None:
    """
    Send the letter that ``message`` promises, and record that it left or was refused for good.

    Any other failure of the mail server is raised: the outbox tries again later.
    """
    enquiry = _enquiry_of(message)
    email = compose(message, now=now)
    if not email.to:
        logger.info("Enquiry %s has nobody to write to", enquiry.pk)
        return
    refusal = None
    try:
        email.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        refusal = _permanent_code(error)
        if refusal is None:
            raise
    topic = Topic(message.topic)
    Letter.objects.create(
        enquiry=enquiry,
        outbox_message=message,
        kind=topic,
        message_id=message_id(message),
        delivered_at=None if refusal else now,
        failed_at=now if refusal else None,
        refusal_code=refusal,
    )
    Event.objects.create(
        enquiry=enquiry,
        kind=EventKind.LETTER_FAILED if refusal else EventKind.LETTER_SENT,
        at=now,
        why=topic.label,
    )


def compose(message: OutboxMessage, *, now: datetime) -> EmailMultiAlternatives:
    """Write the letter that ``message`` promises, as text and as HTML."""
    enquiry, topic = _enquiry_of(message), Topic(message.topic)
    subject = SUBJECTS[topic].format(reference=enquiry.reference)
    context = {
        "subject": subject,
        "greeting": greeting(enquiry.contact_name),
        "child": initial(enquiry.given_name),
        "enquiry": enquiry,
        "slot": _slot(enquiry, whose="their" if topic is Topic.STAFF_NOTICE else "your"),
        "link": _link(enquiry, topic=topic, now=now),
        "firm": settings.FIRM,
        "site_url": settings.SITE_URL,
    }
    to = settings.STAFF_EMAIL if topic is Topic.STAFF_NOTICE else enquiry.contact_email
    email = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"mail/{topic.value}.txt", context).strip() + "\n",
        to=[to] if to else [],
        reply_to=[settings.STAFF_EMAIL],
        headers={"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"},
    )
    email.attach_alternative(render_to_string(f"mail/{topic.value}.html", context), "text/html")
    return email


def message_id(message: OutboxMessage) -> str:
    """Give the Message-ID of a promised letter: always the same, however often it is sent."""
    named = f"{message.pk}:{message.dedupe_key}"
    seal = salted_hmac("enquiries.letters", named, algorithm="sha256").hexdigest()[:24]
    return f"<{message.pk}.{seal}@{urlsplit(settings.SITE_URL).hostname}>"


def greeting(name: str) -> str:
    """Greet by a name of at most 40 letters; anything that could be a link is left out."""
    name = " ".join(name.split())
    harmless = all(
        unicodedata.category(sign)[0] in "LM" or sign in " -'\u2019" for sign in name
    )  # letters, and what stands between them
    return f"Hello {name}" if name and harmless and len(name) <= LONGEST_NAME else "Hello"


def initial(given_name: str) -> str:
    """Name a child by the initial only."""
    first = given_name.strip()[:1].upper()
    return f"{first}." if first.isalpha() else "a young person"


def in_both_zones(
    *, starts_at: datetime, ends_at: datetime, zone: str, site_zone: str, whose: str = "your"
) -> str:
    """Tell a slot in the person's time and in ours; only once if both show the same."""
    ours = ZoneInfo(site_zone)
    theirs = places.zone_named(zone) or ours
    here, there = starts_at.astimezone(ours), starts_at.astimezone(theirs)
    their_hours = _hours(starts_at, ends_at, theirs)
    our_hours = _hours(starts_at, ends_at, ours)
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return f"{_day(there)}, {their_hours} {places.city(site_zone)} time"
    our_day = "" if here.date() == there.date() else f"{_day(here)}, "
    return (
        f"{_day(there)}, {their_hours} {whose} time ({places.city(zone)}) "
        f"= {our_day}{our_hours} {places.city(site_zone)} time"
    )


def _enquiry_of(message: OutboxMessage) -> Enquiry:
    if message.enquiry is None:
        msg = f"Outbox message {message.pk} names no enquiry."
        raise LookupError(msg)
    return message.enquiry


def _slot(enquiry: Enquiry, *, whose: str) -> str:
    callback = enquiry.callbacks.current().at_a_chosen_time().first()
    if callback is None or callback.starts_at is None or callback.ends_at is None:
        return ""
    return in_both_zones(
        starts_at=callback.starts_at,
        ends_at=callback.ends_at,
        zone=callback.zone,
        site_zone=settings.SITE_TIME_ZONE,
        whose=whose,
    )


def _link(enquiry: Enquiry, *, topic: Topic, now: datetime) -> str:
    if topic is Topic.GUARDIAN_CONFIRMATION:
        token = sign_link(enquiry, purpose=LinkPurpose.GUARDIAN_CONFIRMATION, now=now)
        return f"{settings.SITE_URL}{reverse('enquiries:confirm_guardian', args=[token])}"
    if topic is Topic.STAFF_NOTICE:
        return f"{settings.SITE_URL}{reverse('admin:index')}enquiries/enquiry/{enquiry.pk}/change/"
    return ""


def _permanent_code(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> int | None:
    if isinstance(error, smtplib.SMTPDataError):
        codes = [error.smtp_code]
    else:
        codes = [code for code, _ in error.recipients.values()]
    return codes[0] if all(code in PERMANENT for code in codes) else None


def _day(local: datetime) -> str:
    return f"{local:%A} {local.day} {local:%B %Y}"


def _hours(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    return f"{starts_at.astimezone(zone):%H:%M}–{ends_at.astimezone(zone):%H:%M}"  # noqa: RUF001

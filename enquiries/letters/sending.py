"""Sending a letter if it still makes sense, and recording what became of it."""

import logging
import smtplib
from collections.abc import Mapping
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from enquiries.events import record_event
from enquiries.letters.kinds import KINDS
from enquiries.letters.writing import compose, enquiry_of, message_id
from enquiries.models import EventKind, Letter, OutboxMessage, Suppression, Topic

logger = logging.getLogger(__name__)

PERMANENT = range(500, 600)  # SMTP codes


def send_letter(message: OutboxMessage, *, now: datetime) -> None:
    """
    Send the letter that ``message`` promises, and record that it left or was refused for good.

    It is dropped if the enquiry changed so that it makes no sense any more, or if there is
    nobody to write to. Any other failure of the mail server is raised: the outbox tries again.
    """
    enquiry, topic = enquiry_of(message), Topic(message.topic)
    kind = KINDS[topic]
    if not kind.wanted(enquiry, message, now):
        logger.info("Letter %s makes no sense any more", message.pk)
        return
    email = compose(message, now=now)
    if not email.to:
        logger.info("Enquiry %s has nobody to write to", enquiry.pk)
        return
    if not kind.is_for_staff and Suppression.objects.of(email.to[0]).exists():
        logger.info("Enquiry %s names someone who wants no letters", enquiry.pk)
        return
    refusal = None
    try:
        email.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        refusal = _permanent_code(error)
        if refusal is None:
            raise
    Letter.objects.create(
        enquiry=enquiry,
        outbox_message=message,
        kind=topic,
        message_id=message_id(message),
        delivered_at=None if refusal else now,
        failed_at=now if refusal else None,
        refusal_code=refusal,
    )
    happened = EventKind.LETTER_FAILED if refusal else EventKind.LETTER_SENT
    record_event(enquiry, kind=happened, now=now, why=topic.label)
    if kind.once_sent:
        kind.once_sent(enquiry)


def send_list(message: OutboxMessage, *, kind: str, to: str, context: Mapping[str, object]) -> None:
    """Send staff a letter about several enquiries, or none: its templates are ``mail/<kind>``."""
    email = EmailMultiAlternatives(
        subject=str(context["subject"]),
        body=render_to_string(f"mail/{kind}.txt", context).strip() + "\n",
        to=[to],
        headers={"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"},
    )
    email.attach_alternative(render_to_string(f"mail/{kind}.html", context), "text/html")
    email.send()


def _permanent_code(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> int | None:
    if isinstance(error, smtplib.SMTPDataError):
        codes = [error.smtp_code]
    else:
        codes = [code for code, _ in error.recipients.values()]
    return codes[0] if all(code in PERMANENT for code in codes) else None

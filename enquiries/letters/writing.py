"""Writing a letter as text and as HTML, from its topic's templates."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from enquiries import calendar_files
from enquiries.letters.kinds import KINDS
from enquiries.letters.links import confirm_until, link_to, staff_link
from enquiries.letters.wanted import newest_callback
from enquiries.letters.words import greeting, initial, slot_in_both_zones, until
from enquiries.models import Callback, Enquiry, OutboxMessage, Topic


def compose(message: OutboxMessage, *, now: datetime) -> EmailMultiAlternatives:
    """Write the letter that ``message`` promises, as text and as HTML."""
    enquiry, topic = enquiry_of(message), Topic(message.topic)
    kind = KINDS[topic]
    newest = newest_callback(enquiry)
    current = newest if newest and not newest.cancelled_at else None
    words = kind.words(message)
    subject = kind.subject.format(reference=enquiry.reference, **words)
    context = {
        **words,
        "subject": subject,
        "greeting": greeting(enquiry.contact_name),
        "child": initial(enquiry.given_name),
        "enquiry": enquiry,
        "any_time": bool(current and not current.starts_at),
        "slot": slot_in_both_zones(current, whose="their" if kind.is_for_staff else "your"),
        "confirm_until": until(confirm_until(enquiry), zone=enquiry.time_zone),
        "firm": settings.FIRM,
        "site_url": settings.SITE_URL,
        **{
            name: link_to(enquiry, purpose=purpose, now=now, about=kind.about(message))
            for name, purpose in kind.links.items()
        },
    }
    if kind.is_for_staff:
        context["link"] = staff_link(enquiry)
    to = kind.recipient(enquiry, message)
    email = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"mail/{topic.value}.txt", context).strip() + "\n",
        to=[to] if to else [],
        reply_to=[settings.STAFF_EMAIL],
        headers={"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"},
    )
    email.attach_alternative(render_to_string(f"mail/{topic.value}.html", context), "text/html")
    call = _call_in_a_calendar(enquiry, newest=newest) if kind.has_call_file else None
    if call and (topic is not Topic.ACKNOWLEDGEMENT or not call.cancelled_at):
        email.attach(calendar_files.attachment(call))
    return email


def enquiry_of(message: OutboxMessage) -> Enquiry:
    """
    Give the enquiry that a promised letter is about.

    :raises LookupError: if it is about none
    """
    if message.enquiry is None:
        msg = f"Outbox message {message.pk} names no enquiry."
        raise LookupError(msg)
    return message.enquiry


def message_id(message: OutboxMessage) -> str:
    """Give the Message-ID of a promised letter: always the same, however often it is sent."""
    named = f"{message.pk}:{message.dedupe_key}"
    seal = salted_hmac("enquiries.letters", named, algorithm="sha256").hexdigest()[:24]
    return f"<{message.pk}.{seal}@{urlsplit(settings.SITE_URL).hostname}>"


def _call_in_a_calendar(enquiry: Enquiry, *, newest: Callback | None) -> Callback | None:
    """
    Give the last call at a chosen time; one that made way for another wish is cancelled.

    A call whose time had come before it was cancelled stays in the calendar.
    """
    last = newest
    if newest and newest.sequence and not newest.starts_at:
        last = enquiry.callbacks.at_a_chosen_time().order_by("-sequence").first()
    if last is None or last.starts_at is None:
        return None
    was_over = last.cancelled_at is not None and last.cancelled_at >= last.starts_at
    return None if was_over else last

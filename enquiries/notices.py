"""Telling all staff of new enquiries: of each as it comes by day, of the night's in one letter."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from enquiries import letters, outbox, working_time
from enquiries.models import Enquiry, OutboxMessage, Topic
from enquiries.office import read_office
from enquiries.slots import MINUTE

MOST_NAMED = 20  # new enquiries, by their references


def day_for_letters(*, now: datetime) -> datetime:
    """Give ``now`` if all staff may be written to, by day; at night the next opening (UTC)."""
    office = read_office(now=now)
    if working_time.is_by_day(now, office=office):
        return now
    return working_time.next_opening(now, office=office) or now  # that never opens has no night


def wait_for_day(*, now: datetime) -> None:
    """
    Go on by day only.

    :raises NotYet: naming the next opening, if it is night by now
    """
    at = day_for_letters(now=now)
    if at > now:
        raise outbox.NotYet(at)


def send_notice(message: OutboxMessage, *, now: datetime) -> None:
    """
    Tell all staff of a new enquiry, by day; what came at night waits until we open.

    The oldest notice of the night then tells of all the others that wait, however many nights
    they came in, and they are done with it: each enquiry is told of once.

    :raises NotYet: at night, and while an older notice of the night still waits, for as long as
        that does, or a minute
    """
    wait_for_day(now=now)
    office = read_office(now=now)

    def came_at_night(notice: OutboxMessage) -> bool:
        return not working_time.is_by_day(notice.created_at, office=office)

    if not working_time.is_by_day(now, office=office) or not came_at_night(message):
        letters.send_letter(message, now=now)
        return
    waiting = OutboxMessage.objects.waiting().filter(topic=Topic.STAFF_NOTICE).order_by("pk")
    for older in waiting.filter(pk__lt=message.pk).iterator():
        if came_at_night(older):  # read without a lock, for it may wait for this one
            raise outbox.NotYet(max(older.available_at, now + MINUTE))
    later = waiting.filter(pk__gt=message.pk).select_for_update(no_key=True)
    others = [each for each in later if came_at_night(each)]
    _send_night(message, told=[message, *others])
    outbox.done(*others)


def _send_night(message: OutboxMessage, *, told: Sequence[OutboxMessage]) -> None:
    """Name the enquiries that are open still; of none there is nothing to tell."""
    came = Enquiry.objects.open().filter(outbox_messages__in=told).order_by("created_at", "pk")
    references = list(came.values_list("reference", flat=True))
    if references:
        count = len(references)
        context = {
            "subject": f"New enquiries since we closed: {count}",
            "count": count,
            "references": references[:MOST_NAMED],
            "has_more": count > MOST_NAMED,
            "link": f"{settings.SITE_URL}{reverse('admin:enquiries_enquiry_changelist')}",
        }
        letters.send_list(message, kind="night_notice", to=settings.STAFF_EMAIL, context=context)

"""Carrying promised work out: claimed by one relay, begun by one worker, kept until it is done."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mode

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from enquiries.models import OutboxMessage, Topic
from enquiries.outbox.promising import wake_relays

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 12
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),  # and so on
)
BATCH = 100  # messages claimed at once


class PublishingFailed(Exception):
    """The broker did not take a message; nothing is lost, the relay tries again."""


class NotYet(Exception):
    """The work makes sense from ``until`` on; it waits for that, and no attempt is counted."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that this relay alone may publish until its lease ends."""

    message_id: int
    lease: timedelta


def claim_due(*, limit: int = BATCH) -> list[Claimed]:
    """
    Claim up to ``limit`` due messages for publishing, oldest first; other relays skip them.

    Afterwards the relay leaves the rows alone, so that it never stands in a worker's way.
    """
    with transaction.atomic():
        due = list(
            OutboxMessage.objects.available()
            .unclaimed()
            .order_by("available_at", "id")
            .select_for_update(skip_locked=True, no_key=True)[:limit]
        )
        OutboxMessage.objects.filter(pk__in=[message.pk for message in due]).update(
            claimed_until=_lease_end(), published_at=Now()
        )
    return [Claimed(message_id=message.pk, lease=Topic(message.topic).lease) for message in due]


def publish_due(publish: Callable[[Claimed], None]) -> int:
    """
    Hand due messages to ``publish`` and say how many it took.

    :raises PublishingFailed: if it refused one; those not published are free again
    """
    claimed = claim_due()
    taken = 0
    try:
        for each in claimed:
            publish(each)
            taken += 1
    finally:
        if refused := [each.message_id for each in claimed[taken:]]:
            OutboxMessage.objects.waiting().filter(pk__in=refused).update(
                claimed_until=None, published_at=None
            )
    return taken


def carry_out(message_id: int, *, effect: Callable[[OutboxMessage], None]) -> bool:
    """
    Begin an attempt, then have the effect and mark the message done in one transaction.

    Says whether it was done here and now; a message done, running, set aside or not yet due is
    left alone, and a failed one waits for its next attempt.
    """
    if not begin_attempt(message_id):
        return False
    try:
        with transaction.atomic():
            message = (
                OutboxMessage.objects.waiting()
                .select_related("enquiry")
                .select_for_update(no_key=True, of=("self",))
                .filter(pk=message_id)
                .first()
            )
            if message is None:
                return False
            effect(message)
            done(message)
    except NotYet as later:
        _postpone(message_id, until=later.until)
        return False
    except Exception as error:  # noqa: BLE001 - whatever it was, the message must not be lost
        release(message_id, error=type(error).__name__)
        return False
    return True


def begin_attempt(message_id: int) -> bool:
    """Count an attempt and commit it, so that work which kills its worker is counted too."""
    free = (
        OutboxMessage.objects.available()
        .filter(pk=message_id)
        .select_for_update(skip_locked=True, no_key=True)
    )
    with transaction.atomic(durable=True):
        begun = OutboxMessage.objects.filter(
            pk__in=free.values("pk"), attempts__lt=MOST_ATTEMPTS
        ).update(attempts=F("attempts") + 1, claimed_until=_lease_end())
        if not begun and free.filter(attempts__gte=MOST_ATTEMPTS).exists():
            _set_aside(message_id)
    return bool(begun)


def done(*messages: OutboxMessage) -> None:
    """Mark messages done, in the transaction of their effect."""
    OutboxMessage.objects.filter(pk__in=[message.pk for message in messages]).update(
        done_at=Now(), claimed_until=None, last_error=""
    )


def release(message_id: int, *, error: str) -> None:
    """Let a failed message wait for its next attempt, or set it aside after the last one."""
    with transaction.atomic():
        message = OutboxMessage.objects.waiting().select_for_update().filter(pk=message_id).first()
        if message is None:
            return
        logger.warning("Outbox message %s failed: %s", message_id, error)
        OutboxMessage.objects.filter(pk=message_id).update(
            available_at=Now() + _back_off(message.attempts), claimed_until=None, last_error=error
        )
        if message.attempts >= MOST_ATTEMPTS:
            _set_aside(message_id)


def take_up_again(message: OutboxMessage) -> None:
    """Give a message that was set aside its attempts anew."""
    with transaction.atomic():
        OutboxMessage.objects.set_aside().filter(pk=message.pk).update(
            set_aside_at=None, attempts=0, available_at=Now(), claimed_until=None
        )
        wake_relays()


def _back_off(attempts: int) -> timedelta:
    return BACK_OFF[min(max(attempts, 1), len(BACK_OFF)) - 1]


def _postpone(message_id: int, *, until: datetime) -> None:
    OutboxMessage.objects.waiting().filter(pk=message_id).update(
        available_at=until, claimed_until=None, attempts=F("attempts") - 1
    )


def _set_aside(message_id: int) -> None:
    OutboxMessage.objects.filter(pk=message_id).update(set_aside_at=Now(), claimed_until=None)
    logger.error("Outbox message %s is set aside after %s attempts", message_id, MOST_ATTEMPTS)


def _lease_end() -> Case:
    """Tell when a lease that begins now ends, in few branches: each delivery is asked for it."""
    leases = {topic: topic.lease for topic in Topic}
    usual = mode(leases.values())
    others = {lease for lease in leases.values() if lease != usual}
    branches = (
        When(topic__in=[topic for topic in leases if leases[topic] == lease], then=_after(lease))
        for lease in sorted(others)
    )
    return Case(*branches, default=_after(usual))


def _after(lease: timedelta) -> Combinable:
    return Now() + Value(lease)

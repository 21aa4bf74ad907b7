"""Presses: the same press of a button on the same page counts once, however often it is sent."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from enquiries.models import Press

KEPT = timedelta(days=2)  # nobody presses twice so far apart


def digest_of(key: UUID, *, said: Iterable[str]) -> str:
    """Give the digest of a press: of its page's key, and of all that was sent with it."""
    parts = [str(key), *said]
    return sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def is_counted(digest: str) -> bool:
    """Say whether a press was counted before."""
    return Press.objects.filter(digest=digest).exists()


def count_press(digest: str, *, now: datetime) -> bool:
    """
    Count a press in the transaction of what it does; says False if it was counted before.

    The same press on another connection waits until this one is done. If it fails, the press
    was none, and may come again.
    """
    with transaction.atomic():
        _, is_first = Press.objects.get_or_create(digest=digest, defaults={"at": now})
    return is_first


def forget_presses(*, now: datetime) -> int:
    """Delete the presses of long ago; says how many."""
    deleted, _ = Press.objects.filter(at__lte=now - KEPT).delete()
    return deleted

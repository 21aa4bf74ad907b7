"""Locks out who fails too often, by the records that all web processes share."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from enquiries.abuse import network
from enquiries.models import AccessKind, AccessRecord
from enquiries.records import note_access

PATIENCE = timedelta(minutes=15)  # for which failures count, and a lock-out lasts
MOST_FOR_ACCOUNT = 5  # failures since it last signed in
MOST_FROM_NETWORK = 20


class LockedOut(Exception):
    """Too many tries failed; whether this one was right is not said."""


def attempt[Found](
    name: str, *, address: str, now: datetime, how: str, check: Callable[[], Found | None]
) -> Found | None:
    """
    Make one try to sign in under ``name`` and give what ``check`` found; failures are recorded.

    Names that nobody has are locked like those of staff, so that nobody learns which exist. Tries
    under one name go one after the other: who sends many at once is locked out too.

    :raises LockedOut: if too many failed before, and ``check`` was not asked
    """
    name = name.strip()
    # As the database compares names, to which a dotless i and an i are the same capital.
    account, origin = _seal(name.upper().casefold()), _seal(network(address))
    what = f"account {account} network {origin}"
    with transaction.atomic():
        user = User.objects.filter(username__iexact=name).first()
        is_locked = not _comes_alone(account)
        if not is_locked and _failed_too_often(account, origin, user=user, now=now):
            is_locked = True
            _note_once(what, by=user, now=now)
        found = None if is_locked else check()
        if not found and not is_locked:
            note_access(AccessKind.SIGN_IN_FAILED, by=user, now=now, what=what, why=how)
    if is_locked:
        raise LockedOut
    return found


def _failed_too_often(account: str, origin: str, *, user: User | None, now: datetime) -> bool:
    recent = AccessRecord.objects.filter(at__gt=now - PATIENCE)
    failed = recent.filter(kind=AccessKind.SIGN_IN_FAILED)
    of_account = failed.filter(what__startswith=f"account {account} ")
    if user and (last := recent.filter(by=user, kind=AccessKind.SIGNED_IN).first()):
        of_account = of_account.filter(at__gte=last.at)
    of_network = failed.filter(what__endswith=f" network {origin}")
    return of_account.count() >= MOST_FOR_ACCOUNT or of_network.count() >= MOST_FROM_NETWORK


def _note_once(what: str, *, by: User | None, now: datetime) -> None:
    locked = AccessRecord.objects.filter(
        at__gt=now - PATIENCE, kind=AccessKind.LOCKED_OUT, what=what
    )
    if not locked.exists():
        note_access(AccessKind.LOCKED_OUT, by=by, now=now, what=what)


def _comes_alone(account: str) -> bool:
    """Say whether no other try under this name is under way; it waits for none."""
    number = int(account[:15], 16)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        alone: bool = cursor.fetchone()[0]
    return alone


def _seal(value: str) -> str:
    return salted_hmac("advisory.sign_in", value, algorithm="sha256").hexdigest()[:16]

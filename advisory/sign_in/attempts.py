"""Locks out who fails too often, by the records that all web processes share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from enquiries.abuse import network
from enquiries.models import AccessKind, AccessRecord
from enquiries.records import note_access

PATIENCE = timedelta(minutes=15)  # for which failures count, and a lock-out lasts
MOST_FOR_ACCOUNT_FROM_ONE = 5  # failures of an account from one network or device
# Failures of an account from wherever: anybody can send wrong passwords, and lock its owner out;
# wrong codes come from nobody but who knows the password.
MOST_FOR_ACCOUNT = {"Password": 50, "Code": 10}
MOST_FROM_NETWORK = 20
TELLING = timedelta(days=30)  # how far back its owner is told of failures


class LockedOut(Exception):
    """Too many tries failed; whether this one was right is not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """
    Where a try comes from: an address, and the device if it signed in to this account before.

    A device that is known is answerable for its own failures alone.
    """

    address: str
    device: str = ""

    @property
    def sealed(self) -> str:
        """What stands in the records for it."""
        if self.device:
            return f"device {_seal(self.device)}"
        return f"network {_seal(network(self.address))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """What failed under somebody's name since they last signed in: how often, and when last."""

    count: int
    last_at: datetime


def attempt[Found](
    name: str,
    *,
    origin: Origin,
    now: datetime,
    how: Literal["Password", "Code"],
    check: Callable[[], Found | None],
) -> Found | None:
    """
    Make one try to sign in under ``name`` and give what ``check`` found; failures are recorded.

    Names that nobody has are locked like those of staff, so that nobody learns which exist. Tries
    under one name from one place go one after the other: who sends many at once is locked out too.

    :raises LockedOut: if too many failed before, and ``check`` was not asked
    """
    account = account_seal(name)
    what = f"account {account} {origin.sealed}"
    with transaction.atomic():
        user = User.objects.filter(username__iexact=name.strip()).first()
        is_locked = not _comes_alone(what)
        if not is_locked and _failed_too_often(account, origin, user=user, how=how, now=now):
            is_locked = True
            _note_once(what, by=user, now=now)
        found = None if is_locked else check()
        if not found and not is_locked:
            note_access(AccessKind.SIGN_IN_FAILED, by=user, now=now, what=what, why=how)
    if is_locked:
        raise LockedOut
    return found


def account_seal(name: str) -> str:
    """Give what stands in the records for an account, by whichever writing of its name."""
    # As the database compares names, to which a dotless i and an i are the same capital.
    return _seal(name.strip().upper().casefold())


def failures_to_tell(user: User, *, but_from: Origin, now: datetime) -> Failures | None:
    """
    Give what failed under the name of ``user`` since they last signed in; None if nothing.

    What failed where they sign in now is left out: they know of it.
    """
    here = f"account {account_seal(user.get_username())} {but_from.sealed}"
    theirs = AccessRecord.objects.filter(by=user, at__gt=now - TELLING).exclude(what=here)
    if last := theirs.filter(kind=AccessKind.SIGNED_IN).first():
        theirs = theirs.filter(at__gte=last.at)
    failed = theirs.filter(kind=AccessKind.SIGN_IN_FAILED)
    latest = failed.first()
    return Failures(count=failed.count(), last_at=latest.at) if latest else None


def _failed_too_often(
    account: str, origin: Origin, *, user: User | None, how: str, now: datetime
) -> bool:
    recent = AccessRecord.objects.filter(at__gt=now - PATIENCE)
    failed = recent.filter(kind=AccessKind.SIGN_IN_FAILED)
    of_account = failed.filter(what__startswith=f"account {account} ")
    if user and (last := recent.filter(by=user, kind=AccessKind.SIGNED_IN).first()):
        of_account = of_account.filter(at__gte=last.at)
    from_here = of_account.filter(what=f"account {account} {origin.sealed}")
    if from_here.count() >= MOST_FOR_ACCOUNT_FROM_ONE:
        return True
    if origin.device:
        return False
    of_network = failed.filter(what__endswith=f" {origin.sealed}")
    return (
        of_account.filter(why=how).count() >= MOST_FOR_ACCOUNT[how]
        or of_network.count() >= MOST_FROM_NETWORK
    )


def _note_once(what: str, *, by: User | None, now: datetime) -> None:
    locked = AccessRecord.objects.filter(
        at__gt=now - PATIENCE, kind=AccessKind.LOCKED_OUT, what=what
    )
    if not locked.exists():
        note_access(AccessKind.LOCKED_OUT, by=by, now=now, what=what)


def _comes_alone(what: str) -> bool:
    """Say whether no other try under this name is under way from there; it waits for none."""
    number = int(_seal(what)[:15], 16)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        alone: bool = cursor.fetchone()[0]
    return alone


def _seal(value: str) -> str:
    return salted_hmac("advisory.sign_in", value, algorithm="sha256").hexdigest()[:16]

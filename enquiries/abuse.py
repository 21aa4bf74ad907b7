"""Telling people from machines without ever losing an enquiry: a signed time, and budgets."""

import ipaddress
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import connection
from django.utils.crypto import salted_hmac

from enquiries.models import Flag, SubmissionCount

OLDEST = timedelta(hours=4)
KEPT = timedelta(days=1)
NETWORK_BITS = 64  # of an IPv6 address: one household, one network


class FormExpired(Exception):
    """The form was opened more than 4 hours ago, or its time is not ours."""


class FilledTooFast(Exception):
    """Nobody fills the form in so few seconds."""


def sign_time(now: datetime) -> str:
    """Make the token that tells when a form was opened."""
    return _signer().sign(f"{int(now.timestamp())}")


def check_time(token: str, *, now: datetime) -> None:
    """
    Do nothing if the form was opened by us, between a few seconds and 4 hours ago.

    :raises FormExpired: if it was longer ago, or the token is not ours
    :raises FilledTooFast: if it was less than ENQUIRY_MIN_FILL_SECONDS ago
    """
    try:
        opened_at = datetime.fromtimestamp(int(_signer().unsign(token)), tz=UTC)
    except (BadSignature, ValueError):
        raise FormExpired from None
    if now - opened_at > OLDEST:
        raise FormExpired
    if now - opened_at < timedelta(seconds=settings.ENQUIRY_MIN_FILL_SECONDS):
        raise FilledTooFast


def seconds_to_fill(token: str, *, now: datetime) -> float:
    """
    Tell how long a form was open, in seconds, by a token that ``check_time`` let pass.

    Where no least time is set, as for load tests, nobody was too quick: it is endless.
    """
    if not settings.ENQUIRY_MIN_FILL_SECONDS:
        return math.inf
    return now.timestamp() - int(_signer().unsign(token))


def count_submission(*, address: str, contacts: Iterable[str], now: datetime) -> frozenset[Flag]:
    """
    Count a submission by its network and its contacts, and name the budgets it is over.

    Only keyed digests are stored, for a day. A budget of 0 is off.
    """
    budgets = {
        Flag.ADDRESS_BUDGET: settings.ENQUIRY_BUDGET_PER_ADDRESS,
        Flag.CONTACT_BUDGET: settings.ENQUIRY_BUDGET_PER_CONTACT,
    }
    counted = [(Flag.ADDRESS_BUDGET, f"address:{network(address)}")]
    counted += [(Flag.CONTACT_BUDGET, f"contact:{each.casefold()}") for each in contacts if each]
    flags = {_digest(what): flag for flag, what in counted if budgets[flag]}
    counts = _count(sorted(flags), now=now) if flags else {}
    return frozenset(flags[each] for each, count in counts.items() if count > budgets[flags[each]])


def is_file_too_many(*, address: str, now: datetime) -> bool:
    """Count a file that is to wait for its form; say whether its network is over its budget."""
    budget: int = settings.ENQUIRY_BUDGET_PER_ADDRESS
    if not budget:
        return False
    digest = _digest(f"file:{network(address)}")
    return _count([digest], now=now)[digest] > budget


def forget_counts(*, now: datetime) -> int:
    """Delete the counts of hours that began more than a day ago; says how many."""
    gone, _ = SubmissionCount.objects.filter(hour_starts_at__lt=now - KEPT).delete()
    return gone


def network(address: str) -> str:
    """Give the network that an address stands for: itself, or the /64 of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, NETWORK_BITS), strict=False))


def _digest(what: str) -> str:
    return salted_hmac("enquiries.abuse", what, algorithm="sha256").hexdigest()


def _count(digests: Sequence[str], *, now: datetime) -> dict[str, int]:
    """Count each once more, all in the order given, so that no two submissions block each other."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO enquiries_submissioncount (digest, hour_starts_at, count)
            SELECT digest, %s, 1 FROM unnest(%s::text[]) WITH ORDINALITY AS each (digest, place)
            ORDER BY place
            ON CONFLICT (digest, hour_starts_at)
            DO UPDATE SET count = enquiries_submissioncount.count + 1
            RETURNING digest, count
            """,
            [hour, list(digests)],
        )
        return dict(cursor.fetchall())


def _signer() -> Signer:
    return Signer(salt="enquiries.abuse.time", sep=".")

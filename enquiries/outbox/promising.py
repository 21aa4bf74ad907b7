"""Promising work: in the transaction that needs it, and told to the relays that wait for more."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import connection

from enquiries.models import Enquiry, Topic

CHANNEL = "enquiries_outbox"
_PROMISE = """
INSERT INTO enquiries_outboxmessage
    (topic, enquiry_id, dedupe_key, created_at, available_at, attempts, last_error)
VALUES {rows}
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A piece of work that falls due ``delay`` from now; its key is its own for ever."""

    topic: Topic
    dedupe_key: str
    delay: timedelta = timedelta(0)


def queue_message(
    topic: Topic,
    *,
    dedupe_key: str,
    now: datetime,
    enquiry: Enquiry | None = None,
    delay: timedelta = timedelta(0),
) -> None:
    """
    Promise a piece of work in the caller's transaction; a second promise of it is dropped.

    The work falls due ``delay`` after now by the database's clock.
    """
    promise = Promise(topic=topic, dedupe_key=dedupe_key, delay=delay)
    queue_messages([promise], enquiry=enquiry, now=now)


def queue_messages(
    promises: Sequence[Promise], *, now: datetime, enquiry: Enquiry | None = None
) -> None:
    """Promise pieces of work about one enquiry at once, each as ``queue_message`` does."""
    row = "(%s, %s, %s, %s, statement_timestamp() + %s, 0, '')"
    about = enquiry.pk if enquiry else None
    values: list[Any] = [
        value
        for each in promises
        for value in (each.topic.value, about, each.dedupe_key, now, each.delay)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_PROMISE.format(rows=", ".join([row] * len(promises))), values)
    if any(promise.delay <= timedelta(0) for promise in promises):
        wake_relays()


@contextmanager
def listening() -> Iterator[Callable[[float], None]]:
    """
    Listen for new messages on a connection of its own.

    Gives a function that waits for the next one, for some seconds at most.
    """
    params = connection.get_connection_params()
    with psycopg.connect(**params, autocommit=True) as line:
        line.execute(f"LISTEN {CHANNEL}")

        def wait(seconds: float) -> None:
            for _ in line.notifies(timeout=seconds, stop_after=1):
                pass

        yield wait


def wake_relays() -> None:
    """Tell all who listen that a message waits, once this transaction is stored."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")

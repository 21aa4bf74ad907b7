"""What the database said within the last second, so that many requests share one answer."""

import time
from collections.abc import Callable

from django.db import connection

SECONDS = 1.0  # as old as the state of the pages that are kept may be
_changed_at = float("-inf")  # when this process last saw that the database says something else


def ask_anew() -> None:
    """Have nothing that was told before be told again: the database says something else now."""
    global _changed_at  # noqa: PLW0603 (one state of the database a process is the point)
    _changed_at = time.monotonic()


class Recent[Told]:
    """
    An answer of the database that any request may have, a second old at most.

    One request asks; those that come meanwhile have the answer before, unless it is known to be an
    old one. Within a transaction, which may have changed it, the database is asked each time.
    """

    def __init__(self, ask: Callable[[], Told]) -> None:
        self._ask = ask
        self._told: tuple[float, Told] | None = None

    def read(self) -> Told:
        told, now = self._told, time.monotonic()
        if told is not None and told[0] <= _changed_at:
            told = None
        if told is None or now - told[0] >= SECONDS or connection.in_atomic_block:
            if told is not None:
                self._told = (now, told[1])
            told = self._told = (now, self._ask())
        return told[1]

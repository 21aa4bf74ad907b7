"""Questions are worked out one after another: worked out together, all of them would be late."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

PATIENCE = 0.2  # seconds; then whoever is in turn waits for something else than the processor
_turn = Lock()


@contextmanager
def in_turn() -> Iterator[None]:
    """
    Work while no other question is worked out in this process, or without more delay.

    A process has one processor at a time: threads that share it, a few milliseconds each, finish
    none of their questions sooner, and most of them later.
    """
    is_ours = _turn.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if is_ours:
            _turn.release()

"""Questions are worked out one after another: worked out together, all of them would be late."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

PATIENCE = 0.2  # seconds; then whoever is in turn waits for something else than the processor
_guard = Lock()
_is_at_work = False
_waiting: deque[Lock] = deque()  # each held until its turn comes, the one that came first on top


@contextmanager
def in_turn() -> Iterator[None]:
    """
    Work while no other question is worked out in this process, or without more delay.

    A process has one processor at a time: threads that share it, a few milliseconds each, finish
    none of their questions sooner, and most of them later. Who came first is first; a lock alone
    would let those pass who have just come.
    """
    is_ours = _wait()
    try:
        yield
    finally:
        if is_ours:
            _go_on()


def _wait() -> bool:
    """Wait for our turn, and tell whether it came."""
    global _is_at_work  # noqa: PLW0603 (one line of questions a process is the point)
    with _guard:
        if not _is_at_work:
            _is_at_work = True
            return True
        ours = Lock()
        ours.acquire()
        _waiting.append(ours)
    if ours.acquire(timeout=PATIENCE):
        return True
    with _guard:
        if ours not in _waiting:  # it came at the last moment
            return True
        _waiting.remove(ours)
        return False


def _go_on() -> None:
    """Let the next one work."""
    global _is_at_work  # noqa: PLW0603
    with _guard:
        if _waiting:
            _waiting.popleft().release()
        else:
            _is_at_work = False

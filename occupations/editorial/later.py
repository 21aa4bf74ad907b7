"""What many requests have to note, written together a moment later, so that none waits for it."""

import atexit
from collections.abc import Callable, Sequence
from threading import Lock, Timer

from django.db import connection

SECONDS = 2.0  # for which notes of this process wait for others
MOST = 500  # notes that wait; whoever brings the last of so many writes them all


class Later[Note]:
    """
    Notes of this process that are not yet written: they are two seconds after the first came.

    At the end of the process they are too; one that is killed loses them. Within a transaction,
    whose fate a note shares, it is written at once.
    """

    def __init__(self, write: Callable[[Sequence[Note]], None]) -> None:
        self._write = write
        self._waiting: list[Note] = []
        self._lock = Lock()
        atexit.register(self.write_now)

    def add(self, note: Note) -> None:
        """Have a note written soon."""
        if connection.in_atomic_block:
            self._write([note])
            return
        with self._lock:
            self._waiting.append(note)
            count = len(self._waiting)
        if count == 1:
            timer = Timer(SECONDS, self._write_and_close)
            timer.daemon = True  # the end of the process does not wait for it
            timer.start()
        elif count >= MOST:
            self.write_now()

    def write_now(self) -> None:
        """Write what waits."""
        with self._lock:
            notes, self._waiting = self._waiting, []
        if notes:
            self._write(notes)

    def _write_and_close(self) -> None:
        try:
            self.write_now()
        finally:
            connection.close()

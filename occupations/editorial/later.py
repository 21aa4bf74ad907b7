"""What many requests have to note, written together a moment later, so that none waits for it."""

import atexit
from collections.abc import Callable, Sequence
from threading import Lock, Timer

from django.db import connection

SECONDS = 2.0  # for which notes of this process wait for others
MOST = 500  # notes that wait so long; so many are written at once


class Later[Note]:
    """
    Notes of this process that are not yet written: they are two seconds after the first came.

    At the end of the process they are too; one that is killed loses them, as does a database that
    is away when they are written. Within a transaction, whose fate a note shares, it is written
    at once.
    """

    def __init__(self, write: Callable[[Sequence[Note]], None]) -> None:
        self._write = write
        self._waiting: list[Note] = []
        self._lock = Lock()
        self._is_writing = Lock()  # the end of the process waits for who is
        atexit.register(self.write_now)

    def add(self, note: Note) -> None:
        """Have a note written soon."""
        if connection.in_atomic_block:
            self._write([note])
            return
        with self._lock:
            self._waiting.append(note)
            count = len(self._waiting)
        if count in {1, MOST}:
            timer = Timer(SECONDS if count == 1 else 0, self._write_and_close)
            timer.daemon = True  # the end of the process does not wait for it
            timer.start()

    def write_now(self) -> None:
        """Write what waits."""
        with self._is_writing:
            with self._lock:
                notes, self._waiting = self._waiting, []
            if notes:
                self._write(notes)

    def _write_and_close(self) -> None:
        try:
            self.write_now()
        finally:
            connection.close()

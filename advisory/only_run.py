"""Sees to it that one run at a time uses the folder of what this machine keeps."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

PATIENCE_SECONDS = 1.5
PATIENCE_SECONDS_WHILE_STOPPING = 25.0


class AlreadyRunning(Exception):
    """Another run uses the folder; the message says which, and what to do."""


class OnlyRun:
    """The run that holds the folder."""

    def __init__(self, lock: TextIO, *, after_crash: bool) -> None:
        self._lock = lock
        self.after_crash = after_crash
        self._write(f"process {os.getpid()}")

    def is_stopping(self) -> None:
        """Let a run that waits for the folder know that it will be free soon."""
        self._write(f"process {os.getpid()}, stopping")

    def _write(self, words: str) -> None:
        self._lock.seek(0)
        self._lock.truncate()
        self._lock.write(words)
        self._lock.flush()


@contextlib.contextmanager
def only_run(folder: Path) -> Iterator[OnlyRun]:
    """
    Hold ``folder`` for this run; wait for one that is on its way out.

    :raises AlreadyRunning: if another run keeps it
    """
    with (folder / "up.lock").open("a+") as lock:
        began = time.monotonic()
        while not _locked(lock):
            lock.seek(0)
            holder = lock.read() or "process unknown"
            stopping = holder.endswith("stopping")
            patience = PATIENCE_SECONDS_WHILE_STOPPING if stopping else PATIENCE_SECONDS
            if time.monotonic() - began > patience:
                msg = (
                    f"The site already runs from {folder} ({holder}): stop it first, "
                    "or give this run a folder and a port of its own with VAR_DIR and PORT."
                )
                raise AlreadyRunning(msg)
            time.sleep(0.1)
        lock.seek(0)
        try:
            yield OnlyRun(lock, after_crash=bool(lock.read()))
        finally:
            lock.truncate(0)


def _locked(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

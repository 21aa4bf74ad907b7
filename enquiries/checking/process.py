"""One check process, watched from outside: asked about a file, answered in time or ended."""

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from enquiries.checking.exchange import (
    HEAD,
    LONGEST_ANSWER,
    Answer,
    Verdict,
    Work,
    put_question,
)

logger = logging.getLogger(__name__)

SECONDS_TO_START: Final = 20.0
SECONDS_A_FILE: Final = 8.0  # by the clock on the wall; the kernel counts 5 of CPU
SECONDS_TO_END: Final = 1.0  # for a process whose line is cut
SOURCE: Final = Path(__file__).resolve().parents[2]
PIECE: Final = 64 * 1024  # bytes at once
KEPT_FROM_THE_ENVIRONMENT: Final = ("MALLOC_",)  # never a key, password or address
# Read before whoever asks keeps to one of them: a check beside it would take half of that one.
PROCESSORS: Final = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set[int]()


class ProcessEnded(Exception):
    """The check process is no more."""


class TimeIsUp(Exception):
    """The check process did not answer in time."""


class CheckProcess:
    """One process with our end of the line to it."""

    def __init__(self, program: str) -> None:
        self.files = 0
        self._is_ready = False
        self._line, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", program, str(theirs.fileno())],
                cwd=SOURCE,
                env=_environment(),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        if PROCESSORS:
            with contextlib.suppress(OSError):  # it has ended, or the system lets nobody choose
                os.sched_setaffinity(self._process.pid, PROCESSORS)

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until_ready(self) -> None:
        """
        Wait until the process has given up its rights.

        :raises ProcessEnded: if it ended before
        :raises TimeIsUp: if it takes too long
        """
        if self._is_ready:
            return
        answer = self._answer(seconds=SECONDS_TO_START)
        if answer.verdict is not Verdict.READY:
            raise ProcessEnded
        if answer.content != b"\x01":
            logger.warning("The kernel cannot keep check processes from the network")
        self._is_ready = True

    def put(self, work: Work, *, descriptor: int, name: str) -> None:
        """
        Ask, without waiting for the answer.

        :raises ProcessEnded: if nobody is there to ask
        """
        self.files += 1
        try:
            put_question(self._line, work=work, name=name, descriptor=descriptor)
        except OSError as error:
            raise ProcessEnded from error

    def answer(self) -> Answer:
        """
        Wait for the answer about one file.

        :raises ProcessEnded: if the file ended the process
        :raises TimeIsUp: if it takes too long
        """
        return self._answer(seconds=SECONDS_A_FILE)

    def ran_out_of_time(self) -> bool:
        """Whether the kernel ended it, since a file took more seconds of CPU than it may."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(SECONDS_TO_END) == -signal.SIGXCPU
        return False

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._line.close()

    def _answer(self, *, seconds: float) -> Answer:
        deadline = time.monotonic() + seconds
        try:
            verdict, length = HEAD.unpack(self._read(HEAD.size, deadline=deadline))
            if length > LONGEST_ANSWER:
                raise ProcessEnded
            return Answer(verdict=Verdict(verdict), content=self._read(length, deadline=deadline))
        except TimeoutError as error:
            raise TimeIsUp from error
        except (OSError, ValueError) as error:
            raise ProcessEnded from error

    def _read(self, length: int, *, deadline: float) -> bytes:
        read = bytearray()
        while len(read) < length:
            self._line.settimeout(max(0.001, deadline - time.monotonic()))
            piece = self._line.recv(min(length - len(read), PIECE))
            if not piece:
                raise ProcessEnded
            read += piece
        return bytes(read)


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(KEPT_FROM_THE_ENVIRONMENT)
    }
    return {"PATH": os.defpath, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", **kept}

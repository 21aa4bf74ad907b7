"""A few check processes: started when needed, watched from outside, replaced after any failure."""

import atexit
import contextlib
import logging
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Final

from enquiries.checking.exchange import (
    HEAD,
    LONGEST_ANSWER,
    Answer,
    Verdict,
    Work,
    put_question,
)
from enquiries.resumes import Reason, ResumeRejected

logger = logging.getLogger(__name__)

SECONDS_TO_START: Final = 20.0
SECONDS_A_FILE: Final = 8.0  # by the clock on the wall; the kernel counts 5 of CPU
SECONDS_TO_END: Final = 1.0  # for a process whose line is cut
SECONDS_TO_WAIT: Final = 20.0  # for a process to come free
FILES_A_PROCESS: Final = 100
PROGRAM: Final = "enquiries.checking.child"
SOURCE: Final = Path(__file__).resolve().parents[2]
COPY: Final = 64 * 1024  # bytes at once
REASONS: Final = {reason.value: reason for reason in Reason}
KEPT_FROM_THE_ENVIRONMENT: Final = ("MALLOC_",)  # never a key, password or address


class CheckUnavailable(Exception):
    """No check process came free in time, or none can start; the file may be fine."""


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
            piece = self._line.recv(min(length - len(read), COPY))
            if not piece:
                raise ProcessEnded
            read += piece
        return bytes(read)


class Pool:
    """Lends check processes to threads, one each, and starts them when first needed."""

    def __init__(self, *, size: int, program: str = PROGRAM) -> None:
        self._size = size
        self._program = program
        self._empty()
        os.register_at_fork(after_in_child=self._empty)  # a parent's processes are the parent's
        atexit.register(self.close)

    def ask(self, work: Work, *, file: BinaryIO, name: str) -> bytes:
        """
        Have one file looked at, and give what was found.

        The file is read from its start and left there.

        :raises ResumeRejected: with the reason against it
        :raises CheckUnavailable: if no process came free, or none can start
        """
        with _handed_over(file) as copy, self._lent() as slot:
            answer = self._ask(slot, work, descriptor=copy.fileno(), name=name)
        if answer.verdict is Verdict.DONE:
            return answer.content
        raise ResumeRejected(REASONS.get(answer.content.decode("ascii"), Reason.CHECK_ENDED))

    def close(self) -> None:
        """End the processes that nobody uses; a later question starts new ones."""
        for _ in range(self._size):
            with contextlib.suppress(queue.Empty):
                slot = self._slots.get_nowait()
                slot.empty()
                self._slots.put(slot)

    def _empty(self) -> None:
        self._slots: queue.LifoQueue[Slot] = queue.LifoQueue()
        for _ in range(self._size):
            self._slots.put(Slot(self._program))

    @contextmanager
    def _lent(self) -> Iterator["Slot"]:
        try:
            slot = self._slots.get(timeout=SECONDS_TO_WAIT)
        except queue.Empty:
            raise CheckUnavailable from None
        try:
            yield slot
        except BaseException:
            slot.empty()  # an answer may be on its way that the next one must not get
            raise
        finally:
            self._slots.put(slot)

    def _ask(self, slot: "Slot", work: Work, *, descriptor: int, name: str) -> Answer:
        for _ in range(2):  # a process may have been ended while nobody used it
            try:
                process = slot.process()
                process.put(work, descriptor=descriptor, name=name)
            except ProcessEnded:
                slot.empty()
                continue
            except (TimeIsUp, OSError) as error:
                slot.empty()
                raise CheckUnavailable from error
            return self._answer(slot, process)
        raise CheckUnavailable

    def _answer(self, slot: "Slot", process: CheckProcess) -> Answer:
        try:
            answer = process.answer()
        except TimeIsUp:
            logger.warning("A check process was ended: a file took too long")
            answer = Answer(verdict=Verdict.FAILED, content=Reason.TOO_SLOW.encode())
        except ProcessEnded:
            logger.warning("A file ended its check process")
            reason = Reason.TOO_SLOW if process.ran_out_of_time() else Reason.CHECK_ENDED
            answer = Answer(verdict=Verdict.FAILED, content=reason.encode())
        if answer.verdict is Verdict.FAILED or process.files >= FILES_A_PROCESS:
            slot.replace()
        return answer


class Slot:
    """A place for one process, used by one thread at a time."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._process: CheckProcess | None = None
        self._lock = threading.Lock()

    def process(self) -> CheckProcess:
        """Give a process that is ready, started now if there is none."""
        with self._lock:
            self._process = self._process or CheckProcess(self._program)
            process = self._process
        process.wait_until_ready()
        return process

    def replace(self) -> None:
        """End the process, and start the next one without waiting for it."""
        self.empty()
        with self._lock, contextlib.suppress(OSError):
            self._process = CheckProcess(self._program)

    def empty(self) -> None:
        with self._lock:
            if self._process:
                self._process.end()
            self._process = None


@contextmanager
def _handed_over(file: BinaryIO) -> Iterator[IO[bytes]]:
    """Copy a file to where another process can read it by its descriptor, not through us."""
    with _nameless_file() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy, COPY)
        file.seek(0)
        copy.seek(0)
        yield copy


def _nameless_file() -> IO[bytes]:
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("file"), "w+b", buffering=0)  # noqa: PTH123
    return tempfile.TemporaryFile(buffering=0)


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(KEPT_FROM_THE_ENVIRONMENT)
    }
    return {"PATH": os.defpath, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", **kept}

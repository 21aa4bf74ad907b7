"""A few check processes, lent one file at a time; each is succeeded before it is worn out."""

import atexit
import contextlib
import logging
import os
import shutil
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, Final

from enquiries.checking.exchange import Answer, Verdict, Work
from enquiries.checking.process import CheckProcess, ProcessEnded, TimeIsUp
from enquiries.resumes import Reason, ResumeRejected

logger = logging.getLogger(__name__)

SECONDS_TO_WAIT: Final = 20.0  # for a process to come free
FILES_A_PROCESS: Final = 100
FILES_AHEAD: Final = 20  # before its last file, a process's successor is started
PROGRAM: Final = "enquiries.checking.child"
COPY: Final = 64 * 1024  # bytes at once
REASONS: Final = {reason.value: reason for reason in Reason}


class CheckUnavailable(Exception):
    """No check process came free in time, or none can start; the file may be fine."""


class Pool:
    """
    Lends check processes to threads, one each, so many at once.

    Each process gets one successor: after most of its files, or when it fails. So there are
    never more than twice as many as may be lent, and that only for a moment.
    """

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
        with _handed_over(file) as copy, self._turn():
            answer = self._ask(work, descriptor=copy.fileno(), name=name)
        if answer.verdict is Verdict.DONE:
            return answer.content
        raise ResumeRejected(REASONS.get(answer.content.decode("ascii"), Reason.CHECK_ENDED))

    def start_next(self) -> None:
        """Start a process without waiting for it; those that are ready are lent before it."""
        with contextlib.suppress(OSError):  # whoever needs one tries again
            self._free.appendleft(CheckProcess(self._program))

    def close(self) -> None:
        """End the processes that nobody uses; a later question starts new ones."""
        with contextlib.suppress(IndexError):
            while True:
                self._free.pop().end()

    def _empty(self) -> None:
        self._free: deque[CheckProcess] = deque()  # the one used last, and so ready, at the end
        self._turns = threading.BoundedSemaphore(self._size)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=SECONDS_TO_WAIT):
            raise CheckUnavailable
        try:
            yield
        finally:
            self._turns.release()

    def _ask(self, work: Work, *, descriptor: int, name: str) -> Answer:
        process = self._put(work, descriptor=descriptor, name=name)
        with _ended_by_error(process):  # the next one must not get an answer on its way to us
            answer = _answer(process)
        self._take_back(process, has_failed=answer.verdict is Verdict.FAILED)
        return answer

    def _put(self, work: Work, *, descriptor: int, name: str) -> CheckProcess:
        """Ask a process, and give it; one may have been ended while nobody used it."""
        while True:
            process, is_new = self._next()
            try:
                with _ended_by_error(process):
                    process.wait_until_ready()
                    process.put(work, descriptor=descriptor, name=name)
            except ProcessEnded as error:
                if is_new:
                    raise CheckUnavailable from error
            except TimeIsUp as error:
                raise CheckUnavailable from error
            else:
                return process

    def _next(self) -> tuple[CheckProcess, bool]:
        """Give the process that was used last or started first, or a new one."""
        with contextlib.suppress(IndexError):
            return self._free.pop(), False
        try:
            return CheckProcess(self._program), True
        except OSError as error:
            raise CheckUnavailable from error

    def _take_back(self, process: CheckProcess, *, has_failed: bool) -> None:
        files_left = FILES_A_PROCESS - process.files
        if has_failed or files_left <= 0:
            process.end()
        else:
            self._free.append(process)
        if files_left == FILES_AHEAD or (has_failed and files_left > FILES_AHEAD):
            self.start_next()


@contextmanager
def _ended_by_error(process: CheckProcess) -> Iterator[None]:
    try:
        yield
    except BaseException:
        process.end()
        raise


def _answer(process: CheckProcess) -> Answer:
    try:
        return process.answer()
    except TimeIsUp:
        logger.warning("A check process was ended: a file took too long")
        reason = Reason.TOO_SLOW
    except ProcessEnded:
        logger.warning("A file ended its check process")
        reason = Reason.TOO_SLOW if process.ran_out_of_time() else Reason.CHECK_ENDED
    return Answer(verdict=Verdict.FAILED, content=reason.encode())


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

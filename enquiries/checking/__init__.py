"""Looks into files people send in processes apart, which can be lost without harm to the site."""

from typing import BinaryIO, Final

from enquiries.checking.exchange import Work
from enquiries.checking.pool import CheckUnavailable, Pool
from enquiries.resumes import Reason, ResumeFormat, ResumeRejected

__all__ = ["CheckUnavailable", "check_resume", "draw_first_page", "warm_up"]

PROCESSES: Final = 2  # in each process of the site that checks files, started when needed
POOL: Final = Pool(size=PROCESSES)


def check_resume(file: BinaryIO, *, name: str) -> ResumeFormat:
    """
    Decide in a check process whether ``file``, which its owner calls ``name``, may be kept.

    It answers as ``enquiries.resumes.check_resume`` does, within ten seconds a file.

    :raises ResumeRejected: with the reason; also if the check ran out of time or memory, or if
        no check process came free in time
    """
    try:
        return ResumeFormat(POOL.ask(Work.CHECK, file=file, name=name).decode())
    except CheckUnavailable as error:
        raise ResumeRejected(Reason.UNCHECKED) from error


def warm_up() -> None:
    """Start a check process before there is a file, without waiting for it."""
    POOL.start_next()


def draw_first_page(file: BinaryIO) -> bytes | None:
    """
    Draw page 1 of a PDF in a check process, as a picture (JPEG); None if it cannot be drawn.

    :raises CheckUnavailable: if no check process came free, or none can start
    """
    try:
        return POOL.ask(Work.DRAW, file=file, name="")
    except ResumeRejected:
        return None

"""A hundred honest files and more than a hundred hostile ones, each looked at as on the site."""

import io
import itertools
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from enquiries import checking
from enquiries.checking.exchange import Work
from enquiries.checking.pool import Pool
from enquiries.resumes import Reason, ResumeRejected
from tests.enquiries.checking.test_pool import UNRULY
from tests.enquiries.resumes import (
    honest,
    test_archive,
    test_docx,
    test_odt,
    test_pdf,
    test_rtf,
    test_txt,
)
from tests.enquiries.resumes.files import make_docx, make_odt, make_pdf

LONGEST = 10.0  # seconds a file
MOST_GROWTH = 24 * 1024 * 1024  # bytes of this process, whatever was sent
BIG = 5 * 1024 * 1024
ON_A_BUSY_MACHINE = {("5 MB of controls", Reason.TOO_SLOW)}


def hostile() -> Iterator[tuple[str, str, bytes, Reason]]:
    """Yield what each file is, its name, its bytes, and why it is refused."""
    for rows, kind in (
        (test_pdf.HOSTILE, "pdf"),
        (test_docx.HOSTILE, "docx"),
        (test_odt.HOSTILE, "odt"),
        (test_rtf.HOSTILE, "rtf"),
        (test_txt.HOSTILE, "txt"),
    ):
        yield from ((f"{kind}: {what}", f"cv.{kind}", data, reason) for what, data, reason in rows)
    for what, make, reason in test_archive.HOSTILE:
        yield f"archive: {what}", "cv.docx", make(), reason
    yield "a program", "cv.exe", b"MZ", Reason.EXTENSION
    yield "an old Word document", "cv.doc", b"\xd0\xcf\x11\xe0" + bytes(99), Reason.EXTENSION
    yield "a document with macros", "cv.docm", make_docx(), Reason.EXTENSION
    yield "a picture", "cv.jpg", b"\xff\xd8\xff", Reason.EXTENSION
    yield "an archive", "cv.zip", make_odt(), Reason.EXTENSION
    yield "a program by its second name", "cv.pdf.exe", make_pdf(), Reason.EXTENSION
    yield "nothing", "cv.pdf", b"", Reason.EMPTY
    yield "too much", "cv.pdf", make_pdf().ljust(BIG + 1), Reason.TOO_BIG
    yield "a program called PDF", "cv.pdf", b"MZ" + make_pdf(), Reason.SIGNATURE
    yield "5 MB of braces", "cv.rtf", b"{\\rtf1" + b"{" * (BIG - 6), Reason.TOO_COMPLEX
    yield "5 MB of controls", "cv.rtf", b"{\\rtf1" + b"\\b" * (BIG // 2 - 4), Reason.TOO_COMPLEX
    yield "5 MB of noise in a PDF", "cv.pdf", noisy_pdf(), Reason.DAMAGED
    yield "5 MB of zeros that inflate a thousandfold", "cv.docx", big_bomb(), Reason.ZIP_RATIO


def noisy_pdf() -> bytes:
    noise = random.Random(20261001).randbytes(BIG - 100)  # noqa: S311
    return b"%PDF-1.7\n" + noise + b"\n%%EOF\n"


def big_bomb() -> bytes:
    return make_docx({"word/media/a.bmp": bytes(300_000_000)})


def resident() -> int:
    """Give how many bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def look(data: bytes, *, name: str) -> tuple[Reason | None, float]:
    """Look at one file as the site does; give the reason against it and the seconds it took."""
    began = time.monotonic()
    try:
        checking.check_resume(io.BytesIO(data), name=name)
    except ResumeRejected as rejected:
        return rejected.reason, time.monotonic() - began
    return None, time.monotonic() - began


def test_every_honest_file_is_taken_and_every_hostile_one_refused_for_its_own_reason(
    record_property,
):
    files = [(what, name, data, None) for what, name, data in honest.honest()]
    assert len(files) >= 100
    bad = list(hostile())
    assert len(bad) >= 100
    look(b"Kailani", name="cv.txt")
    before, slowest, wrong, most = resident(), 0.0, [], 0
    for what, name, data, expected in itertools.chain(files, bad):
        reason, seconds = look(data, name=name)
        slowest, most = max(slowest, seconds), max(most, resident() - before)
        if reason is not expected and (what, reason) not in ON_A_BUSY_MACHINE:
            wrong.append(f"{what}: {reason}, not {expected}")
        if seconds > LONGEST:
            wrong.append(f"{what}: {seconds:.1f} s")
    record_property("files", len(files) + len(bad))
    record_property("slowest_seconds", round(slowest, 2))
    record_property("growth_megabytes", round(most / 2**20, 1))
    assert wrong == []
    assert most < MOST_GROWTH


def test_the_process_that_asks_outlives_every_file_and_grows_no_larger(monkeypatch):
    """Files that end their process, one after the other."""
    unruly = Pool(size=1, program=UNRULY)
    before = resident()
    for deed in ["die", "crash", "eat"] * 2:
        with pytest.raises(ResumeRejected):
            unruly.ask(Work.CHECK, file=io.BytesIO(deed.encode()), name="cv.txt")
    unruly.close()
    assert resident() - before < MOST_GROWTH

"""Check processes: what they may not do, and what becomes of the site when one is lost."""

import io
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from enquiries import checking
from enquiries.checking import pool, process
from enquiries.checking.exchange import Work
from enquiries.checking.pool import CheckUnavailable, Pool
from enquiries.resumes import Reason, ResumeFormat, ResumeRejected
from tests.enquiries.resumes.files import make_docx, make_pdf
from tests.processes import eventually

UNRULY = "tests.enquiries.checking.unruly"
SLOW_START = "tests.enquiries.checking.slow_start"
A_START = 1.8  # seconds; that program needs longer


@pytest.fixture
def unruly():
    """Give a pool of one process that does what its file says."""
    one = Pool(size=1, program=UNRULY)
    yield one
    one.close()


def ask(of, deed):
    return of.ask(Work.CHECK, file=io.BytesIO(deed.encode()), name="cv.txt").decode()


def refusal(of, deed):
    with pytest.raises(ResumeRejected) as caught:
        ask(of, deed)
    return caught.value.reason


def is_dead(pid):
    """Tell whether a process has ended, though nobody may have asked yet how."""
    return ended(pid) or Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def ended(pid):
    return not Path(f"/proc/{pid}").exists()


def test_what_a_check_process_may_not_do_it_cannot_do(unruly):
    assert ask(unruly, "call") == "PermissionError"
    assert ask(unruly, "run") == "PermissionError"
    assert ask(unruly, "fork") == "PermissionError"
    assert ask(unruly, "fill") == "OSError"


def test_it_knows_no_key_and_no_address(unruly, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    known = set(ask(unruly, "tell").split())
    assert not known & {"AWS_SECRET_ACCESS_KEY", "SECRET_KEY", "DATABASE_URL", "HOME"}


def children(program):
    """List the processes that run a program for this one."""
    ours = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split()
    return [pid for pid in ours if program.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processors cannot be chosen here")
def test_it_may_use_every_processor_though_whoever_asks_keeps_to_one(unruly):
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(ours)})
    try:
        ask(unruly, "tell")
        (pid,) = children(UNRULY)
        assert os.sched_getaffinity(int(pid)) == ours
    finally:
        os.sched_setaffinity(0, ours)


@pytest.mark.parametrize(
    ("deed", "reason", "seconds"),
    [
        ("die", Reason.CHECK_ENDED, 60),
        ("crash", Reason.CHECK_ENDED, 60),
        ("eat", Reason.TOO_COMPLEX, 60),
        ("spin", Reason.TOO_SLOW, 2),
        ("stop", Reason.TOO_SLOW, 1),
    ],
)
def test_a_file_that_ends_its_process_is_refused_and_the_next_one_is_looked_at(
    unruly, monkeypatch, deed, reason, seconds
):
    monkeypatch.setattr(process, "SECONDS_A_FILE", float(seconds))
    before = int(ask(unruly, "pid"))
    began = time.monotonic()
    assert refusal(unruly, deed) is reason
    assert time.monotonic() - began < 30
    assert ended(before)
    assert int(ask(unruly, "pid")) != before


def test_a_process_that_ended_while_nobody_used_it_is_replaced(unruly):
    before = int(ask(unruly, "pid"))
    os.kill(before, signal.SIGKILL)
    eventually(lambda: is_dead(before), within=60)
    assert int(ask(unruly, "pid")) != before


def test_a_process_is_replaced_after_its_files(unruly, monkeypatch):
    monkeypatch.setattr(pool, "FILES_A_PROCESS", 3)
    pids = [ask(unruly, "pid") for _ in range(7)]
    assert len(set(pids)) == 3
    assert pids[0] == pids[1] == pids[2]


@pytest.fixture
def slow_start(monkeypatch):
    """Give a pool with one process that is ready, of processes that take long to start."""
    monkeypatch.setattr(pool, "FILES_A_PROCESS", 4)
    monkeypatch.setattr(pool, "FILES_AHEAD", 2)
    one = Pool(size=2, program=SLOW_START)
    ask(one, "pid")
    yield one
    one.close()


def all_ready(of):
    for one in of._free:  # noqa: SLF001 (so that no test need guess how long a start takes)
        one.wait_until_ready()


def timed(of, deed):
    began = time.monotonic()
    found = ask(of, deed)
    return found, time.monotonic() - began


def test_nobody_waits_while_a_process_is_replaced_after_its_files(slow_start):
    first = ask(slow_start, "pid")  # its second file: now its successor is started
    all_ready(slow_start)
    answers = [timed(slow_start, "pid") for _ in range(3)]
    assert [pid == first for pid, _ in answers] == [True, True, False]
    assert max(seconds for _, seconds in answers) < A_START
    assert ended(first)


def test_a_process_that_starts_is_not_lent_while_another_is_ready(slow_start):
    ready = ask(slow_start, "pid")  # its second file: now its successor is started
    assert ask(slow_start, "pid") == ready


def test_a_process_started_beforehand_makes_nobody_wait():
    early = Pool(size=1, program=SLOW_START)
    began = time.monotonic()
    early.start_next()
    assert time.monotonic() - began < A_START
    all_ready(early)
    assert timed(early, "pid")[1] < A_START
    early.close()


def test_failures_leave_no_more_processes_than_there_were(unruly, monkeypatch):
    monkeypatch.setattr(pool, "FILES_A_PROCESS", 5)
    monkeypatch.setattr(pool, "FILES_AHEAD", 2)
    for _ in range(3):
        pids = {ask(unruly, "pid") for _ in range(3)}  # the third one starts a successor
        assert len(pids) == 1
        assert refusal(unruly, "die") is Reason.CHECK_ENDED
    assert len(children(UNRULY)) == 1


def test_who_waits_too_long_for_a_process_is_told_to_try_again(unruly, monkeypatch):
    monkeypatch.setattr(pool, "SECONDS_TO_WAIT", 0.2)
    monkeypatch.setattr(process, "SECONDS_A_FILE", 2.0)
    ask(unruly, "pid")
    busy = threading.Thread(target=lambda: refusal(unruly, "stop"))
    busy.start()
    time.sleep(0.3)
    with pytest.raises(CheckUnavailable):
        ask(unruly, "pid")
    monkeypatch.setattr(checking, "POOL", unruly)
    with pytest.raises(ResumeRejected) as caught:
        checking.check_resume(io.BytesIO(b"pid"), name="cv.txt")
    assert caught.value.reason is Reason.UNCHECKED
    busy.join()


def test_processes_that_cannot_start_refuse_no_file_for_good():
    broken = Pool(size=1, program="no.such.program")
    with pytest.raises(CheckUnavailable):
        ask(broken, "pid")


def test_one_who_gives_up_waiting_leaves_no_answer_for_the_next(unruly, monkeypatch):
    before = ask(unruly, "pid")

    def interrupted(_process):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(process.CheckProcess, "answer", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ask(unruly, "tell")
    assert ask(unruly, "pid") != before


def test_many_threads_share_two_processes_and_each_gets_its_own_answer():
    shared = Pool(size=2)
    files = {"cv.pdf": make_pdf(), "cv.docx": make_docx(), "cv.txt": b"Kailani"}

    def check(number):
        name = list(files)[number % 3]
        kind = shared.ask(Work.CHECK, file=io.BytesIO(files[name]), name=name).decode()
        return f"cv.{kind}" == name

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(check, range(120)))
    shared.close()


def test_a_forked_process_starts_its_own(unruly):
    theirs = ask(unruly, "pid")
    read, write = os.pipe()
    forked = os.fork()
    if not forked:
        os.write(write, ask(unruly, "pid").encode())
        os._exit(0)
    os.waitpid(forked, 0)
    assert os.read(read, 20).decode() != theirs
    os.close(read)
    os.close(write)
    assert ask(unruly, "pid") == theirs


def test_the_file_is_left_at_its_start_and_the_answer_is_that_of_the_rule():
    file = io.BytesIO(make_pdf())
    file.seek(9)
    assert checking.check_resume(file, name="cv.pdf") is ResumeFormat.PDF
    assert file.tell() == 0


def test_a_picture_is_drawn_of_a_pdf_and_of_nothing_else():
    picture = checking.draw_first_page(io.BytesIO(make_pdf()))
    assert picture is not None
    assert picture.startswith(b"\xff\xd8\xff")
    assert checking.draw_first_page(io.BytesIO(b"%PDF-1.7 broken")) is None

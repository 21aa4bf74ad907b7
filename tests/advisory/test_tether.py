import os
import subprocess
import sys
import time

import pytest

from advisory.tether import ServiceNotStarted, Tethered

PATIENCE_SECONDS = 120


def until(happened):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.02)
    return happened()


def lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def python(*lines):
    return [sys.executable, "-c", "\n".join(lines)]


@pytest.fixture
def service():
    started = []

    def start(*lines, output=subprocess.DEVNULL):
        started.append(Tethered("a service", python(*lines), output=output))
        return started[-1]

    yield start
    for tethered in started:
        tethered.kill()


def test_the_exit_code_is_the_services_own(service):
    ended = service("raise SystemExit(3)")
    assert until(lambda: ended.exit_code() is not None)
    assert ended.exit_code() == 3


def test_a_signal_shows_in_the_exit_code(service):
    killed = service("import os, signal", "os.kill(os.getpid(), signal.SIGKILL)")
    assert until(lambda: killed.exit_code() is not None)
    assert killed.exit_code() == 128 + 9


def test_a_stopped_service_may_tidy_up(service, tmp_path):
    note = tmp_path / "note"
    tidy = service(
        "import pathlib, signal, sys, time",
        f"note = pathlib.Path({str(note)!r})",
        "def tidy(*_):",
        "    note.write_text('tidied')",
        "    sys.exit(0)",
        "signal.signal(signal.SIGTERM, tidy)",
        "note.write_text('waiting')",
        "time.sleep(60)",
    )
    assert until(note.exists)
    tidy.stop()
    assert note.read_text() == "tidied"
    assert tidy.exit_code() == 0


def test_what_a_service_started_ends_with_it(service, tmp_path):
    note = tmp_path / "pid"
    parent = service(
        "import pathlib, subprocess, sys",
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])",
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid))",
    )
    assert until(lambda: note.exists() and note.read_text())
    assert until(lambda: parent.exit_code() is not None)
    assert until(lambda: not lives(int(note.read_text())))


def test_a_killed_service_gets_no_time(service):
    stubborn = service("import time", "time.sleep(60)")
    stubborn.kill()
    assert not lives(stubborn.pid)
    stubborn.let_go()  # what is gone may be let go again


def test_a_program_that_is_not_there_is_named():
    with pytest.raises(ServiceNotStarted, match="no-such-program: No such file or directory"):
        Tethered("a service", ["/no-such-program"])

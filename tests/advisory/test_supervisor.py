import os
import signal
import sys
import time
from contextlib import ExitStack

import pytest

from advisory.service import Program
from advisory.supervisor import Speaker, Supervisor

PATIENCE_SECONDS = 120


@pytest.fixture
def supervisor():
    everything = Supervisor(Speaker())
    yield everything
    everything.stop()


@pytest.fixture
def program(supervisor):
    with ExitStack() as outputs:

        def make(name, line):
            output = outputs.enter_context(supervisor.speaker.pipe(name))
            command = [sys.executable, "-c", line]
            return Program(name, command, environment=os.environ, output=output)

        yield make


def until(happened):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.02)
    return happened()


def said(capsys, words, lines):
    lines.append(capsys.readouterr().out)
    return words in "".join(lines)


def test_each_line_names_the_part_that_says_it(supervisor, program, capsys):
    lines: list[str] = []
    supervisor.start(program("clerk", "print('good morning'); print()"))
    assert until(lambda: said(capsys, "clerk    | good morning\n", lines))


def test_what_ends_is_started_again_and_the_pause_grows(supervisor, program, capsys):
    part = program("clerk", "import time; time.sleep(60)")
    supervisor.start(part)
    first = part.running.pid
    os.kill(first, signal.SIGKILL)
    assert until(lambda: supervisor.first_ended() is part)
    supervisor.look_after()
    assert part.running.pid != first
    assert supervisor.first_ended() is None
    assert "clerk ended with exit code 137: starting it again." in capsys.readouterr().out

    second = part.running.pid
    os.kill(second, signal.SIGKILL)
    assert until(lambda: supervisor.first_ended() is part)
    supervisor.look_after()
    assert part.running.pid == second
    assert until(lambda: supervisor.look_after() or part.running.pid != second)


def test_everything_stops_together(supervisor, program):
    parts = [program(name, "import time; time.sleep(60)") for name in ("clerk", "porter")]
    for part in parts:
        supervisor.start(part)
    pids = [part.running.pid for part in parts]
    supervisor.stop()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_hurried_stop_does_not_wait_for_a_stubborn_part(supervisor, program, capsys):
    line = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf'); time.sleep(60)"
    part = program("clerk", f"import sys; sys.stdout.reconfigure(line_buffering=True); {line}")
    supervisor.start(part)
    lines: list[str] = []
    assert until(lambda: said(capsys, "deaf", lines))
    began = time.monotonic()
    supervisor.hurried = True
    supervisor.stop()
    assert time.monotonic() - began < 5


def test_what_has_an_end_is_let_go_when_it_is_done_and_tried_again_when_it_failed(
    supervisor, program, capsys, tmp_path
):
    done = tmp_path / "done"
    supervisor.start(program("clerk", f"open({str(done)!r}, 'a').write('x')"), ends=True)
    assert until(lambda: supervisor.first_ended() is not None)
    supervisor.look_after()
    assert supervisor.first_ended() is None
    assert done.read_text() == "x"

    supervisor.start(program("sexton", "raise SystemExit(3)"), ends=True)
    assert until(lambda: supervisor.first_ended() is not None)
    supervisor.look_after()
    assert "sexton ended with exit code 3: starting it again." in capsys.readouterr().out

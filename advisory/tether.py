"""
Ties a service to the process that started it: when that one dies, so does the service.

A small process stands between the two. It holds one end of a socket; the owner holds the other,
so the owner's death closes it, also by ``kill -9``. Then the service and every process that it
started are stopped. Run as a script, this module is that small process.
"""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

GRACE_SECONDS = 10.0
GRACE_SECONDS_WITHOUT_OWNER = 2.0


class Account(NamedTuple):
    """The user and group that a process runs as."""

    uid: int
    gid: int


class ServiceNotStarted(Exception):
    """The system did not start the service's program; the message says why."""


class Tethered:
    """A running service that ends with this process."""

    def __init__(  # as subprocess.Popen, by name
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str] | None = None,
        account: Account | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        output: IO[bytes] | int | None = None,
    ) -> None:
        """
        Start ``command`` as ``account``, or as the user of this process.

        :raises ServiceNotStarted: if its program cannot be run
        """
        self.name = name
        self._lifeline, theirs = socket.socketpair()
        with theirs:
            self._holder = subprocess.Popen(
                [sys.executable, "-I", __file__, name],
                stdin=theirs.fileno(),
                stdout=output,
                stderr=subprocess.STDOUT if output is not None else None,
                start_new_session=True,
            )
        request = {
            "command": [str(part) for part in command],
            "environment": dict(environment) if environment is not None else None,
            "account": account,
            "stop_signal": stop_signal,
        }
        answer = ""
        with contextlib.suppress(OSError), self._lifeline.makefile("rw") as talk:
            talk.write(json.dumps(request) + "\n")
            talk.flush()
            answer = talk.readline().strip()
        if not answer.isdigit():
            self._lifeline.close()
            self._holder.wait()
            raise ServiceNotStarted(answer or f"{name} did not start.")
        self.pid = int(answer)

    def exit_code(self) -> int | None:
        """Give the exit code (128 and the signal's number if one ended it), or None."""
        return self._holder.poll()

    def let_go(self) -> None:
        """Ask the service to end, without waiting."""
        with contextlib.suppress(OSError):  # it has ended, or was asked before
            self._lifeline.sendall(b"stop\n")
        self._lifeline.close()

    def stop(self) -> None:
        """Ask the service to end and wait for it; after the grace time it is killed."""
        self.let_go()
        self._holder.wait()
        self._sweep()

    def kill(self) -> None:
        """End the service and what it started at once."""
        self._sweep()
        self.stop()

    def _sweep(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


def hold() -> int:
    """Start what the owner asks for, and end it when the owner lets go or dies."""
    lifeline = socket.socket(fileno=0)
    with lifeline.makefile("r") as talk:
        request = json.loads(talk.readline() or "null")
    if request is None:
        return 0
    woken = _wake_on_signals()
    try:
        service = _start(request)
    except OSError as error:
        lifeline.sendall(f"{request['command'][0]}: {error.strerror}\n".encode())
        return 1
    with contextlib.suppress(OSError):  # the owner may be gone already; the next wait sees it
        lifeline.sendall(f"{service.pid}\n".encode())
    while service.poll() is None:
        ready, _, _ = select.select([lifeline.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 512)
        if lifeline.fileno() in ready:
            told = lifeline.recv(16)
            service.send_signal(request["stop_signal"])
            with contextlib.suppress(subprocess.TimeoutExpired):
                service.wait(GRACE_SECONDS if told else GRACE_SECONDS_WITHOUT_OWNER)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(service.pid, signal.SIGKILL)
    code = service.wait()
    return code if code >= 0 else 128 - code


def _wake_on_signals() -> int:
    """Make signals wake the wait instead of ending this process; a child's end is one of them."""
    woken, wake = os.pipe()
    for number in (woken, wake):
        os.set_blocking(number, False)
    signal.set_wakeup_fd(wake)
    for caught in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(caught, lambda *_: None)
    return woken


def _start(request: dict[str, Any]) -> subprocess.Popen[bytes]:
    uid, gid = request["account"] or (None, None)
    return subprocess.Popen(
        request["command"],
        stdin=subprocess.DEVNULL,
        env=request["environment"],
        process_group=0,
        user=uid,
        group=gid,
        extra_groups=None if uid is None else [],
        cwd=None if uid is None else "/",
    )


if __name__ == "__main__":
    sys.exit(hold())

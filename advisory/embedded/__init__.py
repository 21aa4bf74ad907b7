"""PostgreSQL and Valkey from wheels, for a laptop and for the tests; here, their addresses."""

import hashlib
import os
import tempfile
from pathlib import Path

USER = DATABASE = "advisory"


class EmbeddedServerFailed(Exception):
    """An embedded server cannot run here; the message says why, and what to do, in a sentence."""


def runtime_folder(data: Path) -> Path:
    """
    Name the folder for the sockets of the servers whose data live under ``data``.

    It lies under the system's temporary folder, since a socket's path may have 107 bytes at most.
    """
    digest = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"advisory-{os.getuid()}-{digest}"


def database_url(data: Path, *, name: str = DATABASE) -> str:
    """Give the address of the embedded PostgreSQL whose data live under ``data``."""
    folder = str(runtime_folder(data)).replace("/", "%2F")
    return f"postgres://{USER}@{folder}/{name}"


def redis_url(data: Path) -> str:
    """Give the address of the embedded Valkey whose data live under ``data``."""
    return f"redis+socket://{runtime_folder(data)}/valkey.sock"

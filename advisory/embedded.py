"""PostgreSQL and Valkey from wheels, for a laptop and for the tests."""

import hashlib
import os
import tempfile
from pathlib import Path


def socket_folder(data: Path) -> Path:
    """
    Name the folder for the sockets of the servers whose data live under ``data``.

    It lies under the system's temporary folder, since a socket's path may have 107 bytes at most.
    """
    digest = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"advisory-{os.getuid()}-{digest}"


def database_url(data: Path) -> str:
    """Give the address of the embedded PostgreSQL whose data live under ``data``."""
    folder = str(socket_folder(data)).replace("/", "%2F")
    return f"postgres://advisory@{folder}/advisory"


def redis_url(data: Path) -> str:
    """Give the address of the embedded Valkey whose data live under ``data``."""
    return f"redis+socket://{socket_folder(data)}/valkey.sock"

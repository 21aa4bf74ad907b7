"""Speaks clamd's own language over one socket, and believes only its exact words."""

import contextlib
import re
import socket
import struct
import time
from dataclasses import dataclass
from enum import Enum, auto
from typing import BinaryIO, Final
from urllib.parse import unquote, urlsplit

DEFAULT_PORT: Final = 3310
SECONDS_TO_ANSWER: Final = 5.0  # a word that we call, before we trust it with a file
SECONDS_A_FILE: Final = 60.0
CHUNK: Final = 64 * 1024  # bytes
LONGEST_ANSWER: Final = 4096  # bytes
CLEAN: Final = "stream: OK"
TOO_BIG: Final = "INSTREAM size limit exceeded. ERROR"
FOUND: Final = re.compile(r"stream: (\S+)(?:\(.*\))? FOUND")
# What clamd says of files that it could not look into, with AlertExceedsMax or AlertEncrypted.
NOT_LOOKED_INTO: Final = ("Heuristics.Limits.Exceeded", "Heuristics.Encrypted")


class ScannerFailed(Exception):
    """The scanner is down, hangs, or gave no verdict; the file may be anything."""


class Finding(Enum):
    """What a scanner can say about a file."""

    CLEAN = auto()
    INFECTED = auto()
    UNSCANNABLE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the scanner said; ``name`` is that of the virus, or of the limit."""

    finding: Finding
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where clamd listens: a path of this machine, or a host and port."""

    path: str = ""
    host: str = ""
    port: int = DEFAULT_PORT


def read_address(url: str) -> Address:
    """
    Read ``unix:///run/clamav/clamd.ctl`` or ``tcp://scanner:3310``.

    :raises ValueError: if it is neither
    """
    parts = urlsplit(url)
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(url)
    if parts.scheme == "unix" and not parts.netloc and len(parts.path) > 1:
        return Address(path=unquote(parts.path))
    if parts.scheme == "tcp" and parts.hostname and parts.path in {"", "/"}:
        return Address(host=parts.hostname, port=parts.port or DEFAULT_PORT)
    raise ValueError(url)


def scan(file: BinaryIO, *, url: str, seconds: float = SECONDS_A_FILE) -> Verdict:
    """
    Have clamd look at ``file``, which is read from where it stands to its end.

    :raises ScannerFailed: if clamd is down, hangs, or says anything but a verdict
    """
    address = read_address(url)
    try:
        if (answer := _ask(address, b"zPING\0")) != "PONG":
            raise ScannerFailed(answer)
        return _verdict(_stream(address, file=file, seconds=seconds))
    except TimeoutError as error:
        msg = "The scanner does not answer"
        raise ScannerFailed(msg) from error
    except OSError as error:
        raise ScannerFailed(error.strerror or type(error).__name__) from error


def _verdict(answer: str) -> Verdict:
    if answer == CLEAN:
        return Verdict(finding=Finding.CLEAN)
    if answer == TOO_BIG:
        return Verdict(finding=Finding.UNSCANNABLE, name="Size limit")
    if found := FOUND.fullmatch(answer):
        unknown = found[1].startswith(NOT_LOOKED_INTO)
        finding = Finding.UNSCANNABLE if unknown else Finding.INFECTED
        return Verdict(finding=finding, name=found[1])
    raise ScannerFailed(answer)


def _ask(address: Address, command: bytes) -> str:
    with _connect(address) as line:
        line.sendall(command)
        return _read(line, deadline=time.monotonic() + SECONDS_TO_ANSWER)


def _stream(address: Address, *, file: BinaryIO, seconds: float) -> str:
    deadline = time.monotonic() + seconds
    with _connect(address) as line:
        # One that has heard enough answers and hangs up before we are done.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                _give(line, deadline=deadline)
                line.sendall(struct.pack(">I", len(chunk)) + chunk)
            line.sendall(struct.pack(">I", 0))
        return _read(line, deadline=deadline)


def _read(line: socket.socket, *, deadline: float) -> str:
    """Read up to the zero byte that ends an answer; without it the answer was cut short."""
    read = b""
    while not read.endswith(b"\0"):
        _give(line, deadline=deadline)
        piece = line.recv(LONGEST_ANSWER)
        if not piece or len(read) > LONGEST_ANSWER:
            msg = "The scanner's answer was cut short"
            raise ScannerFailed(msg)
        read += piece
    return read[:-1].decode("utf-8", "replace")


def _give(line: socket.socket, *, deadline: float) -> None:
    """Let the next step take as long as is left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)


def _connect(address: Address) -> socket.socket:
    if not address.path:
        return socket.create_connection((address.host, address.port), SECONDS_TO_ANSWER)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS_TO_ANSWER)
    try:
        line.connect(address.path)
    except OSError:
        line.close()
        raise
    return line

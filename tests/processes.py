"""The processes behind the site, run as `make up` runs them, and a mail server to write to."""

import asyncio
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from io import FileIO
from pathlib import Path

from aiosmtpd.controller import Controller

from advisory.service import Program
from advisory.supervisor import Speaker
from tests.environment import unmeasured


class MailSink:
    """A mail server that keeps what it takes, and refuses as told."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"smtp://127.0.0.1:{port}"
        self._taken: list[bytes] = []  # read when asked for: taking many must be quick
        self._read: list[tuple[str, str]] = []
        self.answer_to_recipient = "250 OK"
        self.answer_to_data = "250 OK"
        self._may_answer = threading.Event()
        self._may_answer.set()

    @property
    def letters(self) -> list[tuple[str, str]]:
        """List the Message-ID and the subject of each letter, in the order of their arrival."""
        heads = map(BytesHeaderParser().parsebytes, self._taken[len(self._read) :])
        self._read += [(head["Message-ID"], head["Subject"]) for head in heads]
        return list(self._read)

    def about(self, reference: str) -> list[EmailMessage]:
        """List the letters about one enquiry, by whom they are to."""
        messages = [message_from_bytes(taken, policy=policy.default) for taken in self._taken]
        found = [message for message in messages if reference in message["Subject"]]
        return sorted(found, key=lambda message: str(message["To"]))

    def hold(self) -> None:
        """Take letters from now on, but do not answer for them."""
        self._may_answer.clear()

    def let_go(self) -> None:
        self._may_answer.set()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self._taken.append(envelope.content)
        while not self._may_answer.is_set():
            await asyncio.sleep(0.05)
        return self.answer_to_data


class Logs(Speaker):
    """Keeps what each part says in a file of its own, so that a failed test can show it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def pipe(self, name: str) -> FileIO:
        return FileIO(self.folder / f"{name}.log", "a")

    def text(self) -> str:
        """Give the end of what each part said."""
        return "\n".join(
            f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}"
            for log in sorted(self.folder.glob("*.log"))
        )


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    """Run a mail server on a free port."""
    port = free_port()
    sink = MailSink(port)
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


@contextmanager
def running(*programs: Program, environment: Mapping[str, str]) -> Iterator[None]:
    """Run programs with the site's settings and this ``environment``, and end them at the end."""
    for program in programs:
        own = program.environment.items() - os.environ.items()  # what a program settles for itself
        program.environment = site_environment({**dict(own), **environment})
    try:
        for program in programs:
            program.start()
        yield
    finally:
        for program in programs:
            program.kill()
            program.output.close()


def eventually(
    true: Callable[[], object], *, within: float, otherwise: Callable[[], object] = str
) -> None:
    """Wait until something is true, ``within`` seconds; else fail and say ``otherwise``."""
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, f"not within {within} s\n{otherwise()}"
        time.sleep(0.1)


def site_environment(changes: Mapping[str, str]) -> dict[str, str]:
    """
    Give this run's environment, but with the settings that the site really runs with.

    Search goes by words alone: vectors of the whole catalogue keep two processors busy. Which
    lines run is not measured, for that would slow it down to half its speed.
    """
    site = {"DJANGO_SETTINGS_MODULE": "advisory.settings", "SEARCH_BY_MEANING": "false"}
    return {**unmeasured(), **site, **changes}


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port

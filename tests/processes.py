"""The processes behind the site, run as `make up` runs them, and a mail server to write to."""

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import FileIO
from pathlib import Path

from aiosmtpd.controller import Controller

from advisory.service import Program
from advisory.supervisor import Speaker


class MailSink:
    """A mail server that keeps what it takes."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def about(self, reference: str) -> list[EmailMessage]:
        """List the letters about one enquiry, by whom they are to."""
        found = [letter for letter in self.letters if reference in letter["Subject"]]
        return sorted(found, key=lambda letter: str(letter["To"]))


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
    """Run programs with our settings and this ``environment``; in the end they stop, whatever."""
    for program in programs:
        program.environment = site_environment(environment)
    try:
        for program in programs:
            program.start()
        yield
    finally:
        for program in programs:
            program.let_go()
        for program in programs:
            program.stop()
            program.output.close()


def site_environment(changes: Mapping[str, str]) -> dict[str, str]:
    """Give this run's environment, but with the settings that the site really runs with."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "advisory.settings", **changes}


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port

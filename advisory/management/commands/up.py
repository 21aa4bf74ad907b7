"""Runs the whole site on this machine: servers, database, catalogue, web, relay and worker."""

import contextlib
import os
import shutil
import signal
import socket
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections

from advisory import preparation
from advisory.demo_staff import renew_demo_staff
from advisory.embedded import DATABASE, EmbeddedServerFailed
from advisory.only_run import AlreadyRunning, OnlyRun, only_run
from advisory.programs import relay, vectors, web, worker
from advisory.supervisor import Speaker, Supervisor
from advisory.tether import ServiceNotStarted

WATCH_SECONDS = 0.3
READY_SECONDS = 60.0
CRASHED_RUN_ENDS_SECONDS = 5.0
LEAST_FREE_MEGABYTES = 200
MEGABYTE = 1024 * 1024


class CannotStart(Exception):
    """The site cannot run here; the message says why, and what to do, in a sentence or two."""


REFUSALS = (
    AlreadyRunning,
    CannotStart,
    EmbeddedServerFailed,
    ServiceNotStarted,
    preparation.UnfitServer,
)


class Command(BaseCommand):
    help = "Run the whole site on this machine until Ctrl-C."
    requires_system_checks = (Tags.security,)

    def handle(self, **options: object) -> None:  # noqa: ARG002
        self.began = time.monotonic()
        self.speaker = Speaker()
        self.supervisor = Supervisor(self.speaker)
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            with only_run(settings.VAR_DIR) as run:
                _check_port(patient=run.after_crash)
                _check_disk()
                try:
                    self._run()
                finally:
                    self._stop(run)
                    self.speaker.say("Stopped.")
        except KeyboardInterrupt:
            pass
        except REFUSALS as error:
            sys.exit(str(error))
        except DatabaseError as error:
            reason = str(error).strip().partition("\n")[0]
            sys.exit(f"The database refused: {reason}. Its log says more: {_log_of_database()}.")
        except OSError as error:
            place = f" ({error.filename})" if error.filename else ""
            sys.exit(f"The system refused: {error.strerror or error}{place}.")

    def _run(self) -> None:
        self.speaker.say(f"Starting; what this machine keeps is in {settings.VAR_DIR}.")
        self._start_servers()
        self._end_with_make()
        preparation.prepare_database(self.speaker)
        passwords = {} if settings.SITE_URL.startswith("https:") else renew_demo_staff()
        connections.close_all()
        seen = set(_letters())
        for program in (relay, worker):  # they come up while the files are collected
            self.supervisor.start(program(self.speaker))
        preparation.collect_static_files(self.speaker)
        self.supervisor.start(web(self.speaker))
        self._wait_until_ready()
        self._tell(passwords)
        self.supervisor.start(vectors(self.speaker), ends=True)
        while True:
            self._end_with_make()
            self.supervisor.look_after()
            for path in sorted(set(_letters()) - seen):
                self.speaker.say(str(path), name="mail")
                seen.add(path)
            time.sleep(WATCH_SECONDS)

    def _start_servers(self) -> None:
        """Look at the servers that the environment names, and start the others."""
        own_database = not os.environ.get("DATABASE_URL")
        own_queue = not os.environ.get("REDIS_URL")
        if not own_queue:
            preparation.check_queue()
        if not own_database:
            preparation.check_database()
        if own_database:
            from advisory.embedded.postgresql import EmbeddedPostgres  # noqa: PLC0415

            postgres = EmbeddedPostgres(settings.VAR_DIR)
            self.supervisor.start(postgres)
            if postgres.notice:
                self.speaker.say(postgres.notice)
            postgres.create_database(DATABASE)
            self.speaker.say("PostgreSQL is up.")
        if own_queue:
            from advisory.embedded.valkey import EmbeddedValkey  # noqa: PLC0415

            self.supervisor.start(EmbeddedValkey(settings.VAR_DIR))
            self.speaker.say("Valkey is up.")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not _answers():
            ended = self.supervisor.first_ended()
            if ended or time.monotonic() > deadline:
                name = ended.name if ended else "web"
                msg = f"The part {name!r} does not start: its lines above say why."
                raise CannotStart(msg)
            time.sleep(0.05)

    def _tell(self, passwords: dict[str, str]) -> None:
        say = self.speaker.say
        say(f"Ready after {time.monotonic() - self.began:.1f} s: {settings.SITE_URL}/")
        for username, password in passwords.items():
            say(f"Staff sign-in at {settings.SITE_URL}/admin/: {username} {password}")
        if not os.environ.get("EMAIL_URL"):
            say(f"E-mails are written to {settings.VAR_DIR / 'mail'}.")
        say("Ctrl-C stops everything.")

    def _end_with_make(self) -> None:
        """End when the make that started this was killed: nobody could stop it then."""
        make = os.environ.get("MAKE_PID")
        if make and os.getppid() != int(make):
            raise KeyboardInterrupt

    def _on_signal(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.stopping:
            self.supervisor.hurried = True
        else:
            raise KeyboardInterrupt

    def _stop(self, run: OnlyRun) -> None:
        self.stopping = True
        run.is_stopping()
        connections.close_all()
        self.supervisor.stop()


def _check_port(*, patient: bool) -> None:
    """
    Look whether the port is free, before anything starts.

    :raises CannotStart: if it is not; after a crash the old web server gets a moment to end
    """
    deadline = time.monotonic() + (CRASHED_RUN_ENDS_SECONDS if patient else 0)
    host, port = settings.HOST, settings.PORT
    while True:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            socket.create_server((host, port), family=family).close()
        except (OSError, OverflowError) as error:
            if time.monotonic() > deadline:
                msg = (
                    f"Port {port} on {host} cannot be used ({error}): free it, "
                    f"or choose another, such as `PORT={port + 1} make up`."
                )
                raise CannotStart(msg) from None
            time.sleep(0.1)
        else:
            return


def _check_disk() -> None:
    """
    Look whether the disk has room for the catalogue and a day's work.

    :raises CannotStart: if it has not
    """
    free = shutil.disk_usage(settings.VAR_DIR).free // MEGABYTE
    if free < LEAST_FREE_MEGABYTES:
        msg = (
            f"The disk of {settings.VAR_DIR} has {free} MB left and the site needs "
            f"{LEAST_FREE_MEGABYTES}: make room, or choose another folder with VAR_DIR."
        )
        raise CannotStart(msg)


def _log_of_database() -> str:
    if os.environ.get("DATABASE_URL"):
        return "on the server that DATABASE_URL names"
    return str(settings.VAR_DIR / "postgres.log")


def _answers() -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104
    line = HTTPConnection(host, settings.PORT, timeout=5)
    with contextlib.closing(line), contextlib.suppress(OSError, HTTPException):
        line.request("GET", "/health/live", headers={"Host": "localhost"})
        return line.getresponse().status < 500  # noqa: PLR2004
    return False


def _letters() -> list[Path]:
    """List the files that e-mails were written to; none if they are really sent."""
    return [] if os.environ.get("EMAIL_URL") else list((settings.VAR_DIR / "mail").glob("*.log"))

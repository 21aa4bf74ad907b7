"""The servers of one test run: started once, shared by its workers, apart from any `make up`."""

import fcntl
import shutil
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from advisory import embedded
from advisory.embedded.postgresql import EmbeddedPostgres
from advisory.embedded.valkey import EmbeddedValkey
from advisory.var import BASE_DIR
from tests.environment import run_folder, unmeasured

TEMPLATE = "template_advisory"
MAKE_TEMPLATE = "import django; django.setup(); import tests.servers as run; run.ensure_template()"
# Nothing in a test outlives a crash of the machine.
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class Servers:
    """The run's PostgreSQL and Valkey, held by the process that started the run."""

    def __init__(self) -> None:
        self.folder = run_folder()
        self.postgres = EmbeddedPostgres(self.folder, options=QUICK)
        self.valkey = EmbeddedValkey(self.folder)
        self._template: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.postgres.start()
        self.valkey.start()

    def begin_template(self) -> None:
        """Make the template beside the workers, who gather their tests meanwhile."""
        self._template = subprocess.Popen(
            [sys.executable, "-c", MAKE_TEMPLATE],
            cwd=BASE_DIR,
            env=unmeasured() | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        )

    def stop(self) -> None:
        if self._template:
            self._template.terminate()  # a run that was broken off
            self._template.wait()
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.postgres.runtime, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def database_url() -> str:
    """Give the address of this worker's test database, for a process that a test starts."""
    return embedded.database_url(run_folder(), name=str(settings.DATABASES["default"]["NAME"]))


def make_database(name: str) -> None:
    """Give this worker a database of its own: a copy of the template."""
    connections.close_all()
    ensure_template()
    use_database(name)
    copy_template(name)


def ensure_template() -> None:
    """Make the template, or wait for whoever makes it."""
    with _one_at_a_time():
        if not _exists(TEMPLATE):
            _make_template()


def use_database(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def copy_template(name: str) -> None:
    """Replace the database ``name`` by a fresh copy of the template, whoever is connected."""
    connections.close_all()
    with EmbeddedPostgres(run_folder()).connect("postgres") as connection:
        target = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(target, sql.Identifier(TEMPLATE))
        )


def _make_template() -> None:
    unfinished = f"{TEMPLATE}_unfinished"
    server = EmbeddedPostgres(run_folder())
    server.create_database(unfinished)
    use_database(unfinished)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_catalogue", "--write", verbosity=0)
    call_command("set_up_roles", verbosity=0)
    with connections["default"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections.close_all()
    with server.connect("postgres") as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(unfinished), sql.Identifier(TEMPLATE)
            )
        )


def _exists(name: str) -> bool:
    with EmbeddedPostgres(run_folder()).connect("postgres") as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


@contextmanager
def _one_at_a_time():
    with (run_folder() / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

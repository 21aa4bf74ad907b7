"""The site as `make up` runs it, on a database of its own, with its queue and its mail."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psycopg
from django.test import override_settings

from advisory import embedded
from advisory.embedded.valkey import EmbeddedValkey
from advisory.programs import relay, web, worker
from advisory.var import BASE_DIR
from tests import servers
from tests.environment import run_folder
from tests.processes import (
    Logs,
    MailSink,
    eventually,
    free_port,
    mail_sink,
    running,
    site_environment,
)

PREPARE = """
import json
import django
django.setup()
from django.core.management import call_command
from advisory.demo_staff import renew_demo_staff
call_command("collectstatic", interactive=False, verbosity=0)
print(json.dumps(renew_demo_staff()))
"""
STAFF_EMAIL = "desk@advisory.example"


class Site:
    """A running site: its address, queue, mail and staff, and what stands in its database."""

    def __init__(
        self,
        *,
        url: str,
        database: str,
        queue: EmbeddedValkey,
        mail: MailSink,
        staff: dict[str, str],
        logs: Logs,
    ) -> None:
        self.url = url
        self.database = database
        self.queue = queue
        self.mail = mail
        self.staff = staff
        self.logs = logs

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Ask the database itself; Django's own connection belongs to the other tests."""
        with psycopg.connect(self.database) as connection:
            return connection.execute(query, parameters).fetchall()

    def value(self, query: str, parameters: Sequence[Any] = ()) -> Any:
        """Ask the database for a single value."""
        return self.rows(query, parameters)[0][0]

    def is_at_rest(self) -> bool:
        """Tell whether relay and worker have done all that was promised so far."""
        waiting: int = self.value(
            "SELECT count(*) FROM enquiries_outboxmessage"
            " WHERE done_at IS NULL AND available_at <= now()"
        )
        return waiting == 0


@contextmanager
def running_site(folder: Path, *, name: str) -> Iterator[Site]:
    """Run the whole site on the database ``name``, a new copy of the template."""
    servers.copy_template(name)
    database = embedded.database_url(run_folder(), name=name)
    port = free_port()
    url = f"http://localhost:{port}"
    queue = EmbeddedValkey(folder)
    logs = Logs(folder)
    with mail_sink() as mail:
        environment = {
            "DATABASE_URL": database,
            "REDIS_URL": queue.url,
            "EMAIL_URL": mail.url,
            "STAFF_EMAIL": STAFF_EMAIL,
            "SITE_URL": url,
            "VAR_DIR": str(folder / "var"),
            # Typing by machine is quick; that too quick is refused is shown elsewhere.
            "ENQUIRY_MIN_FILL_SECONDS": "0",
            "ENQUIRY_BUDGET_PER_ADDRESS": "0",
            "ENQUIRY_BUDGET_PER_CONTACT": "0",  # many stories of one person
            "FIRM_LEGAL_NAME": "Example Advisory Pty Ltd",
            "FIRM_ABN": "00 000 000 000",
            "FIRM_AGENTS": "Jo Example, MARN 0000000",
            "FIRM_PHONE": "+61 2 5550 0000",
        }
        staff = _prepare(environment)
        with override_settings(HOST="127.0.0.1", PORT=port):
            parts = [web(logs), relay(logs), worker(logs)]
        queue.start()
        try:
            with running(*parts, environment=environment):
                eventually(lambda: _answers(port), within=90, otherwise=logs.text)
                yield Site(
                    url=url, database=database, queue=queue, mail=mail, staff=staff, logs=logs
                )
        finally:
            queue.stop()
            shutil.rmtree(queue.runtime, ignore_errors=True)


def _prepare(environment: dict[str, str]) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", PREPARE],
        cwd=BASE_DIR,
        env=site_environment(environment),
        stdout=subprocess.PIPE,
        check=True,
    )
    staff: dict[str, str] = json.loads(done.stdout)
    return staff


def _answers(port: int) -> bool:
    line = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/health/ready", headers={"Host": "localhost"})
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()

"""
Runs every benchmark and prints one table: ``python -m tests.benchmarks``.

``python -m tests.benchmarks contact`` runs those of the contact form alone, ``search`` those of
search, ``desk`` those of the desk with a million enquiries, which takes long and runs only then.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import environment

environment.prepare()
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402

django.setup()

from django.test import override_settings  # noqa: E402

from advisory import embedded  # noqa: E402
from advisory.embedded.postgresql import EmbeddedPostgres  # noqa: E402
from advisory.programs import web  # noqa: E402
from advisory.var import BASE_DIR  # noqa: E402
from tests import servers  # noqa: E402
from tests.benchmarks.clients import Cost, etag, many  # noqa: E402
from tests.benchmarks.contact import measure as measure_contact  # noqa: E402
from tests.benchmarks.desk import MANY  # noqa: E402
from tests.benchmarks.desk import measure as measure_desk  # noqa: E402
from tests.benchmarks.search import measure as measure_search  # noqa: E402
from tests.environment import run_folder  # noqa: E402
from tests.processes import Logs, eventually, free_port, running, site_environment  # noqa: E402

ROUNDS = 5
BY_MEANING = {"SEARCH_BY_MEANING": "true"}  # as a real site; the tests go without
PAGES = {
    "occupation page": "/occupations/anzsco-2013/149212/",
    "unit group page": "/occupations/anzsco-2022/5411/",
    "qualification page": "/qualifications/BSB40307/",
    "API, one occupation": "/api/v1/occupations/anzsco-2013/149212",
}
LOAD = """
import json
import resource
import time
from django.core.management import call_command
import django
django.setup()
began = time.perf_counter()
call_command("load_catalogue", "--write", verbosity=0)
taken = time.perf_counter() - began
print(json.dumps([taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def main() -> None:
    run = servers.Servers()
    run.start()
    try:
        _print("what", "figure")
        if "desk" in sys.argv:
            servers.make_database("bench")
            many = next((int(word) for word in sys.argv if word.isdecimal()), MANY)
            with tempfile.TemporaryDirectory() as folder, _site(Path(folder)) as port:
                measure_desk(port, say=_print, many=many)
            return
        if "contact" in sys.argv:
            servers.make_database("bench")
            with tempfile.TemporaryDirectory() as folder, _site(Path(folder)) as port:
                measure_contact(port, say=_print)
            return
        if "search" not in sys.argv:
            _load("catalogue load into nothing", name="bench_load")
            _load("the same load again", name="bench_load")
        servers.make_database("bench")
        _make_vectors()
        with tempfile.TemporaryDirectory() as folder, _site(Path(folder)) as port:
            measure_search(port, say=_print)
            if "search" in sys.argv:
                return
            _pages(port)
            measure_contact(port, say=_print)
    finally:
        run.stop()


def _print(what: str, figure: str) -> None:
    print(f"{what:36}  {figure}", flush=True)  # noqa: T201


def _load(what: str, *, name: str) -> None:
    server = EmbeddedPostgres(run_folder())
    database = {"DATABASE_URL": embedded.database_url(run_folder(), name=name)}
    if what.startswith("catalogue"):
        server.create_database(name)
        _manage("migrate", "--verbosity=0", environment=database)
    done = subprocess.run(
        [sys.executable, "-c", LOAD],
        cwd=BASE_DIR,
        env=site_environment(database | BY_MEANING),
        stdout=subprocess.PIPE,
        check=True,
    )
    seconds, megabytes = json.loads(done.stdout)
    _print(what, f"{seconds:.1f} s, {megabytes:.0f} MB")


def _make_vectors() -> None:
    """Load the same catalogue again, as the site's own settings do: that makes the vectors."""
    began = time.perf_counter()
    _manage(
        *("load_catalogue", "--write", "--verbosity=0"),
        environment={"DATABASE_URL": servers.database_url()},
    )
    _print("load with every vector made", f"{time.perf_counter() - began:.1f} s")


def _manage(*words: str, environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=BASE_DIR,
        env=site_environment(environment | BY_MEANING),
        check=True,
    )


@contextmanager
def _site(folder: Path) -> Iterator[int]:
    port = free_port()
    logs = Logs(folder)
    settings = BY_MEANING | {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "DATABASE_URL": servers.database_url(),
        "SITE_URL": f"http://localhost:{port}",
        "VAR_DIR": str(folder),
        "ENQUIRY_MIN_FILL_SECONDS": "0",
        "ENQUIRY_BUDGET_PER_ADDRESS": "0",
        "ENQUIRY_BUDGET_PER_CONTACT": "0",
    }
    _manage("collectstatic", "--no-input", "--verbosity=0", environment=settings)
    with override_settings(HOST="127.0.0.1", PORT=port):
        server = web(logs)
    with running(server, environment=settings):
        eventually(lambda: _answers(port), within=60, otherwise=logs.text)
        yield port


def _answers(port: int) -> bool:
    try:
        etag(port, "/empty/")
    except OSError:
        return False
    return True


def _pages(port: int) -> None:
    """Hold warm pages against an empty view, in turn, so that a busy moment strikes both."""
    for what, path in PAGES.items():
        known = {"If-None-Match": etag(port, path)}
        rounds = [
            (
                _ask(port, "/empty/"),
                _ask(port, path),
                _ask(port, path, headers=known, status=304),
            )
            for _ in range(ROUNDS)
        ]
        _print(f"{what}, warm", _ratio([(empty, page) for empty, page, _ in rounds]))
        _print(f"{what}, 304", _ratio([(empty, known) for empty, _, known in rounds]))


def _ask(port: int, path: str, *, headers: dict[str, str] | None = None, status: int = 200) -> Cost:
    return many(port, path, headers=headers or {}, status=status, clients=4, each=400)


def _ratio(pairs: list[tuple[Cost, Cost]]) -> str:
    seen = statistics.median(page.rate / empty.rate for empty, page in pairs)
    alone = statistics.median(page.server_rate / empty.server_rate for empty, page in pairs)
    return f"{seen:.2f} x an empty view's requests/s ({alone:.2f} x a second of processor)"


if __name__ == "__main__":
    main()

"""The threads of a web process share a few connections, and find a database that was gone again."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from advisory.embedded.postgresql import EmbeddedPostgres
from advisory.var import BASE_DIR
from tests.processes import site_environment

MOST = 3
# Asks from eight threads at once whenever it is told to, and says what became of it.
ASK = """
import sys
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from django.db import DatabaseError, connection

def ask(number):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), pg_sleep(0.01)")
            return cursor.fetchone()[0]
    except DatabaseError:
        return 0
    finally:
        connection.close()

for line in sys.stdin:
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(ask, range(40)))
    print(len(set(told) - {0}), told.count(0), flush=True)
"""


@pytest.fixture
def ask(postgres: EmbeddedPostgres) -> Iterator[Callable[[], tuple[int, int]]]:
    """Ask forty times, and tell by how many connections, and how often there was none."""
    address = f"postgres://advisory@{str(postgres.runtime).replace('/', '%2F')}/postgres"
    with subprocess.Popen(
        [sys.executable, "-c", ASK],
        cwd=BASE_DIR,
        env=site_environment({"DATABASE_URL": address, "DATABASE_POOL": str(MOST)}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        typed, said = process.stdin, process.stdout
        assert typed is not None
        assert said is not None

        def told() -> tuple[int, int]:
            typed.write("ask\n")
            typed.flush()
            connections, refused = said.readline().split()
            return int(connections), int(refused)

        yield told
        process.kill()


def test_many_threads_share_a_few_connections(ask):
    connections, refused = ask()
    assert 1 < connections <= MOST
    assert not refused


def test_nobody_is_refused_once_a_killed_database_is_back(ask, postgres):
    ask()
    postgres.kill()
    postgres.start()
    connections, refused = ask()
    assert 1 <= connections <= MOST
    assert not refused

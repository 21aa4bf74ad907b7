"""Fixtures for every test: this run's servers, a database from the template, a Valkey to break."""

import gc
import os
import shutil

import coverage
import pytest
from django.test import TransactionTestCase

from advisory.embedded.postgresql import EmbeddedPostgres
from advisory.embedded.valkey import EmbeddedValkey
from tests import servers, usual_index

RUN = pytest.StashKey[servers.Servers]()
START_PROCESSES = {"processes", "up", "postgres"}  # fixtures


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """Start the servers in the process that leads the run; its workers only use them."""
    config = session.config
    if hasattr(config, "workerinput"):
        _measure_once()
    elif not config.option.collectonly:
        config.stash[RUN] = servers.Servers()
        config.stash[RUN].start()
        if getattr(config.option, "numprocesses", None):
            config.stash[RUN].begin_template()


def _measure_once():
    """
    Stop the two measurements that begin with a worker; pytest-cov then begins the one that counts.

    While one of several pauses, another goes on: a test that asks for ``no_cover`` would be
    measured all the same.
    """
    while begun := coverage.Coverage.current():
        begun.stop()
        begun.save()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """
    Begin with what takes longest: a worker with the journeys, the next with whole processes.

    Each worker begins with an equal share of this list and takes from the end of another's when
    it is done. So one site serves the journeys, and what is left to the last is short.
    """
    journeys = [item for item in items if item.get_closest_marker("journeys")]
    for item in journeys:
        item.add_marker("no_cover")  # the lines that they run are the site's, in other processes
    slow = [item for item in items if START_PROCESSES.intersection(item.fixturenames)]
    first = {*journeys, *slow}
    others = [item for item in items if item not in first]
    share = len(items) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    beside = max(share - len(journeys), 0)
    items[:] = [*journeys, *others[:beside], *slow, *others[beside:]]


def pytest_collection_finish():
    """Look less often for what may be forgotten: the tests and an index stay to the end."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_unconfigure(config):
    if RUN in config.stash:
        config.stash[RUN].stop()


def pytest_terminal_summary(terminalreporter):
    """Name the tests that did not run, and what they lack here."""
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"NOT RUN {report.nodeid}: {report.longrepr[2]}", yellow=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, worker_id):
    name = f"test_{worker_id}"
    with django_db_blocker.unblock():
        servers.make_database(name)
        usual_index.note_state()

    def start_over(self):
        # Instead of emptying the tables: the catalogue in them belongs to every test.
        servers.copy_template(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", start_over)
        yield


@pytest.fixture(autouse=True)
def _usual_index():
    """Leave the next test the index of the catalogue as it was loaded, if it was built."""
    yield
    usual_index.put_back()


@pytest.fixture
def database_url(transactional_db):
    """Give the address of this test's database, for a process that the test starts."""
    return servers.database_url()


@pytest.fixture
def valkey(tmp_path):
    """Give a running Valkey of this test's own, to stop, pause, resume and start again."""
    server = EmbeddedValkey(tmp_path)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(server.runtime)


@pytest.fixture
def postgres(tmp_path_factory):
    """Give a running PostgreSQL of this test's own, without any database of ours."""
    folder = tmp_path_factory.mktemp("postgres")
    server = EmbeddedPostgres(folder, options=servers.QUICK)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(server.runtime, ignore_errors=True)

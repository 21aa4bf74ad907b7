"""A real virus scanner for the tests that need one."""

import os

import pytest

from tests.enquiries.scanning.scanner import clamd_running, find_clamd


@pytest.fixture(scope="module")
def clamd_program():
    program = find_clamd()
    if program is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse("no clamd on the path: install clamav-daemon")
    return program


@pytest.fixture(scope="module")
def one_clamd(clamd_program):
    with clamd_running(clamd_program) as clamd:
        yield clamd


@pytest.fixture
def clamd(one_clamd, settings):
    """Give a running clamd that this test's site uses."""
    settings.CLAMAV_URL = one_clamd.url
    return one_clamd

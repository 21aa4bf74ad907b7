"""A web process as it starts, in this one."""

import os
import sys
from importlib import import_module

import pytest


@pytest.fixture
def processors():
    """Give the processors that this process may use; it has them all again afterwards."""
    has_choice = hasattr(os, "sched_setaffinity")
    before = os.sched_getaffinity(0) if has_choice else set()
    yield before
    if has_choice:
        os.sched_setaffinity(0, before)


@pytest.fixture
def web_process(processors):
    """Start as a web process does, which keeps to a processor until the test ends."""

    def start():
        sys.modules.pop("advisory.wsgi", None)
        return import_module("advisory.wsgi")

    return start

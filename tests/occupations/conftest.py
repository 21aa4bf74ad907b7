"""Fixtures for the catalogue's tests: its tables, the day its pages are read, a dictionary."""

from datetime import date

import pytest
from django.utils import timezone

from occupations.catalogue.load import EMBEDDED
from occupations.catalogue.rows import read_folder
from tests.occupations.dictionary import dictionary

__all__ = ["dictionary"]
READ_ON = date(2026, 11, 21)


@pytest.fixture
def read_on(monkeypatch):
    """Read the pages on a day of the test's choice; without a choice, soon after our copy."""

    def set_day(day):
        monkeypatch.setattr(timezone, "localdate", lambda *_: day)

    set_day(READ_ON)
    return set_day


@pytest.fixture(scope="session")
def shipped():
    """Give each shipped table as it is read from its file."""
    return read_folder(EMBEDDED, stored={})


@pytest.fixture(scope="module")
def tables(shipped):
    """Give the rows of each shipped table as mappings from column to value."""
    return {
        name: [dict(zip(read.table.names, row, strict=True)) for row in read.rows.values()]
        for name, read in shipped.items()
    }

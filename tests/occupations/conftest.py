"""Fixtures for the catalogue's tests: the day on which its pages are read, and a dictionary."""

from datetime import date

import pytest
from django.utils import timezone

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

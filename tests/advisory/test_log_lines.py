"""The log: what broke and where, and nothing of whom it was about."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from advisory.log_lines import WithoutValues

pytestmark = pytest.mark.django_db


def logged(error):
    """Write an exception down as the site's log does."""
    formatters: Any = settings.LOGGING["formatters"]
    line = formatters["line"]
    assert line["()"] == f"{WithoutValues.__module__}.{WithoutValues.__name__}"
    raised = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "Broken", (), raised)
    return WithoutValues(line["format"]).format(record)


@pytest.mark.parametrize("said", ["Help me", "DETAIL: in\n\n  several lines\n"])
def test_a_refused_row_is_told_without_its_values(said):
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("CREATE TEMP TABLE people (name text, said text, age int CHECK (age >= 18))")
        row = ["Cleo Example", said, 17]
        with pytest.raises(IntegrityError, match="Cleo") as caught, transaction.atomic():
            cursor.execute("INSERT INTO people VALUES (%s, %s, %s)", row)
    error = RuntimeError("nothing stored")
    error.__cause__ = caught.value
    text = logged(error)
    assert "people_age_check" in text
    assert "test_log_lines.py" in text
    assert text.endswith("RuntimeError: nothing stored")
    for value in ("Cleo", "several lines", "Help"):
        assert value not in text


def test_another_traceback_is_told_whole():
    said = "LookupError: the key, then DETAIL: a word"
    assert logged(LookupError(said.partition(": ")[2])).endswith(said)

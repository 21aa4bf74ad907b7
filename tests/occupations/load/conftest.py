"""An empty catalogue, and loads of small tables into it."""

import pytest
from django.db import connection

from occupations.catalogue.load import load_catalogue
from tests.occupations.load.loads import NOW
from tests.occupations.small_catalogue import write_tables


@pytest.fixture
def empty_catalogue(db):
    """Take the embedded catalogue away for this test."""
    names = connection.introspection.django_table_names()
    tables = ", ".join(name for name in names if name.startswith("occupations_"))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


@pytest.fixture
def load(tmp_path):
    """Load tables from a fresh folder."""
    numbers = iter(range(100))

    def load(*, now=NOW, write=True, allow_shrink=False, **tables):
        folder = write_tables(tmp_path / f"tables-{next(numbers)}", tables)
        return load_catalogue(folder, now=now, write=write, allow_shrink=allow_shrink)

    return load

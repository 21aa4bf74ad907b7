"""Rows of several tables in one query: each annotation brings one table as a list of dicts."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject

Rows = list[dict[str, Any]]


def collected(rows: QuerySet, *names: str, **paths: str) -> ArraySubquery:
    """Annotate with these columns of ``rows``; a keyword renames a path across relations."""
    columns = {name: F(name) for name in names} | {name: F(path) for name, path in paths.items()}
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def dated(rows: Rows) -> Rows:
    """Turn the values of columns named ``…_on`` back into dates, in place."""
    for row in rows:
        for name, value in row.items():
            if name.endswith("_on") and isinstance(value, str):
                row[name] = date.fromisoformat(value)
    return rows

"""Storing the new rows of several tables by one statement, where the time of a visitor counts."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

type Fields = Sequence[Field[Any, Any]]


def store_together(rows: Iterable[Model]) -> None:
    """
    Store new rows of any tables in one round trip; they are given no keys.

    All that guards a table guards it here too: only what ``save`` does beside it is left out.
    """
    by_model: dict[type[Model], list[Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    inserts = [_insert(model, len(of_one)) for model, of_one in by_model.items()]
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for model, of_one in by_model.items()
        for row in of_one
        for field in _written(model)
    ]
    if inserts:
        *first, last = inserts
        named = ", ".join(f"part_{number} AS ({each})" for number, each in enumerate(first))
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {named} {last}" if first else last, values)


@cache
def _written(model: type[Model]) -> Fields:
    """List the fields that a new row is written with: neither its key nor what is computed."""
    fields = model._meta.concrete_fields
    return [field for field in fields if not (field.primary_key or field.generated)]


@cache
def _insert(model: type[Model], rows: int) -> str:
    quote, fields = connection.ops.quote_name, _written(model)
    columns = ", ".join(quote(field.column or "") for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    into = f"{quote(model._meta.db_table)} ({columns})"
    return f"INSERT INTO {into} VALUES {', '.join([row] * rows)}"  # noqa: S608 - our own names

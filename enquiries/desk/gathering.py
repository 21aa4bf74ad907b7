"""Rows that belong to another, read with it in one query and given as rows of their own models."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Func, JSONField, Model, QuerySet
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler

NAMES = ("id", "username", "first_name", "last_name")  # what names a member of staff


class WholeRow(Func):
    """The row that a column stands in, as JSON by the names of its columns."""

    arity = 1
    output_field = JSONField()

    def as_sql(self, compiler: SQLCompiler, *_: Any, **__: Any) -> tuple[str, tuple[()]]:
        (column,) = self.get_source_expressions()
        return f"to_jsonb({compiler.quote_name(column.alias)})", ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """
    Rows to read beside another row: all their columns, or those named.

    ``staff`` are the relations to members of staff whose names are read with them.
    """

    rows: QuerySet[Any]
    columns: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()

    def annotation(self) -> ArraySubquery:
        """Select the rows as one value, in their order."""
        told: Func = WholeRow(F("pk"))
        if self.columns:
            told = JSONObject(**{column: F(column) for column in self.columns})
        if self.staff:
            theirs = {
                whose: JSONObject(**{name: F(f"{whose}__{name}") for name in NAMES})
                for whose in self.staff
            }
            told = JSONObject(row=told, **theirs)
        return ArraySubquery(self.rows.values(told=told))

    def read(self, values: Iterable[Mapping[str, Any]]) -> tuple[Any, ...]:
        """Make the rows again of what was selected."""
        if not self.staff:
            return tuple(_row(self.rows.model, value) for value in values)
        people: dict[int, User] = {}
        found = []
        for value in values:
            row = _row(self.rows.model, value["row"])
            for whose in self.staff:
                number = value[whose]["id"]
                if number is not None:
                    people[number] = people.get(number) or _row(User, value[whose])
                    setattr(row, whose, people[number])
            found.append(row)
        return tuple(found)


def _row[Row: Model](model: type[Row], value: Mapping[str, Any]) -> Row:
    """Make a row of its columns; those that were not selected are read when they are asked for."""
    fields = [field for field in model._meta.concrete_fields if (field.column or "") in value]
    told = [field.to_python(value[field.column or ""]) for field in fields]
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], told)

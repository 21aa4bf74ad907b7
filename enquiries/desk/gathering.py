"""Rows that belong to another, read with it in one query and given as rows of their own models."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Model, QuerySet
from django.db.models.functions import JSONObject

NAMES = ("id", "username", "first_name", "last_name")  # what names a member of staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """
    Rows to read beside another row: all their columns, or those named.

    ``staff`` are the relations to members of staff who are read with their names.
    """

    rows: QuerySet[Any]
    columns: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()

    def annotation(self) -> ArraySubquery:
        """Select the rows as one value, in their order."""
        names = [
            *self._columns(),
            *(f"{whose}__{name}" for whose in self.staff for name in NAMES),
        ]
        return ArraySubquery(self.rows.values(row=JSONObject(**{name: F(name) for name in names})))

    def read(self, values: Iterable[Mapping[str, Any]]) -> tuple[Any, ...]:
        """Make the rows again of what was selected."""
        model, names, staff = self.rows.model, self._columns(), dict[int, User]()
        found = []
        for value in values:
            row = _row(model, names, [value[name] for name in names])
            for whose in self.staff:
                person = [value[f"{whose}__{name}"] for name in NAMES]
                if person[0] is not None:
                    setattr(row, whose, staff.setdefault(person[0], _row(User, NAMES, person)))
            found.append(row)
        return tuple(found)

    def _columns(self) -> tuple[str, ...]:
        fields = self.rows.model._meta.concrete_fields
        return self.columns or tuple(field.attname for field in fields)


def _row[Row: Model](model: type[Row], names: tuple[str, ...], values: list[Any]) -> Row:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    told = [fields[name].to_python(value) for name, value in zip(names, values, strict=True)]
    return model.from_db(DEFAULT_DB_ALIAS, names, told)

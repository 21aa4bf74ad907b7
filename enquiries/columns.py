"""The columns of the tables of enquiries in words: what each is called, and what its values say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import capfirst

from enquiries.models import ChangeRecord, Enquiry

type Value = str | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The members of staff and the references of enquiries whose numbers stand in changes."""

    users: Mapping[int, User]
    references: Mapping[int, str]


def named_in(records: Iterable[ChangeRecord]) -> Named:
    """Look up whom and which enquiries some changes name, in two queries at most."""
    wanted: dict[object, set[int]] = {User: set(), Enquiry: set()}
    for record in records:
        if record.by:
            wanted[User].add(record.by)
        for column, values in record.changed.items():
            field = field_of(record.table, column)
            if field and values and field.related_model in wanted:
                wanted[field.related_model].update(each for each in values if each)
    enquiries = Enquiry.objects.only("reference").in_bulk(wanted[Enquiry])
    return Named(
        users=User.objects.in_bulk(wanted[User]),
        references={pk: each.reference for pk, each in enquiries.items()},
    )


def tables() -> dict[str, str]:
    """Say what the rows of each table of enquiries are called, as in “Follow-up”."""
    return {table: capfirst(str(model._meta.verbose_name)) for table, model in _models().items()}


def model_of(table: str) -> type[models.Model] | None:
    """Find the model whose rows are kept in a table."""
    return _models().get(table)


def field_of(table: str, column: str) -> models.Field | None:
    """Find a column's field; the database may know one that this release does not."""
    model = model_of(table)
    try:
        field = model._meta.get_field(column.removesuffix("_id")) if model else None
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def called(table: str, column: str) -> str:
    """Say what a column is called, as in “Date of birth”."""
    field = field_of(table, column)
    return capfirst(str(field.verbose_name) if field else column.replace("_", " "))


def readable(value: object, *, field: models.Field | None, named: Named) -> Value:
    """Say in words what a column holds, of an instant the instant; None if that is nothing."""
    if value is None or value == "":
        return None
    if isinstance(field, models.DateTimeField):
        return parse_datetime(str(value))
    if isinstance(value, list):
        inner = getattr(field, "base_field", field)
        return ", ".join(str(readable(each, field=inner, named=named)) for each in value) or None
    return _in_words(value, field=field, named=named)


def _in_words(value: object, *, field: models.Field | None, named: Named) -> str:
    if isinstance(value, int) and field and field.related_model is User:
        user = named.users.get(value)
        return (user.get_full_name() or user.get_username()) if user else str(value)
    if isinstance(value, int) and field and field.related_model is Enquiry:
        return named.references.get(value, str(value))
    if isinstance(field, models.DateField) and (day := parse_date(str(value))):
        return f"{day.day} {day:%b %Y}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    choices = dict(field.flatchoices) if field else {}
    return str(choices.get(value, value))


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_app_config("enquiries").get_models()}

"""Edit conflicts: what others changed about an enquiry since a page of it was shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import OuterRef, QuerySet
from django.utils.dateparse import parse_datetime

from enquiries.models import ChangeKind, ChangeRecord, Enquiry

MOST_SHOWN = 50  # changes, the newest
NOT_WORTH_TELLING = frozenset(
    {"claimed_at", "closed_at", "content_digest", "last_contact_at", "link_version"}
    | {"person_digest", "done_by_id", "slot_id", "sequence", "tzdata_version", "escalation"}
)
type Value = str | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """
    One column that someone else changed; without ``by`` it was the person, or the site itself.

    ``column`` names it if it is of the enquiry itself. ``values_told`` is False where the record
    names the column alone, as of every contact.
    """

    by: User | None
    at: datetime
    what: str
    values_told: bool
    column: str = ""
    before: Value = None
    after: Value = None


def newest_change(enquiry: Enquiry) -> int:
    """Give the number of the newest change of an enquiry or of what belongs to it; 0 if none."""
    return changes_of(enquiry.pk).values_list("pk", flat=True).first() or 0


def changes_of(number: int | OuterRef) -> QuerySet[ChangeRecord]:
    """List the changes of the enquiry of this number, the newest first."""
    return ChangeRecord.objects.filter(enquiry_number=number).order_by("-pk")


def changes_since(enquiry: Enquiry, *, seen: int, not_by: User) -> list[Difference]:
    """
    List what others than ``not_by`` changed after the change ``seen``, in the order of time.

    Rows that were added or deleted, as notes and calls, are named whole. At most the 50 newest
    changes are read, in two queries.
    """
    since = changes_of(enquiry.pk).filter(pk__gt=seen)
    records = list(since.exclude(by=not_by.pk)[:MOST_SHOWN])[::-1]
    users = User.objects.in_bulk(_users_in(records))
    return [told for record in records for told in _told(record, users=users)]


def _users_in(records: Iterable[ChangeRecord]) -> set[int]:
    owners = {
        each
        for record in records
        for column, values in record.changed.items()
        if column.endswith(("owner_id", "by_id")) and values
        for each in values
    }
    return {each for each in {*owners, *(record.by for record in records)} if each}


def _told(record: ChangeRecord, *, users: dict[int, User]) -> Iterator[Difference]:
    by = users.get(record.by) if record.by else None
    model = _models().get(record.table)
    if model is None:
        return
    row = "" if model is Enquiry else f"{model._meta.verbose_name}: ".capitalize()
    if record.kind != ChangeKind.UPDATE:
        what = f"{row or 'Enquiry: '}{record.get_kind_display().lower()}"
        yield Difference(by=by, at=record.at, what=what, values_told=False)
        return
    for column, values in record.changed.items():
        field = _field(model, column)
        if field is None or column in NOT_WORTH_TELLING:
            continue
        label = f"{row}{field.verbose_name}"
        what = label[:1].upper() + label[1:]
        name = column if model is Enquiry else ""
        if values is None:
            yield Difference(by=by, at=record.at, what=what, values_told=False, column=name)
        else:
            before, after = (_readable(each, field=field, users=users) for each in values)
            yield Difference(
                by=by,
                at=record.at,
                what=what,
                values_told=True,
                column=name,
                before=before,
                after=after,
            )


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_app_config("enquiries").get_models()}


def _field(model: type[models.Model], column: str) -> models.Field | None:
    """Find a column's field; the database may know one that this release does not."""
    try:
        field = model._meta.get_field(column.removesuffix("_id"))
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _readable(value: object, *, field: models.Field, users: dict[int, User]) -> Value:
    if value is None or value == "":
        return None
    if field.related_model is User and isinstance(value, int):
        user = users.get(value)
        return (user.get_full_name() or user.get_username()) if user else None
    if isinstance(field, models.DateTimeField):
        return parse_datetime(str(value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        inner = getattr(field, "base_field", field)
        return ", ".join(str(_readable(each, field=inner, users=users)) for each in value) or None
    return str(dict(field.flatchoices).get(value, value))

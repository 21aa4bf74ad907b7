"""Forgetting a contact: blanked in every text that belongs to an enquiry, whoever wrote it."""

from collections.abc import Collection, Iterator

from django.db import models

from enquiries.models import Consent, Enquiry
from enquiries.redaction import without_contacts, without_known

NEVER = {"sha256"}  # a digest, which may hold any digits


def forget_contacts(enquiry: Enquiry, *, contacts: Collection[str], and_all_of: str = "") -> None:
    """
    Blank the ``contacts`` in the texts of an enquiry and of all that belongs to it.

    They are numbers in E.164 and e-mail addresses; the columns that hold a contact are the
    caller's. With ``and_all_of``, a country (ISO alpha-2), whatever looks like a contact goes,
    since it may be another one of the same person. New tables are found by their keys, so
    that none can be forgotten here.
    """
    for rows in _rows_of(enquiry):
        texts = [field.name for field in _texts(rows.model)]
        for row in rows:
            changed = []
            for name in texts:
                before = getattr(row, name)
                after = without_known(before, contacts=contacts)
                if and_all_of:
                    after = without_contacts(after, country=and_all_of)
                after = after[: _room(row, name)]
                if after != before:
                    setattr(row, name, after)
                    changed.append(name)
            if changed:
                row.save(update_fields=changed)
    enquiry.refresh_from_db()


def _rows_of(enquiry: Enquiry) -> Iterator[models.QuerySet[models.Model]]:
    yield Enquiry.objects.filter(pk=enquiry.pk)
    for path, model in _belonging(Enquiry, path=""):
        if _texts(model):
            yield model._default_manager.filter(**{path: enquiry})


def _belonging(model: type[models.Model], *, path: str) -> Iterator[tuple[str, type[models.Model]]]:
    for relation in model._meta.related_objects:
        child = relation.related_model
        if child in {model, Enquiry, Consent} or isinstance(child, str):
            continue
        way = f"{relation.field.name}__{path}" if path else relation.field.name
        yield way, child
        yield from _belonging(child, path=way)


def _texts(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and field.editable
        and not (field.choices or field.unique or field.name in NEVER)
    ]


def _room(row: models.Model, name: str) -> int | None:
    return getattr(row._meta.get_field(name), "max_length", None)

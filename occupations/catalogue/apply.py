"""Write the changes of a load: the rows themselves, and what the change log keeps of them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import batched

from django.db import connection

from occupations.catalogue.changes import TableChanges
from occupations.catalogue.recording import RecordedChange, recorded_changes
from occupations.catalogue.rows import PublishedTable
from occupations.catalogue.stored import StoredTable, model_values
from occupations.catalogue.tables import TABLES, Key, Row, Table
from occupations.models import CatalogueLoad, FactChange

BATCH = 1000


def apply_changes(
    stored: Mapping[str, StoredTable],
    published: Mapping[str, PublishedTable],
    changes: Mapping[str, TableChanges],
    *,
    on: date,
) -> None:
    """
    Write the changes, so that no row ever names one that is not there.

    Rows that no other table names go first and are replaced whole where they were altered: two
    of them may swap a unique place. Rows that others name go last.
    """
    named = {reference.table for table in TABLES for reference in table.references}
    for name in changes.keys() - named:
        _delete(stored[name], [*changes[name].withdrawn, *changes[name].altered])
    ids = {name: dict(stored[name].ids) for name in _concerned(stored, changes)}
    for name, change in changes.items():
        before, rows = stored[name], published[name].rows
        fresh = [key for key in change.added if key not in before.rows]
        altered = [key for key in change.added if key in before.rows]
        (altered if name in named else fresh).extend(change.altered)
        for ready in _in_rounds(before.table, fresh, rows):
            _create(before, ready, rows, ids)
        _update(before, altered, rows, ids)
    for name in reversed([name for name in changes if name in named]):
        if stored[name].table.is_kept:
            _withdraw(stored[name], changes[name].withdrawn, on=on)
        else:
            _delete(stored[name], changes[name].withdrawn)


def count_anew(changed: Iterable[StoredTable]) -> None:
    """Have the database count what it holds now, so that it plans its answers by that."""
    with connection.cursor() as cursor:
        for one in changed:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(one.model._meta.db_table)}")


def _concerned(stored: Mapping[str, StoredTable], changes: Mapping[str, TableChanges]) -> set[str]:
    """Name the tables that change, and those that their rows name."""
    tables = [stored[name].table for name in changes]
    return {*changes, *(reference.table for table in tables for reference in table.references)}


def recorded(
    stored: Mapping[str, StoredTable],
    published: Mapping[str, PublishedTable],
    changes: Mapping[str, TableChanges],
) -> Iterator[RecordedChange]:
    """Give the changes of a load fact by fact."""
    for name, change in changes.items():
        before = stored[name]
        yield from recorded_changes(
            before.table, change, stored=before.rows, published=published[name].rows
        )


def record_changes(load: CatalogueLoad, facts: Iterable[RecordedChange]) -> None:
    """Add facts to the change log."""
    rows = (
        FactChange(
            load=load,
            table=fact.table,
            kind=fact.kind,
            key=fact.key,
            edition=fact.edition,
            code=fact.code,
            before=fact.before,
            after=fact.after,
        )
        for fact in facts
    )
    for batch in batched(rows, BATCH):
        FactChange.objects.bulk_create(batch)


def _delete(before: StoredTable, keys: Iterable[Key]) -> None:
    before.all_rows().filter(pk__in=[before.ids[key] for key in keys]).delete()


def _withdraw(before: StoredTable, keys: Iterable[Key], *, on: date) -> None:
    ids = [before.ids[key] for key in keys]
    before.all_rows().filter(pk__in=ids).update(withdrawn_on=on)


def _in_rounds(table: Table, keys: list[Key], rows: Mapping[Key, Row]) -> Iterator[list[Key]]:
    """Order new rows so that those which name rows of their own table come after these."""
    waiting = set(keys)
    own = [one for one in table.references if one.table == table.name and one.field]
    while waiting:
        ready = [
            key
            for key in keys
            if key in waiting
            and not any(
                named in waiting
                for reference in own
                for named in table.referred(rows[key], reference)
            )
        ]
        waiting.difference_update(ready)
        yield ready


def _create(
    before: StoredTable,
    keys: list[Key],
    rows: Mapping[Key, Row],
    ids: dict[str, dict[Key, int]],
) -> None:
    for batch in batched(keys, BATCH):
        created = before.all_rows().bulk_create(
            before.model(**dict(model_values(before.table, rows[key], ids))) for key in batch
        )
        own_ids = ids[before.table.name]
        own_ids.update((key, row.pk) for key, row in zip(batch, created, strict=True))


def _update(
    before: StoredTable,
    keys: list[Key],
    rows: Mapping[Key, Row],
    ids: dict[str, dict[Key, int]],
) -> None:
    """Bring rows that keep their ids up to date; a withdrawn one that is back is current again."""
    for batch in batched(keys, BATCH):
        values = [dict(model_values(before.table, rows[key], ids)) for key in batch]
        if before.table.is_kept:
            values = [{**row, "withdrawn_on": None} for row in values]
        instances = [
            before.model(pk=before.ids[key], **row) for key, row in zip(batch, values, strict=True)
        ]
        fields = [name.removesuffix("_id") for name in values[0]]
        before.all_rows().bulk_update(instances, fields)

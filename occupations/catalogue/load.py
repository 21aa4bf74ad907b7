"""Apply a folder of published tables to the stored catalogue, in one transaction."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from occupations.catalogue.changes import (
    TableChanges,
    compare,
    implausible_shrinks,
    still_named,
)
from occupations.catalogue.rows import (
    CatalogueRejected,
    Problem,
    PublishedTable,
    read_folder,
)
from occupations.catalogue.stored import StoredTable, model_values, read_stored
from occupations.catalogue.tables import TABLES, Key, Row, Table
from occupations.models import CatalogueLoad

EMBEDDED = Path(__file__).resolve().parent / "data"
CODE = Path(__file__).resolve().parent.parent
BATCH = 1000
LOCK = 0x0CA7A109


class ImplausibleShrink(Exception):
    """The load would withdraw too much of an edition or table, so nothing was written."""

    def __init__(self, shrinks: list[str]) -> None:
        self.shrinks = tuple(shrinks)
        super().__init__("\n".join(shrinks))


@dataclass(frozen=True)
class Loaded:
    """What a load changes, or would change, by table; and the catalogue revision after it."""

    changes: Mapping[str, TableChanges]
    revision: int | None


@transaction.atomic
def load_catalogue(
    folder: Path, *, now: datetime, write: bool = False, allow_shrink: bool = False
) -> Loaded:
    """
    Compare a folder of published tables with the stored catalogue and, to ``write``, apply it.

    A table without a file stays untouched. Groups, occupations, qualifications and units that
    the tables leave out are marked withdrawn; other rows go. Only a load that changes something
    makes a new revision. Loads wait for one another.

    :raises CatalogueRejected: with every error of every file
    :raises ImplausibleShrink: unless ``allow_shrink``
    """
    _wait_for_other_loads()
    newest = CatalogueLoad.objects.first()
    revision = newest.pk if newest else None
    digest = _digest(folder)
    if newest and newest.digest == digest:
        return Loaded({}, revision)
    stored = {table.name: read_stored(table) for table in TABLES}
    known = {name: table.current().keys() for name, table in stored.items()}
    published = read_folder(folder, stored=known)
    changes = {
        name: compare(read.table, stored=stored[name].current(), published=read.rows)
        for name, read in published.items()
    }
    _check_nothing_is_orphaned(stored, changes)
    if not allow_shrink:
        _check_shrinks(stored, changes)
    changes = {name: change for name, change in changes.items() if change}
    if write and changes:
        _apply(stored, published, changes, on=timezone.make_naive(now).date())
        counts = {name: change.counts() for name, change in changes.items()}
        revision = CatalogueLoad.objects.create(loaded_at=now, digest=digest, changes=counts).pk
    return Loaded(changes, revision)


def _wait_for_other_loads() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _digest(folder: Path) -> str:
    """Summarise the tables together with the code that reads them."""
    digest = hashlib.sha256()
    code = [*(CODE / "catalogue").rglob("*.py"), CODE / "folding.py"]
    for path in sorted(code) + sorted(folder.glob("*.csv")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _check_nothing_is_orphaned(
    stored: Mapping[str, StoredTable], changes: Mapping[str, TableChanges]
) -> None:
    """Refuse to leave out what rows name that no file of this load could alter."""
    problems = []
    for name, change in changes.items():
        for other in stored.values() if change.withdrawn else ():
            staying = [] if other.table.name in changes else list(other.current().values())
            if other.table.is_kept and not stored[name].table.is_kept:
                now_withdrawn = changes.get(other.table.name, TableChanges()).withdrawn
                gone = {*other.withdrawn, *now_withdrawn}
                staying += [other.rows[key] for key in gone]
            problems += [
                Problem(f"{name}.csv", 1, 1, _left_out(key, other.table))
                for key in still_named(
                    other.table, rows=staying, target=name, leaving=set(change.withdrawn)
                )
            ]
    if problems:
        raise CatalogueRejected(problems)


def _left_out(key: Key, by: Table) -> str:
    words = " ".join(str(value) for value in key)
    return f"{words} is left out, but stored rows of {by.name} still name it"


def _check_shrinks(stored: Mapping[str, StoredTable], changes: Mapping[str, TableChanges]) -> None:
    shrinks = [
        shrink
        for name, change in changes.items()
        for shrink in implausible_shrinks(
            stored[name].table, stored=stored[name].current(), withdrawn=change.withdrawn
        )
    ]
    if shrinks:
        raise ImplausibleShrink(shrinks)


def _apply(
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
    ids = {name: dict(table.ids) for name, table in stored.items()}
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

"""Apply a folder of published tables to the stored catalogue, in one transaction."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from occupations.catalogue.apply import apply_changes, record_changes
from occupations.catalogue.changes import (
    TableChanges,
    compare,
    implausible_shrinks,
    still_named,
)
from occupations.catalogue.official import read_official
from occupations.catalogue.rows import (
    CatalogueRejected,
    Problem,
    PublishedTable,
    check_tables,
    read_files,
    strange_files,
)
from occupations.catalogue.stored import StoredTable, read_stored
from occupations.catalogue.tables import TABLES, Key, Table
from occupations.models import CatalogueLoad

EMBEDDED = Path(__file__).resolve().parent / "data"
CODE = Path(__file__).resolve().parent.parent
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
    folder: Path,
    *,
    now: datetime,
    official: Path | None = None,
    write: bool = False,
    allow_shrink: bool = False,
) -> Loaded:
    """
    Compare a folder of published tables with the stored catalogue and, to ``write``, apply it.

    A table without a file stays untouched. Groups, occupations, qualifications and units that
    the tables leave out are marked withdrawn; other rows go. Only a load that changes something
    makes a new revision. Loads wait for one another.

    The folder ``official`` holds a publisher's wording, whose files make a table of their own.

    :raises CatalogueRejected: with every error of every file
    :raises ImplausibleShrink: unless ``allow_shrink``
    """
    _wait_for_other_loads()
    newest = CatalogueLoad.objects.first()
    revision = newest.pk if newest else None
    digest = _digest(folder, official, before=newest.digest if newest else "")
    if newest and newest.digest == digest:
        return Loaded({}, revision)
    stored = {table.name: read_stored(table) for table in TABLES}
    known = {name: table.current().keys() for name, table in stored.items()}
    published = _read(folder, official, stored=known)
    changes = {
        name: compare(read.table, stored=stored[name].current(), published=read.rows)
        for name, read in published.items()
    }
    _check_nothing_is_orphaned(stored, changes)
    if not allow_shrink:
        _check_shrinks(stored, changes)
    changes = {name: change for name, change in changes.items() if change}
    if write and changes:
        apply_changes(stored, published, changes, on=timezone.make_naive(now).date())
        load = CatalogueLoad.objects.create(
            loaded_at=now, digest=digest, changes=_counts(stored, changes)
        )
        record_changes(load, stored, published, changes)
        revision = load.pk
    elif write and newest:
        CatalogueLoad.objects.filter(pk=newest.pk).update(digest=digest)
    return Loaded(changes, revision)


def _wait_for_other_loads() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _read(
    folder: Path, official: Path | None, *, stored: Mapping[str, Collection[Key]]
) -> dict[str, PublishedTable]:
    published, found = read_files(folder), list(strange_files(folder))
    beside: list[PublishedTable] = []
    if official:
        wording = read_official(official)
        beside += wording.files
        found += wording.problems
        published[wording.texts.table.name] = wording.texts
    check_tables(published, stored=stored, beside=beside, found=found)
    return published


def _digest(folder: Path, official: Path | None, *, before: str) -> str:
    """
    Summarise the tables with the code that reads them, then the official wording.

    A load without official wording leaves that as it was ``before``.
    """
    code = [*(CODE / "catalogue").rglob("*.py"), CODE / "folding.py"]
    tables = _digest_of([*sorted(code), *sorted(folder.glob("*.csv"))])
    if official is None:
        return tables + (before[len(tables) :] or _digest_of([]))
    return tables + _digest_of(sorted(official.glob("*.csv")))


def _digest_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:32]


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


def _counts(
    stored: Mapping[str, StoredTable], changes: Mapping[str, TableChanges]
) -> dict[str, dict[str, int | bool]]:
    """Count what changes by table; ``first`` marks a table that was empty before."""
    return {
        name: {**change.counts(), **({} if stored[name].rows else {"first": True})}
        for name, change in changes.items()
    }

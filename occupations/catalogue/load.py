"""Apply a folder of published tables to the stored catalogue, in one transaction."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from occupations.catalogue.apply import apply_changes, count_anew, record_changes, recorded
from occupations.catalogue.changes import (
    TableChanges,
    compare,
    implausible_shrinks,
    still_named,
)
from occupations.catalogue.official import read_official
from occupations.catalogue.outranking import Uploaded, outrank, shipped_as_at, standing
from occupations.catalogue.recording import RecordedChange
from occupations.catalogue.rows import (
    CatalogueRejected,
    Problem,
    PublishedTable,
    check_tables,
    read_files,
    strange_files,
)
from occupations.catalogue.stored import CurrentKeys, StoredTable, StoredTables
from occupations.catalogue.tables import TABLES, Key, Table
from occupations.catalogue.uploads import loaded_uploads
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
    """
    What a load changes, or would change, by table; and the catalogue revision after it.

    ``facts`` gives the changes one by one; ``shrinks`` says where much would be withdrawn.
    """

    changes: Mapping[str, TableChanges]
    revision: int | None
    facts: Callable[[], Iterator[RecordedChange]] = lambda: iter(())
    shrinks: tuple[str, ...] = ()


@transaction.atomic
def load_catalogue(
    folder: Path,
    *,
    now: datetime,
    official: Path | None = None,
    proposed: Uploaded | None = None,
    only: Collection[str] = (),
    write: bool = False,
    allow_shrink: bool = False,
) -> Loaded:
    """
    Compare a folder of published tables with the stored catalogue and, to ``write``, apply it.

    A table without a file stays untouched. Groups, occupations, qualifications and units that
    the tables leave out are marked withdrawn; other rows go. Only a load that changes something
    makes a new revision. Loads wait for one another.

    The folder ``official`` holds a publisher's wording, whose files make a table of their own.
    Tables that editors uploaded stand in the place of older embedded ones; so does a
    ``proposed`` one. A load of ``only`` some tables leaves the others untouched.

    :raises CatalogueRejected: with every error of every file
    :raises ImplausibleShrink: unless ``allow_shrink``
    """
    _wait_for_other_loads()
    newest = CatalogueLoad.objects.first()
    revision = newest.pk if newest else None
    uploads = _uploads(folder, proposed=proposed, only=only)
    digest = _digest(folder, official, uploads, before=newest.digest if newest else "")
    if newest and newest.digest == digest and not only:
        return Loaded({}, revision)
    stored = StoredTables()
    published = _read(folder, official, uploads, only=only, stored=CurrentKeys(stored))
    changes = {
        name: compare(read.table, stored=stored[name].current(), published=read.rows)
        for name, read in published.items()
    }
    _check_nothing_is_orphaned(stored, changes)
    shrinks = _shrinks(stored, changes)
    if shrinks and not allow_shrink:
        raise ImplausibleShrink(shrinks)
    changes = {name: change for name, change in changes.items() if change}
    if write and changes:
        load = CatalogueLoad.objects.create(
            loaded_at=now, digest="" if only else digest, changes=_counts(stored, changes)
        )
        listed = {name: change for name, change in changes.items() if stored[name].rows}
        record_changes(load, recorded(stored, published, listed))
        apply_changes(stored, published, changes, on=timezone.make_naive(now).date())
        count_anew(stored[name] for name in changes)
        revision = load.pk
    elif write and newest and not only:
        CatalogueLoad.objects.filter(pk=newest.pk).update(digest=digest)
    return Loaded(changes, revision, lambda: recorded(stored, published, changes), tuple(shrinks))


def _wait_for_other_loads() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _uploads(
    folder: Path, *, proposed: Uploaded | None, only: Collection[str]
) -> tuple[Uploaded, ...]:
    """Find the uploads that stand in the place of this folder's tables: only of our own folder."""
    if folder != EMBEDDED:
        return ()
    uploads = [*loaded_uploads(), *([proposed] if proposed else [])]
    standing_in = standing(uploads, as_at=shipped_as_at(folder)) if uploads else ()
    return tuple(upload for upload in standing_in if not only or upload.table in only)


def _read(
    folder: Path,
    official: Path | None,
    uploads: Sequence[Uploaded],
    *,
    only: Collection[str],
    stored: Mapping[str, Collection[Key]],
) -> dict[str, PublishedTable]:
    found = list(strange_files(folder))
    outranked = outrank(read_files(folder, only=only), uploads)
    published, beside = outranked.published, list(outranked.beside)
    if official:
        wording = read_official(official)
        beside += wording.files
        found += wording.problems
        published[wording.texts.table.name] = wording.texts
    check_tables(published, stored=stored, beside=beside, found=found)
    return published


def _digest(
    folder: Path, official: Path | None, uploads: Iterable[Uploaded], *, before: str
) -> str:
    """
    Summarise the tables with the code that reads them, then the official wording.

    A load without official wording leaves that as it was ``before``.
    """
    code = [*(CODE / "catalogue").rglob("*.py"), CODE / "folding.py"]
    files = _contents([*sorted(code), *sorted(folder.glob("*.csv"))])
    uploaded = ((upload.file_name, upload.content) for upload in uploads)
    tables = _digest_of(chain(files, uploaded))
    if official is None:
        return tables + (before[len(tables) :] or _digest_of([]))
    return tables + _digest_of(_contents(sorted(official.glob("*.csv"))))


def _contents(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    return ((path.name, path.read_bytes()) for path in paths if path.is_file())


def _digest_of(contents: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in contents:
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


def _check_nothing_is_orphaned(
    stored: Mapping[str, StoredTable], changes: Mapping[str, TableChanges]
) -> None:
    """Refuse to leave out what rows name that no file of this load could alter."""
    problems = []
    for name, change in changes.items():
        for other in _naming(name, stored) if change.withdrawn else ():
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


def _naming(name: str, stored: Mapping[str, StoredTable]) -> list[StoredTable]:
    """Find the tables whose rows may name rows of this one."""
    return [
        stored[table.name]
        for table in TABLES
        if any(reference.table == name for reference in table.references)
    ]


def _left_out(key: Key, by: Table) -> str:
    words = " ".join(str(value) for value in key)
    return f"{words} is left out, but stored rows of {by.name} still name it"


def _shrinks(stored: Mapping[str, StoredTable], changes: Mapping[str, TableChanges]) -> list[str]:
    return [
        shrink
        for name, change in changes.items()
        for shrink in implausible_shrinks(
            stored[name].table, stored=stored[name].current(), withdrawn=change.withdrawn
        )
    ]


def _counts(
    stored: Mapping[str, StoredTable], changes: Mapping[str, TableChanges]
) -> dict[str, dict[str, int | bool]]:
    """Count what changes by table; ``first`` marks a table that was empty before."""
    return {
        name: {**change.counts(), **({} if stored[name].rows else {"first": True})}
        for name, change in changes.items()
    }

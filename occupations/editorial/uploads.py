"""A table that one editor proposes and a second one approves; the worker then loads it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from itertools import islice

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from occupations.catalogue.load import EMBEDDED, Loaded, load_catalogue
from occupations.catalogue.outranking import Uploaded, shipped_as_at
from occupations.catalogue.tables import TABLES
from occupations.catalogue.tables.sources import SOURCES, TABLE_SOURCES
from occupations.models import FactChange, TableUpload

MOST_BYTES = 5 * 1024 * 1024  # twice the largest table
MOST_FACTS = 1000  # of the difference that is kept for the second person to read
UPLOADABLE = tuple(table.name for table in TABLES if table.name != "official_texts")
_DATED_BY_ROW = {SOURCES.name, TABLE_SOURCES.name}
_State = TableUpload.State


class TableRejected(Exception):
    """A table cannot be proposed; the message says why, for the editor."""


class UploadDecided(Exception):
    """Somebody has decided on this upload already, or it can no longer be decided on."""


class SecondPersonNeeded(Exception):
    """Whoever uploaded a table cannot decide on it."""


class ShrinkNotAccepted(Exception):
    """The table withdraws much, and whoever approves it has not said that this is meant."""

    def __init__(self, shrinks: Sequence[str]) -> None:
        self.shrinks = tuple(shrinks)
        super().__init__("\n".join(shrinks))


def propose_table(
    *,
    table: str,
    content: bytes,
    as_at_on: date,
    note: str,
    by: AbstractBaseUser,
    now: datetime,
) -> TableUpload:
    """
    Check a table, the bytes of its CSV file, and keep it with what it would change.

    ``as_at_on`` is the day that its facts are true of. Nothing is loaded.

    :raises CatalogueRejected: with every error of the file, each with its line and column
    :raises TableRejected: if the table is unknown, older than ours, or changes nothing
    """
    if table not in UPLOADABLE:
        raise TableRejected(f"No table of the catalogue is called “{table}”.")
    if len(content) > MOST_BYTES:
        raise TableRejected(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.")
    _check_day(table, as_at_on, today=timezone.make_naive(now).date())
    proposed = Uploaded(table=table, as_at_on=as_at_on, content=content)
    loaded = load_catalogue(EMBEDDED, now=now, proposed=proposed, only=[table], allow_shrink=True)
    if not loaded.changes:
        raise TableRejected("The file holds what the catalogue holds already.")
    upload = TableUpload(
        table=table,
        content=content,
        digest=sha256(content).hexdigest(),
        as_at_on=as_at_on,
        note=note,
        summary=_difference(loaded, table=table),
        uploaded_at=now,
        uploaded_by_id=by.pk,
    )
    upload.save(force_insert=True)
    return upload


def proposed_changes(upload: TableUpload) -> list[FactChange]:
    """Give what an upload would change, as rows of the change log that are not stored."""
    return [FactChange(**fact) for fact in upload.summary["facts"]]


@transaction.atomic
def approve_table(
    upload: TableUpload, *, by: AbstractBaseUser, now: datetime, accept_shrink: bool = False
) -> TableUpload:
    """
    Approve a proposed table, so that the worker loads it.

    :raises SecondPersonNeeded: if ``by`` uploaded it
    :raises UploadDecided: if it is no longer waiting for approval
    :raises ShrinkNotAccepted: if it withdraws much, unless ``accept_shrink``
    """
    locked = _lock(upload, by=by, among=[_State.PROPOSED])
    if locked.summary["shrinks"] and not accept_shrink:
        raise ShrinkNotAccepted(locked.summary["shrinks"])
    return _decide(locked, _State.APPROVED, by=by, now=now)


@transaction.atomic
def refuse_table(
    upload: TableUpload, *, by: AbstractBaseUser, now: datetime, reason: str = ""
) -> TableUpload:
    """
    Refuse a table; one that was loaded is taken back by the worker's next load.

    :raises SecondPersonNeeded: if ``by`` uploaded it
    :raises UploadDecided: if it was refused before, or could not be loaded
    """
    locked = _lock(upload, by=by, among=[_State.PROPOSED, _State.APPROVED, _State.LOADED])
    locked.problems = reason
    return _decide(locked, _State.REFUSED, by=by, now=now)


def _check_day(table: str, as_at_on: date, *, today: date) -> None:
    if as_at_on > today:
        raise TableRejected("The table cannot be true of a day to come.")
    if table in _DATED_BY_ROW:
        return
    shipped = shipped_as_at(EMBEDDED).get(table)
    if shipped is not None and as_at_on <= shipped:
        raise TableRejected(f"Our copy is as at {shipped}: give a later day, or none is needed.")
    loaded = TableUpload.objects.filter(
        table=table, state=_State.LOADED, as_at_on__gt=as_at_on
    ).first()
    if loaded is not None:
        raise TableRejected(f"A table as at {loaded.as_at_on} is loaded: it outranks this one.")


def _difference(loaded: Loaded, *, table: str) -> dict[str, object]:
    change = loaded.changes[table]
    counts = change.counts()
    return {
        "counts": counts,
        "facts": [asdict(fact) for fact in islice(loaded.facts(), MOST_FACTS)],
        "total": sum(counts.values()),
        "shrinks": list(loaded.shrinks),
    }


def _lock(
    upload: TableUpload, *, by: AbstractBaseUser, among: Sequence[TableUpload.State]
) -> TableUpload:
    locked = TableUpload.objects.select_for_update().get(pk=upload.pk)
    if locked.uploaded_by_id == by.pk:
        raise SecondPersonNeeded
    if locked.state not in among:
        raise UploadDecided
    return locked


def _decide(
    locked: TableUpload, state: TableUpload.State, *, by: AbstractBaseUser, now: datetime
) -> TableUpload:
    locked.state, locked.decided_by_id, locked.decided_at = state, by.pk, now
    locked.save(update_fields=["state", "decided_by", "decided_at", "problems"])
    return locked

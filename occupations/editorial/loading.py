"""Loading what editors approved: the worker's part, and the place of uploads at every start."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q, QuerySet

from occupations.catalogue.load import EMBEDDED, ImplausibleShrink, load_catalogue
from occupations.catalogue.rows import CatalogueRejected
from occupations.catalogue.uploads import as_uploaded
from occupations.models import TableUpload
from occupations.search import keep_meanings

logger = logging.getLogger(__name__)

_State = TableUpload.State


@dataclass(frozen=True)
class Revision:
    """The revision after a load, and how many rows of each table it changes, or would change."""

    number: int | None
    counts: Mapping[str, Mapping[str, int]]


def uploads_wait() -> bool:
    """Tell whether the worker has anything to load or to take back."""
    return _waiting().exists()


def load_approved(*, now: datetime) -> list[TableUpload]:
    """
    Load every approved table, and take back every loaded one that was refused; oldest first.

    Each is a load of its own: one that fails says why in ``problems`` and holds up no other.
    """
    done = []
    for pk in _waiting().order_by("decided_at", "pk").values_list("pk", flat=True):
        upload = _load_or_fail(pk, now=now)
        if upload is not None:
            done.append(upload)
    return done


def load_shipped(
    folder: Path,
    *,
    now: datetime,
    official: Path | None = None,
    write: bool = False,
    allow_shrink: bool = False,
    with_meanings: bool = True,
) -> Revision:
    """
    Load a folder as ``load_catalogue`` does; editors' tables that no longer fit are set aside.

    What the texts mean is kept with them, unless it is to be kept later, by ``make_vectors``.

    A new release may ship tables that an older upload contradicts. Such an upload is marked as
    failed, with its errors, and the shipped table stands.

    :raises CatalogueRejected: with every error of every file that is not an upload
    :raises ImplausibleShrink: unless ``allow_shrink``
    """

    def change() -> Revision:
        loaded = load_catalogue(
            folder, now=now, official=official, write=write, allow_shrink=allow_shrink
        )
        counts = {name: change.counts() for name, change in loaded.changes.items()}
        return Revision(loaded.revision, counts)

    @transaction.atomic
    def load() -> Revision:
        revision = change()  # without the changes themselves, which take much memory
        if write and with_meanings:
            keep_meanings(is_changed=bool(revision.counts))
        return revision

    try:
        return load()
    except CatalogueRejected as rejected:
        if not write or not _set_aside(rejected):
            raise
        return load()


def _waiting() -> QuerySet[TableUpload]:
    taken_back = Q(state=_State.REFUSED, loaded_at__isnull=False)
    return TableUpload.objects.filter(Q(state=_State.APPROVED) | taken_back)


def _load_or_fail(pk: int, *, now: datetime) -> TableUpload | None:
    """Load one upload, or take it back; leave it alone if another worker has it."""
    try:
        with transaction.atomic():
            upload = _waiting().select_for_update(skip_locked=True).filter(pk=pk).first()
            if upload is None:
                return None
            may_shrink = True
            if upload.state == _State.APPROVED:
                upload.state, upload.loaded_at = _State.LOADED, now
                may_shrink = bool(upload.summary["shrinks"])  # which the second person accepted
            else:
                upload.loaded_at = None
            upload.save(update_fields=["state", "loaded_at"])
            load_catalogue(
                EMBEDDED, now=now, only=[upload.table], write=True, allow_shrink=may_shrink
            )
            keep_meanings(is_changed=True)
    except (CatalogueRejected, ImplausibleShrink, DataError, IntegrityError) as error:
        TableUpload.objects.filter(pk=pk).update(
            state=_State.FAILED, problems=str(error), loaded_at=None
        )
        logger.warning("Table upload %s could not be loaded", pk)
        return None
    logger.info("Table upload %s is %s", pk, upload.state)
    return upload


def _set_aside(rejected: CatalogueRejected) -> bool:
    """Mark the loaded uploads that the problems name as failed; say whether there were any."""
    of_file: dict[str, list[str]] = {}
    for problem in rejected.problems:
        of_file.setdefault(problem.file_name, []).append(str(problem))
    found = False
    for upload in TableUpload.objects.filter(state=_State.LOADED):
        if problems := of_file.get(as_uploaded(upload).file_name):
            upload.state, upload.problems = _State.FAILED, "\n".join(problems)
            upload.save(update_fields=["state", "problems"])
            logger.error("Table upload %s no longer fits and is set aside", upload.pk)
            found = True
    return found

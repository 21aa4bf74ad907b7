"""What every reading page depends on besides its address: the catalogue, this release, the day."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from occupations.models import (
    CatalogueLoad,
    CaveatWording,
    LayWord,
    Notice,
    SourceCheck,
    TextVector,
)
from occupations.search import ask_anew

REVISION_SECONDS = 1.0  # how old the known catalogue revision may be
_EDITORS_MODELS = (CaveatWording, LayWord, Notice, SourceCheck)
_SOURCES = ("advisory", "occupations", "templates", "static")
_SOURCE_SUFFIXES = {".css", ".html", ".js", ".py", ".svg"}


@dataclass(frozen=True)
class Catalogue:
    """The newest load, and as a digest what no load touches: words of editors, and vectors."""

    revision: int = 0
    loaded_at: datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class Version:
    """What a page depends on besides its address."""

    catalogue: Catalogue
    release: str
    on: date

    @property
    def etag(self) -> str:
        """Weak, because the same page may go out compressed or not."""
        state = f"{self.catalogue.revision}-{self.catalogue.words}"
        return f'W/"{state}-{self.release}-{self.on:%Y%m%d}"'


class CurrentVersion:
    """The version of now; the database is asked for its state once a second at most."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._release = release_digest()
        self._catalogue: Catalogue | None = None
        self._read_at = 0.0
        self._seen: tuple[Version, datetime] | None = None

    def read(self, *, now: datetime) -> tuple[Version, datetime]:
        """Give the version and the instant at which this process first saw it."""
        version = Version(self._read_catalogue(), self._release, _site_date(now))
        if self._seen is None or self._seen[0] != version:
            self._seen = (version, now.replace(microsecond=0))
        return self._seen

    def _read_catalogue(self) -> Catalogue:
        now = self._clock()
        if self._catalogue is None or now - self._read_at >= REVISION_SECONDS:
            self._read_at = now  # who comes meanwhile has the state before
            try:
                known = read_catalogue()
            except DatabaseError:
                if self._catalogue is None:
                    raise
                return self._catalogue
            if known != self._catalogue:
                ask_anew()  # or a page of this version would be made, and kept, of what was before
                self._catalogue = known
        return self._catalogue


def read_catalogue() -> Catalogue:
    """Read the newest load and a digest of editors' words; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_state_query())
        revision, loaded_at, words = cursor.fetchone()
    return Catalogue(revision or 0, loaded_at, words or "")


@cache
def _state_query() -> str:
    # Every write of a row moves it, and every transaction leaves its number in it.
    places = " UNION ALL ".join(
        f"SELECT '{model.__name__} ' || id || ' ' || ctid || ' ' || xmin AS place "  # noqa: S608
        f"FROM {model._meta.db_table}"
        for model in _EDITORS_MODELS
    )
    # Vectors may come after the load, and search answers otherwise with them.
    places += f" UNION ALL SELECT 'vector ' || max(id) FROM {TextVector._meta.db_table}"  # noqa: S608
    return (
        f"SELECT newest.id, newest.loaded_at, "  # noqa: S608 (names of our own tables)
        f"(SELECT left(md5(string_agg(place, ',' ORDER BY place)), 8) FROM ({places}) AS words) "
        f"FROM (SELECT 1) AS one LEFT JOIN LATERAL (SELECT id, loaded_at "
        f"FROM {CatalogueLoad._meta.db_table} ORDER BY id DESC LIMIT 1) AS newest ON true"
    )


def _site_date(now: datetime) -> date:
    return now.astimezone(timezone.get_default_timezone()).date()


def release_digest() -> str:
    """Name this release by what its pages are made from: templates, styles, code, identity."""
    identity = repr(sorted(settings.FIRM.items())).encode()
    return hashlib.sha256(_source_digest() + identity).hexdigest()[:12]


@cache
def _source_digest() -> bytes:
    digest = hashlib.sha256()
    for folder in _SOURCES:
        for file in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if file.suffix in _SOURCE_SUFFIXES:
                digest.update(file.read_bytes())
    return digest.digest()

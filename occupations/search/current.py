"""The index of this process, built anew when a load or an editor changed what is searched."""

import logging
from threading import Lock

from django.db import connection

from occupations.models import CatalogueLoad, LayWord, TextVector
from occupations.search.gathering import gather
from occupations.search.index import Index, searched_texts
from occupations.search.meaning import give_memory_back, keep_vectors, lacks_vectors, meaning_of
from occupations.search.recent import Recent

logger = logging.getLogger(__name__)

type _State = tuple[object, ...]

_lock = Lock()
_held: tuple[_State, Index] | None = None
# The newest load, the newest vector, and a digest of editors' words, which every write moves.
_STATE = (
    f"SELECT (SELECT max(id) FROM {CatalogueLoad._meta.db_table}), "  # noqa: S608 (our own names)
    f"(SELECT max(id) FROM {TextVector._meta.db_table}), "
    f"(SELECT md5(string_agg(id || ' ' || ctid || ' ' || xmin, ',' ORDER BY id)) "
    f"FROM {LayWord._meta.db_table})"
)


def current_index() -> Index:
    """
    Give the index of the catalogue as it stands, or stood a second ago.

    Building takes a second or two. Whoever asks meanwhile gets the index before.
    """
    global _held  # noqa: PLW0603 (one index a process is the point)
    state = _state.read()
    held = _held
    if held is not None and (held[0] == state or not _lock.acquire(blocking=False)):
        return held[1]
    if held is None:
        _lock.acquire()
    try:
        if _held is None or _held[0] != state:
            _held = (state, Index(gather()))
            give_memory_back()
        return _held[1]
    finally:
        _lock.release()


def answer_headers(index: Index) -> dict[str, str]:
    """
    Give the headers of what this index answered.

    While another is built no cache may keep the answers of the one before as what the catalogue
    says now.
    """
    is_of_now = _held is not None and _held[1] is index and _held[0] == _state.read()
    return {} if is_of_now else {"Cache-Control": "private, no-cache"}


def keep_meanings(*, is_changed: bool) -> int:
    """
    Keep a vector of every text that is searched, after a load that changed something.

    Gives how many vectors were new.
    """
    if not (is_changed or lacks_vectors()):
        return 0
    return keep_vectors(searched_texts(gather()))


def warm_up() -> None:
    """Build the index and start the language model before the first visitor asks."""
    try:
        current_index()
        meaning_of("welcome")
    except Exception:
        logger.info("Search will be made ready by the first question", exc_info=True)
    finally:
        connection.close()


def _read_state() -> _State:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        return tuple(cursor.fetchone())


_state = Recent(_read_state)

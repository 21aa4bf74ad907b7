"""Searches without an answer: counted by day, kept in words only once many people asked."""

import logging
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import Error, connection, transaction
from django.utils.crypto import salted_hmac

from occupations.editorial.later import Later
from occupations.folding import fold
from occupations.models import (
    DAYS_BEFORE_WORDS,
    MOST_LETTERS,
    TIMES_BEFORE_WORDS,
    MissedSearch,
)

logger = logging.getLogger(__name__)

MOST_WORDS = 6
MOST_NEW_A_DAY = 1000  # questions: a flood of made-up ones fills no table
FORGOTTEN_AFTER = timedelta(days=90)
PATIENCE = "2s"  # for which counts wait while somebody else holds a question; no page does
_MARKS = frozenset("'- ")  # beside letters, and the signs that scripts set on letters
_CODE = re.compile(
    r"(?:(?:anzsco|osca|code)[\s:#.-]*)*[\d\s.-]+|[a-z]{3,8}\s?\d[a-z\d]{1,5}", re.IGNORECASE
)
_TABLE = MissedSearch._meta.db_table
# One trip to the database and one short transaction: the rows are free again at once, and nobody
# waits for the disk. Whoever counts takes rows in the same order, so that no two wait for each
# other.
_COUNT = f"""
    SELECT set_config('lock_timeout', %(patience)s, true),
        set_config('synchronous_commit', 'off', true);
    WITH missed AS (
        SELECT * FROM unnest(%(digests)s::text[], %(words)s::text[], %(found)s::text[],
            %(times)s::int[]) AS missed (digest, words, found, times)
    )
    INSERT INTO {_TABLE} AS kept (digest, words, found, times, days, first_on, last_on)
    SELECT digest, '', found, times, 1, %(on)s, %(on)s FROM missed
    WHERE EXISTS (SELECT FROM {_TABLE} AS known WHERE known.digest = missed.digest)
       OR (SELECT count(*) FROM {_TABLE} WHERE first_on = %(on)s) < %(most)s
    ORDER BY digest
    ON CONFLICT (digest) DO UPDATE SET
        times = kept.times + EXCLUDED.times,
        days = kept.days + (kept.last_on < EXCLUDED.last_on)::int,
        last_on = greatest(kept.last_on, EXCLUDED.last_on),
        found = EXCLUDED.found,
        words = CASE
            WHEN kept.words = ''
                AND kept.times + EXCLUDED.times >= %(least_times)s
                AND kept.days + (kept.last_on < EXCLUDED.last_on)::int >= %(least_days)s
            THEN (SELECT missed.words FROM missed WHERE missed.digest = kept.digest)
            ELSE kept.words
        END
"""  # noqa: S608 (the name of our own table)


@dataclass(frozen=True)
class _Miss:
    """A question that was missed, as it is counted."""

    digest: str
    words: str
    found: str
    on: date


def note_missed(question: str, *, is_near: bool, on: date) -> None:
    """
    Count a question that search did not answer; ``is_near`` if it showed the nearest titles.

    Kept are a digest of the question under the site's secret key, counts and days: no words until
    enough people asked, and never who asked, from where or at what time. A code is not counted.
    All questions that are never kept in words (digits, addresses, sentences) are one row.

    Counted are all questions of some seconds together, so that no page waits; till then this
    process remembers their words. Pages of answers are kept in each web process for the day
    (``advisory.page_cache``), so the same question counts once a process while its page is kept.
    The cap on new questions a day may be passed by as many as are counted at the same moment.
    Nothing is raised: a search is answered whether it could be counted or not.
    """
    miss = _miss(question, is_near=is_near, on=on)
    if miss is not None:
        _uncounted.add(miss)


def _miss(question: str, *, is_near: bool, on: date) -> _Miss | None:
    folded = fold(question)
    if not folded or _CODE.fullmatch(question.strip()):
        return None
    words = presentable(question)
    found = MissedSearch.Found.NEAR if is_near else MissedSearch.Found.NOTHING
    return _Miss(_digest(folded if words else ""), words, str(found), on)


def _count(misses: Sequence[_Miss]) -> None:
    by_day: dict[date, list[_Miss]] = defaultdict(list)
    for miss in misses:
        by_day[miss.on].append(miss)
    for on, missed in by_day.items():
        times = Counter(miss.digest for miss in missed)
        latest = {miss.digest: miss for miss in missed}
        counted: dict[str, Any] = {
            "digests": [*latest],
            "words": [miss.words for miss in latest.values()],
            "found": [miss.found for miss in latest.values()],
            "times": [times[digest] for digest in latest],
            "on": on,
            "patience": PATIENCE,
            "most": MOST_NEW_A_DAY,
            "least_times": TIMES_BEFORE_WORDS,
            "least_days": DAYS_BEFORE_WORDS,
        }
        try:
            with _apart(), connection.cursor() as cursor:
                cursor.execute(_COUNT, counted)
        except Error as error:
            lost = len(missed)
            logger.warning("Missed searches not counted: %d (%s)", lost, type(error).__name__)


_uncounted = Later(_count)


def presentable(question: str) -> str:
    """
    Write a question as editors may come to read it; empty if its words are never kept.

    Kept are up to 6 words and 60 characters, of letters, hyphens and apostrophes only.
    """
    plain = unicodedata.normalize("NFC", question).replace("\u2019", "'").lower()
    words = " ".join(plain.split())
    is_plain = all(sign in _MARKS or unicodedata.category(sign)[0] in "LM" for sign in words)
    is_short = len(words) <= MOST_LETTERS and len(words.split()) <= MOST_WORDS
    return words if is_plain and is_short else ""


def old_misses_wait(*, on: date) -> bool:
    """Tell whether a missed search is old enough to be forgotten."""
    return MissedSearch.objects.filter(last_on__lt=on - FORGOTTEN_AFTER).exists()


def forget_old_misses(*, on: date) -> int:
    """Delete what nobody has searched for in the last 90 days, and say how many they were."""
    forgotten, _ = MissedSearch.objects.filter(last_on__lt=on - FORGOTTEN_AFTER).delete()
    return forgotten


def set_aside(misses: Iterable[MissedSearch], *, by: AbstractBaseUser, now: datetime) -> int:
    """Take searches off the list of editors, as noise; say how many were still on it."""
    chosen = MissedSearch.objects.to_look_at().filter(pk__in=[miss.pk for miss in misses])
    return chosen.update(set_aside_by=by.pk, set_aside_at=now)


def put_back(misses: Iterable[MissedSearch]) -> int:
    """Take searches back onto the list of editors; say how many had been set aside."""
    chosen = MissedSearch.objects.set_aside().filter(pk__in=[miss.pk for miss in misses])
    return chosen.update(set_aside_by=None, set_aside_at=None)


def _apart() -> AbstractContextManager[None]:
    """Keep a failure out of the caller's transaction, if there is one."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _digest(folded: str) -> str:
    return salted_hmac(__name__, folded, algorithm="sha256").hexdigest()

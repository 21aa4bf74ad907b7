"""Searches without an answer: counted by day, kept in words only once many people asked."""

import logging
import re
import unicodedata
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import Error, connection, transaction
from django.utils.crypto import salted_hmac

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
PATIENCE = "100ms"  # for which a page waits while somebody else counts the same question
_MARKS = frozenset("'- ")  # beside letters, and the signs that scripts set on letters
_CODE = re.compile(
    r"(?:(?:anzsco|osca|code)[\s:#.-]*)*[\d\s.-]+|[a-z]{3,8}\s?\d[a-z\d]{1,5}", re.IGNORECASE
)
_TABLE = MissedSearch._meta.db_table
# One trip to the database and one short transaction: the row is free again at once, and nobody
# waits for the disk.
_COUNT = f"""
    SELECT set_config('lock_timeout', %(patience)s, true),
        set_config('synchronous_commit', 'off', true);
    INSERT INTO {_TABLE} AS kept (digest, words, found, times, days, first_on, last_on)
    SELECT %(digest)s, '', %(found)s, 1, 1, %(on)s, %(on)s
    WHERE EXISTS (SELECT FROM {_TABLE} WHERE digest = %(digest)s)
       OR (SELECT count(*) FROM {_TABLE} WHERE first_on = %(on)s) < %(most)s
    ON CONFLICT (digest) DO UPDATE SET
        times = kept.times + 1,
        days = kept.days + (kept.last_on < EXCLUDED.last_on)::int,
        last_on = greatest(kept.last_on, EXCLUDED.last_on),
        found = EXCLUDED.found,
        words = CASE
            WHEN kept.words = ''
                AND kept.times + 1 >= %(least_times)s
                AND kept.days + (kept.last_on < EXCLUDED.last_on)::int >= %(least_days)s
            THEN %(words)s
            ELSE kept.words
        END
"""  # noqa: S608 (the name of our own table)


def note_missed(question: str, *, is_near: bool, on: date) -> None:
    """
    Count a question that search did not answer; ``is_near`` if it showed the nearest titles.

    Kept are a digest of the question under the site's secret key, counts and days: no words until
    enough people asked, and never who asked, from where or at what time. A code is not counted.
    All questions that are never kept in words (digits, addresses, sentences) are one row.

    Pages of answers are kept in each web process for the day (``advisory.page_cache``), so the
    same question counts once a process while its page is kept. The cap on new questions a day may
    be passed by as many as are counted at the same moment. Nothing is raised: a search is
    answered whether it could be counted or not.
    """
    folded = fold(question)
    if not folded or _CODE.fullmatch(question.strip()):
        return
    words = presentable(question)
    counted: dict[str, str | int | date] = {
        "digest": _digest(folded if words else ""),
        "words": words,
        "found": str(MissedSearch.Found.NEAR if is_near else MissedSearch.Found.NOTHING),
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
        logger.warning("A missed search was not counted: %s", type(error).__name__)


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

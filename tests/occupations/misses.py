"""Questions that find nothing, day by day."""

from datetime import date, timedelta

from occupations.editorial.missed_searches import _uncounted, note_missed
from occupations.models import MissedSearch

FIRST = date(2026, 11, 23)
DAY = timedelta(days=1)
QUESTION = "zorb wrangler"  # of no occupation, slang or title


def note(question=QUESTION, *, times=1, on=FIRST, is_near=False):
    for _ in range(times):
        note_missed(question, is_near=is_near, on=on)
    _uncounted.write_now()


def kept(question=QUESTION, **options):
    """Have a question missed often enough for its words."""
    note(question, times=4, on=FIRST, **options)
    note(question, on=FIRST + DAY, **options)
    return MissedSearch.objects.get(words=question)

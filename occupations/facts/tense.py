"""When a dated fact is history: then it is told in the past tense, the official link first."""

from datetime import date, timedelta

FRESH = timedelta(days=180)


def is_history(as_at_on: date | None, *, on: date) -> bool:
    """
    Tell whether a fact as at a day is too old on ``on`` to be told as true today.

    A copy is fresh for 180 calendar days. One without a date may be of any age: it is history.
    """
    return as_at_on is None or on - as_at_on > FRESH

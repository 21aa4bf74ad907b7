"""The edge to Celery: the worker loads approved tables, and forgets old missed searches."""

from celery import shared_task
from django.utils import timezone

from occupations.editorial.loading import load_approved
from occupations.editorial.missed_searches import forget_old_misses

MOST_SECONDS = 300  # a load of one table takes some; then the worker is stopped, nothing written


@shared_task(
    name="occupations.load_approved_tables",
    time_limit=MOST_SECONDS,
    soft_time_limit=MOST_SECONDS - 10,
)
def load_approved_tables() -> None:
    """Load what is approved; what it does not get to waits in the database for the next call."""
    load_approved(now=timezone.now())


@shared_task(name="occupations.forget_missed_searches", time_limit=60)
def forget_missed_searches() -> None:
    """Forget the searches that are old today; what is not forgotten waits for the next call."""
    forget_old_misses(on=timezone.localdate())

"""The edge to Celery: the worker loads the tables that a second editor approved."""

from celery import shared_task
from django.utils import timezone

from occupations.editorial.loading import load_approved

MOST_SECONDS = 300  # a load of one table takes some; then the worker is stopped, nothing written


@shared_task(
    name="occupations.load_approved_tables",
    time_limit=MOST_SECONDS,
    soft_time_limit=MOST_SECONDS - 10,
)
def load_approved_tables() -> None:
    """Load what is approved; what it does not get to waits in the database for the next call."""
    load_approved(now=timezone.now())

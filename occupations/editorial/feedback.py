"""What a reader finds wrong or out of date on a page, and what an editor did about it."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from occupations.models import PageFeedback

MOST_AN_HOUR = 60  # of everybody: more than editors can read is no feedback


class TooMuchFeedback(Exception):
    """So much arrived within the hour that no more is taken."""


class FeedbackHandled(Exception):
    """Somebody has handled this feedback already."""


def record_feedback(*, path: str, message: str, now: datetime) -> PageFeedback:
    """
    Keep what a reader says of a page; the same words about the same page are kept once an hour.

    :raises TooMuchFeedback: if ``MOST_AN_HOUR`` came within the last hour
    """
    recent = PageFeedback.objects.filter(sent_at__gt=now - timedelta(hours=1))
    if same := recent.filter(path=path, message=message).first():
        return same
    if recent.count() >= MOST_AN_HOUR:
        raise TooMuchFeedback
    return PageFeedback.objects.create(path=path, message=message, sent_at=now)


@transaction.atomic
def handle_feedback(
    feedback: PageFeedback, *, outcome: str, by: AbstractBaseUser, now: datetime
) -> PageFeedback:
    """
    Close feedback with what was done about it.

    :raises FeedbackHandled: if it was closed before
    """
    locked = PageFeedback.objects.select_for_update().get(pk=feedback.pk)
    if locked.handled_at:
        raise FeedbackHandled
    locked.outcome, locked.handled_at, locked.handled_by_id = outcome, now, by.pk
    locked.save(update_fields=["outcome", "handled_at", "handled_by"])
    return locked

"""The edge to Celery: carrying out outbox messages and chores, and how they are published."""

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from celery import Task, current_app, shared_task
from celery.exceptions import OperationalError
from django.utils import timezone

from enquiries import (
    daily,
    digest,
    escalation,
    letters,
    notices,
    outbox,
    previews,
    reminders,
    scanning,
    uploads,
)
from enquiries.models import OutboxMessage, Topic
from occupations.editorial.loading import uploads_wait
from occupations.editorial.missed_searches import old_misses_wait
from occupations.tasks import forget_missed_searches, load_approved_tables

# Seconds before the end of its lease at which a task is asked to stop, and is stopped.
SOFT_MARGIN, HARD_MARGIN = 15, 10
BROKER_PATIENCE = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


@shared_task(name="enquiries.deliver")
def deliver(message_id: int) -> None:
    """Carry out one outbox message; whatever fails is tried again by the outbox alone."""
    if not outbox.carry_out(message_id, effect=_effect):
        scanning.alert_if_scans_fail(message_id, now=timezone.now())


@shared_task(name="enquiries.run_what_is_due", time_limit=600, soft_time_limit=590)
def run_what_is_due() -> None:
    """Do what is due by now; what this run does not get to waits for the next."""
    daily.run_what_is_due(now=timezone.now())


@shared_task(name="enquiries.run_each_minute", time_limit=120, soft_time_limit=110)
def run_each_minute() -> None:
    """Give new enquiries in turn, take back what waits for nobody, and tell of what is late."""
    daily.run_each_minute(now=timezone.now())


def _effect(message: OutboxMessage) -> None:
    now = timezone.now()
    if message.topic == Topic.DISCARD_UPLOAD:
        uploads.discard_expired_uploads(now=now)
    elif message.topic == Topic.DISCARD_FILE:
        uploads.discard_file(message.dedupe_key)
    elif message.topic == Topic.RESUME_SCAN:
        scanning.scan_resume(message, now=now)
    elif message.topic == Topic.SCANNER_ALERT:
        scanning.send_alert(now=now)
    elif message.topic == Topic.RESUME_PREVIEW:
        previews.draw_preview(message)
    elif message.topic == Topic.DAILY_DIGEST:
        digest.send_digest(message, now=now)
    elif message.topic == Topic.STAFF_NOTICE:
        notices.send_notice(message, now=now)
    elif message.topic == Topic.STAFF_REMINDER:
        reminders.send_staff_reminder(message, now=now)
    elif message.topic == Topic.ESCALATION:
        escalation.send_escalation(message, now=now)
    else:
        letters.send_letter(message, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Work that falls due with time alone, and waits in the database until a worker does it."""

    task: Task
    waits: Callable[[], bool]
    look_each: float  # seconds between two looks
    takes: float  # seconds after which work that still waits is handed over again


CHORES = (
    Chore(task=load_approved_tables, waits=uploads_wait, look_each=5, takes=20),
    Chore(
        task=forget_missed_searches,
        waits=lambda: old_misses_wait(on=timezone.localdate()),
        look_each=3600,
        takes=3600,
    ),
    Chore(task=run_each_minute, waits=lambda: True, look_each=60, takes=60),
    Chore(task=run_what_is_due, waits=lambda: True, look_each=600, takes=600),
)


class Broker:
    """A line to the broker that never waits long, and is opened anew after a failure."""

    def __init__(self) -> None:
        self._open_line()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.release()

    def publish(self, claimed: outbox.Claimed) -> None:
        """
        Hand one claimed message to the workers; after its lease they throw it away.

        :raises PublishingFailed: if the broker is down, or hangs for some seconds
        """
        lease = claimed.lease.total_seconds()
        limits = {"soft_time_limit": lease - SOFT_MARGIN, "time_limit": lease - HARD_MARGIN}
        self._send(deliver, claimed.message_id, seconds=lease, **limits)

    def publish_chore(self, task: Task, *, seconds: float) -> None:
        """
        Have the workers do what falls due with time; they throw it away after that long.

        :raises PublishingFailed: if the broker is down, or hangs for some seconds
        """
        self._send(task, seconds=seconds)

    def _send(self, task: Task, *arguments: int, seconds: float, **limits: Any) -> None:
        try:
            task.apply_async(
                args=arguments,
                expires=seconds,
                producer=current_app.amqp.Producer(self._line, auto_declare=False),
                retry=False,
                **limits,
            )
        except (OperationalError, OSError) as error:
            self._line.release()
            self._open_line()
            raise outbox.PublishingFailed(type(error).__name__) from None

    def _open_line(self) -> None:
        line = current_app.connection_for_write()
        line.transport_options = {**(line.transport_options or {}), **BROKER_PATIENCE}
        self._line = line

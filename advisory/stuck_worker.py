"""
Ends a worker that lives but takes nothing, so that whoever keeps it running starts it anew.

A Celery worker may come back deaf from an outage of its broker: all looks well, and nothing
happens. The outbox is the only retry, so nothing is lost with such a worker.
"""

import logging
import math
import os
import threading
import time
from typing import Any

from celery.apps.worker import Worker
from celery.signals import task_received, task_rejected, task_revoked, task_unknown
from celery.worker import state
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
# A healthy worker tries again after 30 seconds at most, and gives up a silent line after 51.
PATIENCE_SECONDS = 60.0
EXIT_CODE = 75  # that of a failure which another try may mend


class Watch(threading.Thread):
    """
    Looks at its own worker, and counts the looks in a row that find work waiting and none taken.

    It counts looks, not time: a machine that slept did not look.
    """

    def __init__(self, worker: Worker) -> None:
        super().__init__(name="watch over the worker", daemon=True)
        self._app = worker.app
        self._queues = tuple(worker.app.amqp.queues.consume_from)
        self._taken = 0
        for taking in (task_received, task_rejected, task_revoked, task_unknown):
            taking.connect(self._note_taking, weak=False)

    def run(self) -> None:
        """Look until the worker stops; end the process if it is stuck."""
        before, looks = None, 0
        while not self._stops():
            time.sleep(LOOK_SECONDS)
            at_work = self._at_work()
            now = self._taken, at_work.keys()
            looks = looks + 1 if now == before and self._work_waits() else 0
            before = now
            patience = PATIENCE_SECONDS + max(at_work.values(), default=0.0)
            if looks * LOOK_SECONDS >= patience and not self._stops():
                logger.error(
                    "Work waits, the broker answers, and this worker took nothing for %d seconds:"
                    " it ends, to be started anew",
                    patience,
                )
                os._exit(EXIT_CODE)  # and not politely: who knows what holds it up

    def _note_taking(self, **_: Any) -> None:
        self._taken += 1

    def _stops(self) -> bool:
        return (state.should_stop, state.should_terminate) != (None, None)

    def _at_work(self) -> dict[str, float]:
        """Give the tasks at work, and after how many seconds each is stopped."""
        try:
            return {
                request.id: request.time_limits[0] or request.task.time_limit or math.inf
                for request in state.active_requests
            }
        except RuntimeError:  # one began or ended just now
            return {}

    def _work_waits(self) -> bool:
        """Tell whether the broker answers, by a line of its own, and has something to do."""
        with self._app.connection_for_read() as line:
            try:
                line.connect()
                channel = line.channel()
                return any(channel.queue_declare(name).message_count for name in self._queues)
            except (OperationalError, *line.connection_errors, *line.channel_errors):
                return False

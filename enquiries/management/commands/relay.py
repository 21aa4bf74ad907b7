"""Move due work to Celery: outbox rows on notice and every second, editors' work at times."""

import logging
import signal
import threading
import time
from types import FrameType

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from psycopg import OperationalError as LineLost

from enquiries import outbox
from enquiries.tasks import CHORES, Broker

logger = logging.getLogger(__name__)

EACH = 1.0  # seconds between two looks, if nothing is noticed
PATIENCE = 2.0  # seconds to wait after a server failed


class Command(BaseCommand):
    help = "Hand due outbox messages to the workers until told to stop; several may run."
    requires_system_checks: list[str] = []  # it shows no pages, and letters must not wait for one

    def handle(self, *_args: object, **_options: object) -> None:
        """Relay until SIGTERM or SIGINT."""
        self.stopping = threading.Event()
        self.look_at = {chore.task.name: 0.0 for chore in CHORES}
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        logger.info("The relay has started")
        with Broker() as broker:
            while not self.stopping.is_set():
                self.relay_while_the_database_answers(broker)
        logger.info("The relay has stopped")

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def relay_while_the_database_answers(self, broker: Broker) -> None:
        try:
            with outbox.listening() as wait:
                while not self.stopping.is_set():
                    self.relay_chores(broker)
                    if self.relay(broker) < outbox.BATCH:
                        wait(EACH)
        except (OperationalError, InterfaceError, LineLost) as error:
            logger.warning("The database does not answer: %s", type(error).__name__)
            close_old_connections()
            self.stopping.wait(PATIENCE)

    def relay(self, broker: Broker) -> int:
        try:
            return outbox.publish_due(broker.publish)
        except outbox.PublishingFailed as error:
            logger.warning("The broker does not answer: %s", error)
            self.stopping.wait(PATIENCE)
            return 0

    def relay_chores(self, broker: Broker) -> None:
        """Tell the workers what falls due with time, each chore no more often than it needs."""
        for chore in CHORES:
            if time.monotonic() < self.look_at[chore.task.name]:
                continue
            pause = chore.look_each
            if chore.waits():
                try:
                    broker.publish_chore(chore.task, seconds=chore.takes)
                    pause = chore.takes
                except outbox.PublishingFailed as error:
                    logger.warning("The broker does not answer: %s", error)
                    pause = PATIENCE
            self.look_at[chore.task.name] = time.monotonic() + pause

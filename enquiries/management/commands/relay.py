"""Move due work to Celery: outbox rows on notice and every second, editors' work at times."""

import logging
import signal
import threading
import time
from types import FrameType

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from psycopg import OperationalError as LineLost

from enquiries import outbox
from enquiries.tasks import Broker
from occupations.editorial.loading import uploads_wait
from occupations.editorial.missed_searches import old_misses_wait

logger = logging.getLogger(__name__)

EACH = 1.0  # seconds between two looks, if nothing is noticed
PATIENCE = 2.0  # seconds to wait after a server failed
UPLOADS_EACH = 5.0  # seconds between two looks for tables that editors approved
UPLOADS_TAKE = 20.0  # seconds after which tables that still wait are handed over again
FORGET_EACH = 3600.0  # seconds between two looks for missed searches that are old


class Command(BaseCommand):
    help = "Hand due outbox messages to the workers until told to stop; several may run."
    requires_system_checks: list[str] = []  # it shows no pages, and letters must not wait for one

    def handle(self, *_args: object, **_options: object) -> None:
        """Relay until SIGTERM or SIGINT."""
        self.stopping = threading.Event()
        self.look_for_uploads_at = 0.0
        self.look_for_old_misses_at = 0.0
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
                    self.relay_uploads(broker)
                    self.relay_forgetting(broker)
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

    def relay_uploads(self, broker: Broker) -> None:
        """Tell the workers that tables wait; they wait in the database until one is told."""
        if time.monotonic() < self.look_for_uploads_at:
            return
        pause = UPLOADS_EACH
        if uploads_wait():
            try:
                broker.publish_uploads(seconds=UPLOADS_TAKE)
                pause = UPLOADS_TAKE
            except outbox.PublishingFailed as error:
                logger.warning("The broker does not answer: %s", error)
        self.look_for_uploads_at = time.monotonic() + pause

    def relay_forgetting(self, broker: Broker) -> None:
        """Tell the workers that missed searches are old enough to go, until they are gone."""
        if time.monotonic() < self.look_for_old_misses_at:
            return
        pause = FORGET_EACH
        if old_misses_wait(on=timezone.localdate()):
            try:
                broker.publish_forgetting(seconds=FORGET_EACH)
            except outbox.PublishingFailed as error:
                logger.warning("The broker does not answer: %s", error)
                pause = UPLOADS_EACH
        self.look_for_old_misses_at = time.monotonic() + pause

"""The Celery application: it carries messages, the outbox keeps them."""

import os
from typing import TYPE_CHECKING, Any

from celery import Celery
from celery.signals import celeryd_after_setup

if TYPE_CHECKING:
    from celery.apps.worker import Worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisory.settings")

app = Celery("advisory")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_after_setup.connect
def prepare_worker(instance: "Worker", **_: Any) -> None:
    """Have a worker give nothing back to a broker that went away, and end should it get stuck."""
    from kombu.transport.redis import Channel  # noqa: PLC0415 - of no use to a web process

    from advisory.stuck_worker import Watch  # noqa: PLC0415 - likewise

    Channel.do_restore = False
    Watch(instance).start()

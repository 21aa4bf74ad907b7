"""The WSGI application that granian serves; a public site without what it needs does not start."""

import logging
import os
from threading import Thread
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application

from advisory.even_load import AtWork, EvenLoad
from advisory.own_processor import keep_to_own

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisory.settings")

_site = get_wsgi_application()
BaseCommand().check(tags=[Tags.security])

from enquiries import checking  # noqa: E402 (models need the application)
from enquiries.slots import load_holidays  # noqa: E402
from occupations.search import warm_up  # noqa: E402

checking.warm_up()
Thread(target=load_holidays, name="holidays", daemon=True).start()
Thread(target=warm_up, name="search", daemon=True).start()

application: WSGIApplication = _site
try:
    _at_work = AtWork(settings.VAR_DIR / "at_work")
except OSError as error:  # a folder that is only read, a full disk: slower for a crowd, no worse
    logging.getLogger(__name__).warning("Callers are not spread over the processes: %s", error)
else:
    application = EvenLoad(_site, _at_work)
    keep_to_own(_at_work.place)

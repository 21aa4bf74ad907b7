"""The WSGI application that granian serves; a public site without what it needs does not start."""

import os
from threading import Thread

from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisory.settings")

application = get_wsgi_application()
BaseCommand().check(tags=[Tags.security])

from enquiries import checking  # noqa: E402 (models need the application)
from enquiries.slots import load_holidays  # noqa: E402
from occupations.search import warm_up  # noqa: E402

checking.warm_up()
Thread(target=load_holidays, name="holidays", daemon=True).start()
Thread(target=warm_up, name="search", daemon=True).start()

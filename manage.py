#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, connection

from advisory.var import make_var


def main() -> None:
    """Run a command; a wrong setting or a missing database is a sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisory.settings")
    try:
        if sys.argv[1:2] == ["up"]:
            make_var()
        settings.INSTALLED_APPS  # noqa: B018  # the first question reads the settings
    except (ImproperlyConfigured, OSError, ValueError) as error:
        sys.exit(f"The settings cannot be read: {error}")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if connection.connection is not None:
            raise
        reason = str(error).strip().partition("\n")[0]
        sys.exit(f"No database answers: run `make up`, or set DATABASE_URL. ({reason})")


if __name__ == "__main__":
    main()

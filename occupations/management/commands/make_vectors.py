"""Make the vectors that search by meaning lacks; the site serves meanwhile."""

import os
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from occupations.search import keep_meanings, searches_by_meaning

_POLITE = 10  # below every program that serves visitors


class Command(BaseCommand):
    help = "Make the vectors of the texts that are new since the last load, for search by meaning."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not searches_by_meaning():
            self.stdout.write(
                "Search goes by words alone: no language model is installed, or wanted."
            )
            return
        os.nice(_POLITE)
        with transaction.atomic():
            made = keep_meanings(is_changed=True)
        self.stdout.write(f"Search by meaning is ready: {made} new vectors.")

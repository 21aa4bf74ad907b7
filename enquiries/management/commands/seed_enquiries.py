"""Fill the desk with made-up enquiries, to see how it works when it is full."""

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from enquiries.management.seeding import SeedingRefused, seed


class Command(BaseCommand):
    help = "Store made-up enquiries of two years; no real people, and no letter to anybody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, help="how many")
        parser.add_argument("--open", type=int, help="how many of them open; a tenth if not told")
        parser.add_argument("--more", action="store_true", help="add to those that are there")

    def handle(
        self,
        *_args: object,
        count: int,
        open: int | None,  # noqa: A002 - as it is typed
        more: bool,
        **_options: object,
    ) -> None:
        """Store them, and say how far it has come and how fast."""
        began = time.monotonic()

        def tell(stored: int) -> None:
            rate = stored / (time.monotonic() - began)
            self.stdout.write(f"{stored:,} of {count:,} enquiries, {rate:,.0f} a second")

        try:
            seed(count, open_count=open, more=more, now=timezone.now(), told=tell)
        except SeedingRefused as refused:
            raise CommandError(str(refused)) from None

"""Bring the stored catalogue into line with a folder of published tables."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from occupations.catalogue.load import EMBEDDED, ImplausibleShrink
from occupations.catalogue.rows import CatalogueRejected
from occupations.editorial.loading import Revision, load_shipped


class Command(BaseCommand):
    help = "Show what a folder of published tables changes in the catalogue; --write applies it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            default=EMBEDDED,
            help="the folder of CSV files (default: the tables that ship with the project)",
        )
        parser.add_argument(
            "--official",
            type=Path,
            help="a folder of the publisher's own wording (ANZSCO 2022, CC BY 4.0) to load too",
        )
        parser.add_argument("--write", action="store_true", help="write the changes")
        parser.add_argument(
            "--allow-shrink",
            action="store_true",
            help="withdraw even more than 5 per cent of an edition or a table",
        )
        parser.add_argument(
            "--without-meanings",
            action="store_true",
            help="leave what the new texts mean, which takes half a minute, to make_vectors",
        )

    def handle(
        self,
        *_args: Any,
        folder: Path,
        official: Path | None,
        write: bool,
        allow_shrink: bool,
        without_meanings: bool,
        verbosity: int,
        **_options: Any,
    ) -> None:
        try:
            revision = load_shipped(
                folder,
                now=timezone.now(),
                official=official,
                write=write,
                allow_shrink=allow_shrink,
                with_meanings=not without_meanings,
            )
        except CatalogueRejected as rejected:
            count = len(rejected.problems)
            msg = f"{rejected}\nErrors in the tables: {count}. Nothing was written."
            raise CommandError(msg) from None
        except ImplausibleShrink as shrink:
            msg = f"{shrink}\nNothing was written. --allow-shrink writes it all the same."
            raise CommandError(msg) from None
        if verbosity:
            self._print(revision, write=write)

    def _print(self, revision: Revision, *, write: bool) -> None:
        if not revision.counts:
            self.stdout.write(f"No change; the catalogue stays at revision {revision.number}.")
            return
        self.stdout.write(f"{'table':32}{'added':>8}{'altered':>9}{'withdrawn':>11}")
        for name, counts in revision.counts.items():
            self.stdout.write(
                f"{name:32}{counts['added']:8}{counts['altered']:9}{counts['withdrawn']:11}"
            )
        if write:
            self.stdout.write(f"Written: the catalogue is now at revision {revision.number}.")
        else:
            self.stdout.write("Nothing was written; --write does.")

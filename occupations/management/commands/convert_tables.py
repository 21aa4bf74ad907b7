"""Make the catalogue's own tables from a folder of tables as their publishers wrote them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from occupations.catalogue.convert import FactUnknown, convert
from occupations.catalogue.load import EMBEDDED


class Command(BaseCommand):
    help = "Convert published tables into the catalogue's own; load_catalogue then checks them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("published", type=Path, help="the folder of published tables")
        parser.add_argument(
            "--into",
            type=Path,
            default=EMBEDDED,
            help="the folder to write (default: the tables that ship with the project)",
        )

    def handle(self, *_args: Any, published: Path, into: Path, **_options: Any) -> None:
        try:
            counts = convert(published, into=into)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        except KeyError as error:
            raise CommandError(f"A published table has no column {error}.") from None
        except FactUnknown as error:
            raise CommandError(str(error)) from None
        for name, rows in counts.items():
            self.stdout.write(f"{name:32}{rows:8} rows")

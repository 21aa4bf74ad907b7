"""Read tables as their publishers wrote them."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

type Record = Mapping[str, str]


class FactUnknown(Exception):
    """A published table says something that its converter does not know how to take."""


def read(folder: Path, name: str) -> Iterator[Record]:
    """Give the rows of a published table."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def yes_no(is_so: object) -> str:
    """Write yes or no."""
    return "yes" if is_so else "no"

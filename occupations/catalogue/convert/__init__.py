"""Turn tables as their publishers wrote them into the tables of the embedded catalogue."""

import csv
from pathlib import Path

from occupations.catalogue.convert.classification import classification_tables
from occupations.catalogue.convert.migration import migration_tables
from occupations.catalogue.convert.published import FactUnknown
from occupations.catalogue.convert.selection import selection_tables
from occupations.catalogue.convert.skills import skills_tables
from occupations.catalogue.convert.training import training_tables
from occupations.catalogue.tables import TABLES

__all__ = ["FactUnknown", "convert"]

BY_NAME = {table.name: table for table in TABLES}


def convert(published: Path, *, into: Path) -> dict[str, int]:
    """
    Write the tables that a folder of published tables holds the facts of; count their rows.

    :raises FactUnknown: if a published row says something that no converter knows how to take
    """
    makers = (
        classification_tables(published)
        | skills_tables(published)
        | migration_tables(published)
        | selection_tables(published)
    )
    tables = {name: sorted(rows) for name, rows in makers.items()}
    tables |= training_tables(published, kept=into)
    counts = {}
    for name, ordered in tables.items():
        with (into / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(BY_NAME[name].by_name)
            writer.writerows(ordered)
        counts[name] = len(ordered)
    return counts

"""Turn published state nomination and expressions of interest into the tables of selection."""

from collections.abc import Iterator
from pathlib import Path

from occupations.catalogue.convert.published import read

READS = "anzsco-2013"
NOMINATED_IN = "state-nomination-2024-10"
COUNTED_IN = "skillselect-2025-12"
UNREADABLE = "?0"
REGIONS = {
    "Illawara": "Illawarra",
    "North. Inland": "Northern Inland",
    "North. Rivers": "Northern Rivers",
    "Rivarina": "Riverina",
    "South. Inland": "Southern Inland",
}

type Rows = Iterator[tuple[str, ...]]


def selection_tables(folder: Path) -> dict[str, Rows]:
    """Give the rows of each table of selection, in the order of its columns."""
    return {
        "state_nominations": _state_nominations(folder),
        "expression_counts": _expression_counts(folder),
    }


def _state_nominations(folder: Path) -> Rows:
    """
    Give who named what, with regions spelt out.

    The copy writes ``0`` for ``no``, so that North became ``0rth``. A cell ``?0`` may say that
    an occupation was not named, or that nobody knew; such rows are left out.
    """
    for row in read(folder, "state_nomination_2024_10"):
        if row["jurisdiction"] != UNREADABLE:
            state, _, region = row["jurisdiction"].partition("_")
            region = REGIONS.get(region, region)
            yield READS, row["code"], row["subclass"], state, region, NOMINATED_IN


def _expression_counts(folder: Path) -> Rows:
    """Give the counts; a visa is named by three digits and its stream by three letters."""
    for row in read(folder, "skillselect_eoi_2025_12"):
        stream = row["visa_type"].split()[0]
        yield (
            READS,
            row["code"],
            stream[:3],
            stream[3:],
            row["status"].lower(),
            _whole(row["points"]),
            row["state"],
            _whole(row["count"]),
            COUNTED_IN,
        )


def _whole(number: str) -> str:
    return number.removesuffix(".0")

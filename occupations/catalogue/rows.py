"""From a folder of published tables to checked rows that name only what is there."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from occupations.catalogue.files import Problem, PublishedTable, read_content, read_table
from occupations.catalogue.tables import TABLES, Key

__all__ = [
    "CatalogueRejected",
    "Problem",
    "PublishedTable",
    "check_tables",
    "read_content",
    "read_files",
    "read_folder",
    "read_table",
    "strange_files",
]


class CatalogueRejected(Exception):
    """The published tables hold errors, so nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_folder(
    folder: Path, *, stored: Mapping[str, Collection[Key]]
) -> dict[str, PublishedTable]:
    """
    Read every published table in a folder; a table whose file is absent is left out.

    ``stored`` holds, by table, the keys that references to an absent table may name.

    :raises CatalogueRejected: with every error of every file
    """
    published = read_files(folder)
    check_tables(published, stored=stored, found=strange_files(folder))
    return published


def read_files(folder: Path, *, only: Collection[str] = ()) -> dict[str, PublishedTable]:
    """Read the tables of a folder, or ``only`` some of them, each by itself."""
    return {
        table.name: read_table(folder / table.file_name, table)
        for table in TABLES
        if (folder / table.file_name).exists() and (not only or table.name in only)
    }


def check_tables(
    published: Mapping[str, PublishedTable],
    *,
    stored: Mapping[str, Collection[Key]],
    beside: Sequence[PublishedTable] = (),
    found: Iterable[Problem] = (),
) -> None:
    """
    Do nothing if the tables hold no errors and name only what is there.

    Files read from elsewhere stand ``beside`` the tables: they are checked too. Problems
    ``found`` already are reported with the rest.

    :raises CatalogueRejected: with every error of every file
    """
    problems = list(found)
    for read in (*published.values(), *beside):
        _check_references(read, published, stored)
        _check_circles(read)
        problems += read.problems
    if problems:
        raise CatalogueRejected(problems)


def strange_files(folder: Path) -> Iterator[Problem]:
    """Report files that no table has, and a folder without any table."""
    known = {table.file_name for table in TABLES}
    found = {path.name for path in folder.glob("*.csv")}
    for name in sorted(found - known):
        yield Problem(name, 1, 1, "no table of the catalogue has this name")
    if not found & known:
        yield Problem(str(folder), 1, 1, "there is no table of the catalogue in this folder")


def _check_references(
    read: PublishedTable,
    published: Mapping[str, PublishedTable],
    stored: Mapping[str, Collection[Key]],
) -> None:
    for line, reference, key in read.named:
        target = published.get(reference.table)
        known = stored.get(reference.table, ()) if target is None else target.lines
        if key not in known and (target is None or target.is_readable):
            words = " ".join(str(value) for value in key)
            message = f"names {words}, which {reference.table}.csv does not hold"
            read.report(line, reference.columns[-1], message)


def _check_circles(read: PublishedTable) -> None:
    """Report rows that lead back to themselves through references to their own table."""
    table = read.table
    for reference in table.references:
        if reference.table != table.name or not reference.field:
            continue
        leads_to = {
            key: named for key, row in read.rows.items() for named in table.referred(row, reference)
        }
        for key in leads_to:
            step, steps = leads_to.get(key), 0
            while step is not None and step != key and steps < len(leads_to):
                step, steps = leads_to.get(step), steps + 1
            if step == key:
                read.report(read.lines[key], reference.columns[-1], "leads back to its own row")

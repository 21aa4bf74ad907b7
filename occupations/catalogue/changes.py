"""Compare stored rows with published ones: what is added, altered and withdrawn."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from occupations.catalogue.tables import Key, Row, Table

MOST_WITHDRAWN = 0.05
FEWEST_ROWS = 20
WHOLE_EDITIONS = ("groups", "occupations")


@dataclass(frozen=True)
class TableChanges:
    """The keys of the rows of one table that a load changes; altered ones with their columns."""

    added: tuple[Key, ...] = ()
    altered: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    withdrawn: tuple[Key, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.altered or self.withdrawn)

    def counts(self) -> dict[str, int]:
        """Count the rows added, altered and withdrawn."""
        return {
            "added": len(self.added),
            "altered": len(self.altered),
            "withdrawn": len(self.withdrawn),
        }


def compare(
    table: Table, *, stored: Mapping[Key, Row], published: Mapping[Key, Row]
) -> TableChanges:
    """Find what turns the stored rows into the published ones."""
    altered = {}
    for key, row in published.items():
        before = stored.get(key, row)
        if before != row:
            names = zip(table.names, before, row, strict=True)
            altered[key] = tuple(name for name, old, new in names if old != new)
    return TableChanges(
        added=tuple(key for key in published if key not in stored),
        altered=altered,
        withdrawn=tuple(key for key in stored if key not in published),
    )


def implausible_shrinks(
    table: Table, *, stored: Collection[Key], withdrawn: Collection[Key]
) -> Iterator[str]:
    """
    Say where a load would withdraw more than a twentieth of an edition or of a table.

    A table, or an edition's part of one, of fewer than 20 rows may lose any of them, except that
    the groups and occupations of an edition always count.
    """
    by_edition = table.key[0] == "edition"
    before = Counter(key[0] if by_edition else "" for key in stored)
    after = Counter(key[0] if by_edition else "" for key in withdrawn)
    for part, lost in sorted(after.items(), key=lambda item: str(item[0])):
        counts = before[part] >= FEWEST_ROWS or table.name in WHOLE_EDITIONS
        if counts and lost > before[part] * MOST_WITHDRAWN:
            where = f"{table.name} of {part}" if by_edition else table.name
            yield f"{lost} of {before[part]} {where} would be withdrawn"


def still_named(
    table: Table, *, rows: Collection[Row], target: str, leaving: Collection[Key]
) -> Iterator[Key]:
    """Find the keys among those ``leaving`` the target table that rows of this table name."""
    for reference in table.references:
        if reference.table == target:
            for row in rows:
                yield from (key for key in table.referred(row, reference) if key in leaving)

"""What a published table is: its columns, its key, and the tables its rows refer to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from occupations.catalogue.tables.columns import Column, Value

type Row = tuple[Value, ...]
type Key = tuple[Value, ...]


@dataclass(frozen=True)
class Reference:
    """
    Columns that name a row of another table by its key.

    ``field`` is what the model calls it. A column that holds a list has no such field: each of
    its items begins with a key of ``item_length`` characters.
    """

    columns: tuple[str, ...]
    table: str
    field: str = ""
    optional: bool = False
    item_length: int = 0

    def keys(self, cells: Row) -> tuple[Key, ...]:
        """Take the keys that these columns' cells name; none where they may be and are empty."""
        if isinstance(cells[-1], tuple):
            return tuple((item[: self.item_length],) for item in cells[-1])
        return () if self.optional and not cells[-1] else (cells,)


@dataclass(frozen=True)
class Check:
    """A rule between cells of one row; it gives the column at fault and what is wrong."""

    columns: tuple[str, ...]
    find: Callable[[Mapping[str, Value]], Iterator[tuple[str, str]]]


@dataclass(frozen=True)
class Table:
    """A published table; ``is_kept``: a row left out keeps its address and is marked withdrawn."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    also_unique: tuple[str, ...] = ()
    folded: str = ""
    is_kept: bool = False
    check: Check | None = None

    @property
    def file_name(self) -> str:
        return f"{self.name}.csv"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns in the order of a row; a folded title comes last."""
        made = (f"{self.folded}_folded",) if self.folded else ()
        return (*(column.name for column in self.columns), *made)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.names)}

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def pick(self, row: Row, names: tuple[str, ...]) -> Row:
        """Take some of a row's cells."""
        return tuple([row[self._places[name]] for name in names])

    def key_of(self, row: Row) -> Key:
        """Take the cells by which other tables know a row."""
        return self.pick(row, self.key)

    def referred(self, row: Row, reference: Reference) -> tuple[Key, ...]:
        """Take the keys of the rows that a row refers to."""
        return reference.keys(self.pick(row, reference.columns))

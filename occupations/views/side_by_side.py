"""Facts of several occupations in rows, each row saying in a word whether they differ."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from occupations.folding import fold


class Verdict(StrEnum):
    SAME = "same"
    PARTLY = "partly"
    DIFFERENT = "different"
    UNSTATED = "unstated"

    @property
    def words(self) -> str:
        """Say it as the page does."""
        return _WORDS[self]


_WORDS = {
    Verdict.SAME: "Same",
    Verdict.PARTLY: "Partly the same",
    Verdict.DIFFERENT: "Different",
    Verdict.UNSTATED: "Not stated",
}


@dataclass(frozen=True)
class Item:
    """One thing in a cell; ``key`` is what is compared, by itself the folded words."""

    text: str
    key: str = ""
    url: str = ""
    code: str = ""
    note: str = ""
    mark: str = ""
    shared: str = ""

    @property
    def compared(self) -> str:
        return self.key or fold(f"{self.code} {self.text}")


@dataclass(frozen=True)
class Cell:
    """What a row says of one occupation; without items it says why there are none."""

    items: tuple[Item, ...] = ()
    empty: str = "None stated"
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One fact of each occupation, and whether they agree."""

    label: str
    cells: tuple[Cell, ...]
    verdict: Verdict | None
    term: str = ""


@dataclass(frozen=True)
class Section:
    """Rows that belong together, with one source."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""
    source: str = ""
    url: str = ""
    term: str = ""


def row(label: str, cells: Iterable[Cell], *, term: str = "") -> Row:
    """Compare the cells of a row and mark what is not in all of them."""
    listed = tuple(cells)
    verdict = _verdict(listed)
    if verdict is Verdict.PARTLY:
        listed = _marked(listed)
    return Row(label, listed, verdict if len(listed) > 1 else None, term)


def text(words: str, *, empty: str = "None stated", **more: str) -> Cell:
    """Make a cell of one thing, or of none if there are no words."""
    return Cell((Item(words, **more),) if words else (), empty)


def differing(sections: Iterable[Section]) -> list[Section]:
    """Keep the rows whose cells differ, and the sections that hold any."""
    cut = [
        replace(
            section,
            rows=tuple(
                one for one in section.rows if one.verdict not in {Verdict.SAME, Verdict.UNSTATED}
            ),
        )
        for section in sections
    ]
    return [section for section in cut if section.rows]


def _verdict(cells: Sequence[Cell]) -> Verdict:
    keys = [frozenset(item.compared for item in cell.items) for cell in cells]
    if not any(keys):
        return Verdict.UNSTATED
    if len(set(keys)) == 1:
        return Verdict.SAME
    counts = Counter(key for held in keys for key in held)
    return Verdict.PARTLY if max(counts.values()) > 1 else Verdict.DIFFERENT


def _marked(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Say of each thing that some lack how many have it."""
    counts = Counter(key for cell in cells for key in {item.compared for item in cell.items})

    def shared(item: Item) -> str:
        held = counts[item.compared]
        if held == len(cells):
            return "in all" if len(cells) > 2 else "in both"  # noqa: PLR2004
        return "only here" if held == 1 else f"in {held} of {len(cells)}"

    return tuple(
        replace(cell, items=tuple(replace(item, shared=shared(item)) for item in cell.items))
        for cell in cells
    )

"""The occupations that a list or visa names, to search and turn over; the state is an address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from occupations.folding import fold
from occupations.models import Group
from occupations.views.list_copies import NamedOccupation

SIZES = (20, 50, 100)
LONGEST_QUESTION = 100
ADDRESS_OF_TABLE = "#named"
_COLUMNS = {"code": "Code", "title": "Occupation"}


@dataclass(frozen=True)
class Turn:
    """A page or a page size that one may turn to; a gap between pages has no address."""

    label: str
    address: str
    is_here: bool


@dataclass(frozen=True)
class Column:
    """A heading that sorts the table by its column."""

    label: str
    order: str
    address: str


@dataclass(frozen=True)
class Choice:
    """A filter that one may choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class NamedTable:
    """One page of the occupations that are named, and the ways to see others."""

    page: Page[NamedOccupation]
    turns: Sequence[Turn]
    sizes: Sequence[Turn]
    columns: Sequence[Column]
    majors: Sequence[Choice]
    lists: Sequence[Choice]
    question: str
    size: int
    total: int

    @property
    def is_filtered(self) -> bool:
        return self.page.paginator.count < self.total


def named_table(
    occupations: Sequence[NamedOccupation], *, majors: Iterable[Group], query: Mapping[str, str]
) -> NamedTable:
    """
    Filter, sort and cut the occupations as ``query`` asks.

    Words are looked for in titles, digits at the start of codes. What is asked in vain is as if
    not asked.
    """
    lists = sorted({name for one in occupations for name in one.lists})
    codes = {one.code[0] for one in occupations}
    groups = [group for group in majors if group.code in codes]
    question = " ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST_QUESTION]
    major = _one_of([group.code for group in groups], query.get("major"))
    named_by = _one_of(lists, query.get("list"))
    sort = _one_of(_COLUMNS, query.get("sort")) or "code"
    is_descending = query.get("dir") == "desc"
    size = int(_one_of([str(one) for one in SIZES], query.get("per")) or SIZES[0])
    found = [
        one
        for one in occupations
        if one.code.startswith(major)
        and (not named_by or named_by in one.lists)
        and _answers(one, question=question)
    ]
    found.sort(key=lambda one: one.title_folded if sort == "title" else one.code)
    if is_descending:
        found.reverse()
    page = Paginator(found, size).get_page(query.get("page"))
    state = {
        "q": question,
        "major": major,
        "list": named_by,
        "sort": "" if sort == "code" else sort,
        "dir": "desc" if is_descending else "",
        "per": "" if size == SIZES[0] else str(size),
    }

    def address(**changes: str) -> str:
        asked = {name: value for name, value in (state | changes).items() if value}
        return f"?{urlencode(asked)}{ADDRESS_OF_TABLE}"

    return NamedTable(
        page=page,
        turns=[
            Turn(
                label=str(number),
                address=address(page=str(number)) if isinstance(number, int) else "",
                is_here=number == page.number,
            )
            for number in page.paginator.get_elided_page_range(
                page.number, on_each_side=2, on_ends=1
            )
        ],
        sizes=[Turn(str(one), address(per=str(one)), is_here=one == size) for one in SIZES],
        columns=[
            Column(
                label=label,
                order=("descending" if is_descending else "ascending") if name == sort else "none",
                address=address(
                    sort=name, dir="desc" if name == sort and not is_descending else ""
                ),
            )
            for name, label in _COLUMNS.items()
        ],
        majors=[
            Choice(group.code, f"{group.code} {group.title}", is_chosen=group.code == major)
            for group in groups
        ],
        lists=[Choice(name, name, is_chosen=name == named_by) for name in lists],
        question=question,
        size=size,
        total=len(occupations),
    )


def _one_of(allowed: Iterable[str], asked: str | None) -> str:
    return asked if asked is not None and asked in allowed else ""


def _answers(occupation: NamedOccupation, *, question: str) -> bool:
    """Tell whether each word begins a word of the title, or the code."""
    words = occupation.title_folded.split()
    return all(
        occupation.code.startswith(asked) or any(word.startswith(asked) for word in words)
        for asked in fold(question).split()
    )

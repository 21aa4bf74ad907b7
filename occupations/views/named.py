"""The occupations that a list or visa names, to search and turn over; the state is an address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from occupations.folding import fold
from occupations.models import Group
from occupations.views.list_copies import NamedOccupation
from occupations.views.pager import Pager, turn

SIZES = (20, 50, 100)
LONGEST_QUESTION = 100
ADDRESS_OF_TABLE = "#named"
_COLUMNS = {"code": "Code", "title": "Occupation"}


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

    rows: Sequence[NamedOccupation]
    pager: Pager
    columns: Sequence[Column]
    majors: Sequence[Choice]
    lists: Sequence[Choice]
    question: str
    is_filtered: bool


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
    state: dict[str, str | int] = {
        "q": question,
        "major": major,
        "list": named_by,
        "sort": "" if sort == "code" else sort,
        "dir": "desc" if is_descending else "",
    }

    def address(changes: Mapping[str, str | int]) -> str:
        asked = {name: value for name, value in (state | dict(changes)).items() if value}
        return f"?{urlencode(asked)}{ADDRESS_OF_TABLE}"

    rows, pager = turn(found, query=query, address=address, sizes=SIZES)

    return NamedTable(
        rows=rows,
        pager=pager,
        columns=[
            Column(
                label=label,
                order=("descending" if is_descending else "ascending") if name == sort else "none",
                address=address(
                    {
                        "sort": name,
                        "dir": "desc" if name == sort and not is_descending else "",
                        "per": pager.size,
                    }
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
        is_filtered=len(found) < len(occupations),
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

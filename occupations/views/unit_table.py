"""The units that a release names, as a table to sort and to turn over; its state is an address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from occupations.models import PackagedUnit

SIZES = (10, 20, 50, 100)
ADDRESS_OF_TABLE = "#unit-table"


@dataclass(frozen=True)
class UnitRow:
    """A unit in the table; ``register_row`` is its place in the register's own table."""

    code: str
    title: str
    table_title: str
    usage: str
    essential: str
    register_row: int | None
    url: str


@dataclass(frozen=True)
class Column:
    """A heading that sorts the table by its column."""

    name: str
    label: str
    order: str
    address: str


@dataclass(frozen=True)
class Choice:
    """A page or a page size that one may turn to."""

    number: int
    address: str
    is_here: bool


@dataclass(frozen=True)
class UnitTable:
    """One page of the units that a release names."""

    rows: Sequence[UnitRow]
    total: int
    first: int
    last: int
    columns: Sequence[Column]
    sizes: Sequence[Choice]
    pages: Sequence[Choice]


_COLUMNS = {
    "code": "Code",
    "title": "Title",
    "usage": "Usage recommendation",
    "essential": "Essential",
}


def unit_table(units: Iterable[PackagedUnit], *, query: Mapping[str, str]) -> UnitTable:
    """Sort and cut the units as ``query`` asks; what it asks in vain is as if not asked."""
    sort = query.get("sort", "code") if query.get("sort") in _COLUMNS else "code"
    is_descending = query.get("dir") == "desc"
    size = _number(query.get("per"), default=SIZES[0])
    size = size if size in SIZES else SIZES[0]
    rows = sorted((_row(unit) for unit in units), key=lambda row: row.code)
    rows.sort(key=lambda row: str(getattr(row, sort)).casefold(), reverse=is_descending)
    count = max(-(-len(rows) // size), 1)
    page = min(max(_number(query.get("page"), default=1), 1), count)
    first = (page - 1) * size
    shown = rows[first : first + size]

    def address(**changes: str | int) -> str:
        state: dict[str, str | int] = {
            "sort": sort,
            "dir": "desc" if is_descending else "asc",
            "per": size,
            "page": page,
        }
        return f"?{urlencode(state | changes)}{ADDRESS_OF_TABLE}"

    return UnitTable(
        rows=shown,
        total=len(rows),
        first=first + 1 if shown else 0,
        last=first + len(shown),
        columns=[
            Column(
                name=name,
                label=label,
                order=_order(is_descending=is_descending) if name == sort else "none",
                address=address(
                    sort=name,
                    dir="desc" if name == sort and not is_descending else "asc",
                    page=1,
                ),
            )
            for name, label in _COLUMNS.items()
        ],
        sizes=[Choice(one, address(per=one, page=1), is_here=one == size) for one in SIZES],
        pages=[Choice(one, address(page=one), is_here=one == page) for one in range(1, count + 1)],
    )


def _row(packaged: PackagedUnit) -> UnitRow:
    return UnitRow(
        code=packaged.unit.code,
        title=packaged.unit.title,
        table_title=packaged.table_title,
        usage=packaged.unit.usage_recommendation,
        essential=packaged.essential,
        register_row=packaged.table_seq,
        url=packaged.unit.get_absolute_url(),
    )


def _order(*, is_descending: bool) -> str:
    return "descending" if is_descending else "ascending"


def _number(text: str | None, *, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else default  # noqa: PLR2004

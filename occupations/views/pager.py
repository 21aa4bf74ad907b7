"""A page out of a long list, with the addresses of the other pages and page sizes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

SIZES = (10, 20, 50, 100)
_BESIDE = 2  # pages named on each side of this one


@dataclass(frozen=True)
class Choice:
    """A page or a page size that one may turn to; after a gap, pages are left out."""

    number: int
    address: str
    is_here: bool
    is_after_gap: bool = False


@dataclass(frozen=True)
class Pager:
    """Which rows are shown, of how many, and where the others are."""

    total: int
    first: int
    last: int
    size: int
    page: int
    sizes: Sequence[Choice]
    pages: Sequence[Choice]


def turn[Row](
    rows: Sequence[Row],
    *,
    query: Mapping[str, str],
    address: Callable[[Mapping[str, int]], str],
    sizes: Sequence[int] = SIZES,
) -> tuple[Sequence[Row], Pager]:
    """
    Cut out the page that ``query`` asks for in ``per`` and ``page``; a vain one is not asked.

    ``address`` writes the address of this list with another ``per`` and ``page``.
    """
    size = read_number(query.get("per"), default=sizes[0])
    size = size if size in sizes else sizes[0]
    count = max(-(-len(rows) // size), 1)
    page = min(max(read_number(query.get("page"), default=1), 1), count)
    first = (page - 1) * size
    shown = rows[first : first + size]
    return shown, Pager(
        total=len(rows),
        first=first + 1 if shown else 0,
        last=first + len(shown),
        size=size,
        page=page,
        sizes=[Choice(one, address({"per": one, "page": 1}), one == size) for one in sizes],
        pages=_pages(page=page, count=count, size=size, address=address),
    )


def _pages(
    *, page: int, count: int, size: int, address: Callable[[Mapping[str, int]], str]
) -> list[Choice]:
    near = {1, count, *range(max(page - _BESIDE, 1), min(page + _BESIDE, count) + 1)}
    pages: list[Choice] = []
    for one in sorted(near):
        is_after_gap = bool(pages) and one > pages[-1].number + 1
        pages.append(
            Choice(one, address({"per": size, "page": one}), one == page, is_after_gap=is_after_gap)
        )
    return pages


def read_number(text: str | None, *, default: int) -> int:
    """Read a whole number of at most four digits, or give the default."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else default  # noqa: PLR2004

"""First hits that are easily taken for each other, so that what sets them apart is read."""

from collections.abc import Sequence

from occupations.search.answers import Hit
from occupations.search.pages import Kind

_FIRST = 5  # hits that are looked at; a comparison has room for as many
_CLOSE = 5.0  # how far their scores may lie apart


def look_alikes(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """
    Find the first hits near to the first one; nothing if it stands alone.

    Near is what scores about as much, is of its unit group, or is named by either's group as
    not to be confused with it.
    """
    occupations = [hit for hit in hits[:_FIRST] if hit.page.kind is Kind.OCCUPATION]
    if not occupations or occupations[0] is not hits[0]:
        return ()
    first, *rest = occupations
    near = [hit for hit in rest if _is_near(first, hit)]
    return (first, *near) if near else ()


def _is_near(first: Hit, other: Hit) -> bool:
    return (
        first.score - other.score <= _CLOSE
        or (bool(first.unit_group) and first.unit_group == other.unit_group)
        or _is_named(other, by=first)
        or _is_named(first, by=other)
    )


def _is_named(hit: Hit, *, by: Hit) -> bool:
    return bool(by.confused_with & {hit.page.code, hit.unit_group})

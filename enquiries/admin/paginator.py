"""A list's pages: counted no further than anybody would leaf, and leafed through by place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

MOST = 2000  # rows
MOST_COUNTED = 500  # in the queue, where a count is a hint of how much there is
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_PLACE = re.compile(r"(after|before)-(\d{1,2})-(-?\d{1,16})-(\d{1,18})", re.ASCII)


class BoundedPaginator(Paginator):
    """Pages over the first 2,000 rows, so that no count reads a whole table."""

    object_list: QuerySet

    @cached_property
    def count(self) -> int:
        return self.object_list[:MOST].count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Rows in the order of an instant, then of their keys; a list is one run after another."""

    rows: QuerySet
    by: str = "created_at"  # the attribute, and the column, that holds the instant
    descending: bool = False

    def beyond(self, place: "Place | None", *, backward: bool) -> QuerySet:
        """Give the rows after ``place``, or before it, in the order of going there."""
        down = self.descending != backward
        sign = "-" if down else ""
        rows = self.rows.order_by(f"{sign}{self.by}", f"{sign}pk")
        if place is None:
            return rows
        side = "lt" if down else "gt"
        same = Q(**{self.by: place.at})
        # The first condition alone can be looked up in an index of the instant.
        return rows.filter(**{f"{self.by}__{side}e": place.at}).exclude(
            same & ~Q(**{f"pk__{side}": place.pk})
        )

    def read(self, place: "Place | None", *, backward: bool, most: int) -> list[Any]:
        """Read the rows beyond ``place``, so many at most."""
        return list(self.beyond(place, backward=backward)[:most])


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Beside which row a page begins or ends; rows that come and go leave it where it is."""

    run: int
    at: datetime
    pk: int
    backward: bool = False

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Read a place as ``str`` writes it; None is the beginning, and for anything else."""
        found = _PLACE.fullmatch(written)
        if found is None:
            return None
        side, run, ticks, pk = found.groups()
        at = _EPOCH + _TICK * int(ticks)
        return cls(run=int(run), at=at, pk=int(pk), backward=side == "before")

    def __str__(self) -> str:
        side = "before" if self.backward else "after"
        return f"{side}-{self.run}-{(self.at - _EPOCH) // _TICK}-{self.pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page: its rows, and the places where its neighbours begin, where there are any."""

    rows: list[Any]
    previous: Place | None
    next: Place | None


def leaf(runs: Sequence[Run], *, place: Place | None, size: int) -> Leaf:
    """Give the page of ``size`` rows beside ``place``; the first one without a place."""
    if place and place.run >= len(runs):
        place = None
    backward = place is not None and place.backward
    numbers = range(place.run if place else 0, -1 if backward else len(runs), -1 if backward else 1)
    found: list[tuple[int, Any]] = []
    for number in numbers:
        here = place if place and number == place.run else None
        rows = runs[number].read(here, backward=backward, most=size + 1 - len(found))
        found += [(number, row) for row in rows]
        if len(found) > size:
            break
    more, found = len(found) > size, found[:size]
    if backward:
        if not more and len(found) < size:
            return leaf(runs, place=None, size=size)  # the first page is always a whole one
        found.reverse()
    if not found:
        return Leaf(rows=[], previous=None, next=None)
    first, last = (
        Place(run=number, at=getattr(row, runs[number].by), pk=row.pk, backward=is_first)
        for is_first, (number, row) in ((True, found[0]), (False, found[-1]))
    )
    return Leaf(
        rows=[row for _, row in found],
        previous=first if place and (more or not backward) else None,
        next=last if backward or more else None,
    )


def bounded_counts(parts: Sequence[QuerySet], *, most: int) -> list[int]:
    """Count the rows of each part, up to one more than ``most``, in one query."""
    counts: list[str] = []
    values: list[Any] = []
    for part in parts:
        try:
            statement, given = part.values("pk")[: most + 1].query.sql_with_params()
        except EmptyResultSet:  # Django knows that there are none, and writes no query
            counts.append("0")
            continue
        counts.append(f"(SELECT count(*) FROM ({statement}) AS part)")  # noqa: S608 - as below
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", values)
        (row,) = cursor.fetchall()
    return list(row)


def told_count(count: int, *, most: int = MOST_COUNTED) -> str:
    """Write a bounded count, as “37” or “500+”."""
    return f"{most:,}+" if count > most else f"{count:,}"

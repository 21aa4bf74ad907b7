"""The copies of occupation lists that we hold: who published each, and what it names."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, F, QuerySet

from occupations.facts.values import SOURCE, Source, source_of
from occupations.models import Edition, ListMembership, OccupationList

# Copies that nobody official made, and yet hold every code of the published list.
_KNOWN_TO_BE_WHOLE = frozenset({"csol-2024-12-07"})


@dataclass(frozen=True)
class NamedOccupation:
    """An occupation that a copy names: on which lists, for which visas, under which caveats."""

    code: str
    title: str
    title_folded: str
    lists: tuple[str, ...]
    visas: tuple[str, ...]
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListCopy:
    """What one source names in one edition."""

    source: Source
    is_whole: bool
    edition: Edition
    occupations: tuple[NamedOccupation, ...]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(one.code for one in self.occupations)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Count the occupations of each list, by its acronym."""
        names = sorted({name for one in self.occupations for name in one.lists})
        return [(name, sum(name in one.lists for one in self.occupations)) for name in names]


@dataclass(frozen=True)
class CopyCount:
    """How many occupations of one edition a list names for which visas, in its newest copy."""

    list: OccupationList
    source: Source
    edition: Edition
    by_visa: Mapping[str, int]
    total: int

    def of(self, subclass: str) -> int:
        """Count the occupations that are named for a visa, whichever its stream."""
        return self.by_visa.get(subclass, 0)


@dataclass(frozen=True)
class CopyDifference:
    """What an earlier copy did not name yet, and what it named that the newer one does not."""

    added: tuple[NamedOccupation, ...]
    left: tuple[NamedOccupation, ...]


def copies_of(
    memberships: QuerySet[ListMembership], *, editions: Mapping[int, Edition], on: date
) -> list[ListCopy]:
    """Arrange these memberships by source and edition, the newest copy first; one query."""
    rows = memberships.order_by(
        F("source__as_at_on").desc(nulls_last=True),
        "source",
        "-occupation__edition__released_on",
        "occupation__code",
        "occupation_list__acronym",
    ).values(
        "source_id",
        "visas",
        edition_id=F("occupation__edition"),
        code=F("occupation__code"),
        title=F("occupation__title"),
        title_folded=F("occupation__title_folded"),
        acronym=F("occupation_list__acronym"),
        slug=F("source__slug"),
        **{name: F(path) for name, path in SOURCE.items()},
    )
    return [
        _copy(list(group), editions=editions, on=on)
        for _, group in groupby(rows, key=lambda row: (row["source_id"], row["edition_id"]))
    ]


def newest_counts(*, editions: Mapping[int, Edition], on: date) -> list[CopyCount]:
    """Count what each list names in its newest copy, those that are history last; two queries."""
    lists = OccupationList.objects.in_bulk()
    rows = (
        ListMembership.objects.order_by(
            "occupation_list",
            F("source__as_at_on").desc(nulls_last=True),
            "source",
            "-occupation__edition__released_on",
        )
        .values(
            "occupation_list_id",
            "source_id",
            "visas",
            edition_id=F("occupation__edition"),
            **{name: F(path) for name, path in SOURCE.items()},
        )
        .annotate(named=Count("pk"))
    )
    newest = {}
    for key, group in groupby(
        rows, key=lambda row: (row["occupation_list_id"], row["source_id"], row["edition_id"])
    ):
        if key[0] not in newest:
            newest[key[0]] = _count(list(group), of=lists[key[0]], edition=editions[key[2]], on=on)
    return sorted(newest.values(), key=lambda one: (one.source.is_history, one.list.slug))


def _count(
    rows: Sequence[Mapping[str, Any]], *, of: OccupationList, edition: Edition, on: date
) -> CopyCount:
    by_visa: Counter[str] = Counter()
    for row in rows:
        for subclass in {visa[:3] for visa in row["visas"]}:
            by_visa[subclass] += row["named"]
    return CopyCount(
        list=of,
        source=source_of(rows[0], on=on),
        edition=edition,
        by_visa=dict(sorted(by_visa.items())),
        total=sum(row["named"] for row in rows),
    )


def difference(newer: ListCopy, *, older: ListCopy) -> CopyDifference | None:
    """
    Name what came and what went between two copies of a list.

    Only whole copies of the same edition can be compared: else absence would mean nothing.
    """
    if newer.edition != older.edition or not (newer.is_whole and older.is_whole):
        return None
    return CopyDifference(
        added=tuple(one for one in newer.occupations if one.code not in older.codes),
        left=tuple(one for one in older.occupations if one.code not in newer.codes),
    )


def in_order(visas: Iterable[str]) -> tuple[str, ...]:
    """Put visas in order, each once."""
    return tuple(sorted(set(visas)))


def _copy(
    rows: Sequence[Mapping[str, Any]], *, editions: Mapping[int, Edition], on: date
) -> ListCopy:
    return ListCopy(
        source=(source := source_of(rows[0], on=on)),
        is_whole=source.is_whole or rows[0]["slug"] in _KNOWN_TO_BE_WHOLE,
        edition=editions[rows[0]["edition_id"]],
        occupations=tuple(
            _named(list(group)) for _, group in groupby(rows, key=lambda row: row["code"])
        ),
    )


def _named(rows: Sequence[Mapping[str, Any]]) -> NamedOccupation:
    return NamedOccupation(
        code=rows[0]["code"],
        title=rows[0]["title"],
        title_folded=rows[0]["title_folded"],
        lists=tuple(row["acronym"] for row in rows),
        visas=in_order(visa for row in rows for visa in row["visas"]),
    )

"""What replaced a qualification or a unit, and what that replaced: every step, both ways."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from occupations.models import Qualification, QualificationMapping, Unit, UnitMapping


@dataclass(frozen=True)
class Step[Mapping: Model]:
    """One replacement; ``distance`` counts the steps from where the walk began, from 1."""

    mapping: Mapping
    distance: int


@dataclass(frozen=True)
class Lineage[Mapping: Model]:
    """The replacements that lead to something, the oldest first, and those that lead on."""

    earlier: tuple[Step[Mapping], ...]
    later: tuple[Step[Mapping], ...]

    def __bool__(self) -> bool:
        return bool(self.earlier or self.later)


def lineage_of_unit(unit: Unit) -> Lineage[UnitMapping]:
    """Follow what replaced a unit and what it replaced, in one query."""
    found = _connected(UnitMapping.objects.all(), start=unit.pk, ends=("from_unit", "to_unit"))
    return _lineage(found, start=unit.pk, ends=lambda one: (one.from_unit_id, one.to_unit_id))


def lineage_of_qualification(qualification: Qualification) -> Lineage[QualificationMapping]:
    """Follow what replaced a qualification and what it replaced, in one query."""
    found = _connected(
        QualificationMapping.objects.all(),
        start=qualification.pk,
        ends=("from_qualification", "to_qualification"),
    )
    return _lineage(
        found,
        start=qualification.pk,
        ends=lambda one: (one.from_qualification_id, one.to_qualification_id),
    )


def _connected[Mapping: Model](
    rows: QuerySet[Mapping], *, start: int, ends: tuple[str, str]
) -> QuerySet[Mapping]:
    """Select the rows on any way forward or back; UNION drops what a circle would repeat."""
    quote = connection.ops.quote_name
    table = quote(rows.model._meta.db_table)
    before, after = (quote(f"{end}_id") for end in ends)
    ways = [
        f"SELECT id, {reached} FROM {table} WHERE {left} = %s UNION"  # noqa: S608 (our names)
        f" SELECT one.id, one.{reached} FROM {table} one JOIN {way} ON one.{left} = {way}.reached"
        for way, left, reached in (("later", before, after), ("earlier", after, before))
    ]
    connected = RawSQL(  # noqa: S611 (names from our models, the start as a parameter)
        f"WITH RECURSIVE later(id, reached) AS ({ways[0]}),"  # noqa: S608 (our names)
        f" earlier(id, reached) AS ({ways[1]}) SELECT id FROM later UNION SELECT id FROM earlier",
        (start, start),
    )
    return rows.filter(pk__in=connected).select_related(*ends)


def _lineage[Mapping: Model](
    rows: Iterable[Mapping], *, start: int, ends: Callable[[Mapping], tuple[int, int]]
) -> Lineage[Mapping]:
    known = list(rows)
    earlier = _walk(known, start=start, ends=lambda one: ends(one)[::-1])
    return Lineage(
        earlier=tuple(reversed(earlier)), later=tuple(_walk(known, start=start, ends=ends))
    )


def _walk[Mapping: Model](
    rows: Iterable[Mapping], *, start: int, ends: Callable[[Mapping], tuple[int, int]]
) -> list[Step[Mapping]]:
    """Take each replacement once, the nearest first; a circle ends where it began."""
    steps: list[Step[Mapping]] = []
    reached, seen = {start}, {start}
    while reached:
        distance = steps[-1].distance + 1 if steps else 1
        found = [one for one in rows if ends(one)[0] in reached]
        steps += [Step(one, distance) for one in found]
        reached = {ends(one)[1] for one in found} - seen
        seen |= reached
    return steps

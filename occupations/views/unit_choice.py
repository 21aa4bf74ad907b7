"""The units to choose from, as a form shows them, and the chosen ones as a plan shows them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from occupations.models import PackagedUnit, Unit, UnitPrerequisite
from occupations.views.plan import Plan


@dataclass(frozen=True)
class ChosenUnit:
    """A unit of the plan: its title if we hold it, its level, and the address without it."""

    code: str
    title: str
    url: str
    level: str
    take_out: str


@dataclass(frozen=True)
class FormUnit:
    """A unit to tick; it stands under its first group and names the others."""

    unit: Unit
    is_chosen: bool
    also_in: Sequence[str]


@dataclass(frozen=True)
class FormGroup:
    """The units of one kind and group, to tick."""

    kind: str
    name: str
    units: list[FormUnit] = field(default_factory=list)

    @property
    def chosen(self) -> int:
        """Count the units that are ticked."""
        return sum(one.is_chosen for one in self.units)


def chosen_units(plan: Plan, *, packaged: Iterable[PackagedUnit]) -> dict[str, ChosenUnit]:
    """Give the chosen units by their codes; those that the release does not name cost a query."""
    units = {one.unit.code: one.unit for one in packaged}
    strange = [code for code in plan.chosen if code not in units]
    units |= {unit.code: unit for unit in Unit.objects.filter(code__in=strange)}
    return {
        code: ChosenUnit(
            code=code,
            title=units[code].title if code in units else "",
            url=units[code].get_absolute_url() if code in units else "",
            level=plan.levels.get(code, ""),
            take_out=f"?{plan.without(code).query}",
        )
        for code in plan.chosen
    }


def form_groups(packaged: Iterable[PackagedUnit], *, chosen: Collection[str]) -> list[FormGroup]:
    """Put each listed unit once under its first group; an example's own unit is not listed."""
    places: dict[str, list[PackagedUnit]] = {}
    for one in packaged:
        if one.kind != "example":
            places.setdefault(one.unit.code, []).append(one)
    groups: dict[tuple[str, str], FormGroup] = {}
    for code, (first, *others) in places.items():
        group = groups.setdefault(
            (first.kind, first.category), FormGroup(first.kind, first.category)
        )
        also_in = [one.category for one in others]
        group.units.append(FormUnit(first.unit, code in chosen, also_in))
    return list(groups.values())


def missing_prerequisites(
    prerequisites: Iterable[UnitPrerequisite], *, plan: Plan
) -> list[UnitPrerequisite]:
    """Find the prerequisites of chosen units that are not themselves chosen."""
    chosen = set(plan.chosen)
    return [
        one
        for one in prerequisites
        if one.unit.code in chosen and one.prerequisite.code not in chosen
    ]

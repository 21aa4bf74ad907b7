"""The example selections of a release: their units, and how many electives each leaves open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from occupations.models import ExampleSelection, PackagedUnit, PackagingRule, QualificationRelease
from occupations.packaging import PackagingRules, check_packaging, read_rules
from occupations.views.plan import make_plan


@dataclass(frozen=True)
class Example:
    """An example selection; ``query`` is the plan of all core units and its own."""

    name: str
    units: Sequence[PackagedUnit]
    to_choose: int | None
    query: str


def known_rules(
    packaged: Iterable[PackagedUnit], *, rules: Iterable[PackagingRule], aqf_type: str
) -> PackagingRules:
    """Read the rules of a release as far as our copy holds them."""
    numbers: dict[str, int] = {}
    for rule in rules:
        if rule.number is not None:
            numbers.setdefault(rule.kind, rule.number)
    return read_rules(
        numbers=numbers,
        unit_kinds={one.unit.code: one.kind for one in packaged},
        aqf_type=aqf_type,
    )


def examples(
    release: QualificationRelease, *, packaged: Sequence[PackagedUnit], rules: PackagingRules
) -> Iterator[Example]:
    """Hold each example selection, with all core units, against the rules."""
    by_unit = {one.unit_id: one for one in packaged}
    selections = ExampleSelection.objects.filter(release=release).prefetch_related("units")
    for selection in selections.order_by("seq"):
        units = [
            by_unit[one.unit_id]
            for one in sorted(selection.units.all(), key=lambda one: one.seq)
            if one.unit_id in by_unit
        ]
        chosen = rules.core | {one.unit.code for one in units}
        listed = [
            one.unit.code for one in packaged if one.unit.code in chosen and one.kind != "example"
        ]
        outside = dict.fromkeys((one.unit.code for one in units if one.kind == "example"), "")
        check = check_packaging(rules, chosen=chosen, levels={})
        yield Example(
            name=selection.name,
            units=units,
            to_choose=check.electives_to_choose,
            query=make_plan(dict.fromkeys(listed), outside=outside).query,
        )

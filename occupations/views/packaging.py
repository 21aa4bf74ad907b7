"""The packaging rules of a qualification, and the units that an address holds against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from occupations.models import PackagedUnit, Qualification, QualificationRelease
from occupations.packaging import (
    VOCATIONAL_TYPES,
    PackagingRules,
    RuleCheck,
    RuleKind,
    RuleState,
    check_packaging,
)
from occupations.views.addresses import moved, tidy_code
from occupations.views.examples import examples, known_rules
from occupations.views.plan import MOST_UNITS, Plan, make_plan, read_plan
from occupations.views.qualification import named_page
from occupations.views.register import REGISTER, find_qualification, unknown_qualification
from occupations.views.unit_choice import (
    ChosenUnit,
    chosen_units,
    form_groups,
    missing_prerequisites,
)

_BLANK_LINES = 3  # of the form, for units from outside the list
_STATES = {RuleState.MET: "Met", RuleState.SHORT: "Still open", RuleState.BROKEN: "Broken"}
_COUNTED = (RuleKind.TOTAL, RuleKind.CORE)  # rules that no single unit breaks


@dataclass(frozen=True)
class Verdict:
    """One rule in words, how the choice stands to it, and the units at fault."""

    text: str
    state: str
    words: str
    counted: int
    limit: int
    at_fault: Sequence[ChosenUnit] = ()


@require_safe
def packaging(request: HttpRequest, code: str) -> HttpResponse:
    """Show the packaging rules of the latest release, and check the units of the address."""
    tidy = tidy_code(code)
    found = find_qualification(tidy)
    if found is None:
        return unknown_qualification(request, code=tidy or code)
    here = reverse("occupations:packaging", args=[found.code])
    if code != tidy:
        return moved(request, to=here)
    latest = found.releases.order_by("-release").first()
    if latest is None:
        return named_page(request, found)
    packaged = list(latest.packaged_units.select_related("unit").order_by("seq"))
    plan = read_plan(request.GET, listed=_listed(packaged))
    if request.META.get("QUERY_STRING", "") != plan.query:
        return HttpResponseRedirect(f"{here}?{plan.query}" if plan.query else here)
    context = _context(found, release=latest, packaged=packaged, plan=plan)
    return render(request, "occupations/packaging.html", context)


def _listed(packaged: Sequence[PackagedUnit]) -> set[str]:
    return {one.unit.code for one in packaged if one.kind != "example"}


def _context(
    found: Qualification,
    *,
    release: QualificationRelease,
    packaged: Sequence[PackagedUnit],
    plan: Plan,
) -> dict[str, object]:
    stated = list(release.packaging_rules.order_by("seq"))
    rules = known_rules(packaged, rules=stated, aqf_type=found.aqf_type)
    check = check_packaging(rules, chosen=plan.chosen, levels=plan.levels)
    chosen = chosen_units(plan, packaged=packaged)
    units = {one.unit.code: one.unit for one in packaged}
    prerequisites = release.prerequisites.select_related("unit", "prerequisite")
    core = [one for one in units if one in rules.core]
    return {
        "qualification": found,
        "release": release,
        "is_partial": not release.statements.exists(),
        "register": REGISTER + found.code,
        "rules": stated,
        "plan": plan,
        "most": MOST_UNITS,
        "check": check,
        "verdicts": [_verdict(one, rules=rules, chosen=chosen) for one in check.rules],
        "chosen": [
            (name, [chosen[code] for code in codes])
            for name, codes in (
                ("Core units", check.core),
                ("Listed electives", check.listed),
                ("From outside the list", check.outside),
            )
            if codes
        ],
        "core_to_choose": [units[code] for code in check.core_to_choose],
        "prerequisites": missing_prerequisites(prerequisites, plan=plan) if plan.chosen else [],
        "examples": list(examples(release, packaged=packaged, rules=rules)),
        "core_query": make_plan(core, outside={}).query,
        "groups": form_groups(packaged, chosen=plan.listed),
        "lines": [*(plan.outside or {}).items(), *[("", "")] * _BLANK_LINES],
        "levels": VOCATIONAL_TYPES,
        "knows_other_levels": rules.other_level_most is not None,
    }


def _verdict(
    check: RuleCheck, *, rules: PackagingRules, chosen: Mapping[str, ChosenUnit]
) -> Verdict:
    is_broken = check.state is RuleState.BROKEN
    return Verdict(
        text=_text(check, rules=rules),
        state=check.state,
        words=_STATES[check.state],
        counted=check.counted,
        limit=check.limit,
        at_fault=(
            [chosen[code] for code in check.units]
            if is_broken and check.kind not in _COUNTED
            else ()
        ),
    )


def _text(check: RuleCheck, *, rules: PackagingRules) -> str:
    nearest = [name for name in VOCATIONAL_TYPES if name in rules.neighbouring_types]
    neighbours = " or ".join(nearest)
    texts = {
        RuleKind.TOTAL: f"{check.limit} units in all",
        RuleKind.CORE: f"{check.limit} core units",
        RuleKind.ELECTIVE: f"{check.limit} electives",
        RuleKind.ELECTIVE_SOURCE: (
            f"From outside the list, only units of {rules.aqf_type}, {neighbours} level"
        ),
        RuleKind.OTHER_LEVEL_MOST: (
            f"At most {check.limit} units from outside the list of {neighbours} level"
        ),
    }
    return texts[check.kind]

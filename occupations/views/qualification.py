"""The pages of qualifications: the list, one qualification, and one of its releases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from occupations.models import (
    ExampleSelection,
    PackagedUnit,
    PackagingRule,
    Qualification,
    QualificationClassification,
    QualificationRelease,
    ReleaseStatement,
    StatementSection,
)
from occupations.packaging import PackagingRules, RuleKind, check_packaging, read_rules
from occupations.pathways import occupations_named_by
from occupations.views.addresses import TRAINING_CODE, moved, not_held, suggest, tidy_code
from occupations.views.unit_table import unit_table

_NEAR = 8
_REGISTER = "https://training.gov.au/training/details/"
_NEEDED = (RuleKind.TOTAL, RuleKind.ELECTIVE, RuleKind.OTHER_LEVEL_MOST)


@dataclass(frozen=True)
class Category:
    """The units of one kind that a release puts under one heading."""

    name: str
    units: Sequence[PackagedUnit]


@dataclass(frozen=True)
class Example:
    """An example selection, and how many electives it leaves open."""

    name: str
    units: Sequence[PackagedUnit]
    to_choose: int | None


@require_safe
def qualifications(request: HttpRequest) -> HttpResponse:
    """List the qualifications we hold, and those that they name."""
    known = Qualification.objects.filter(withdrawn_on=None).select_related("training_package")
    context = {
        "held": [one for one in known if one.is_held],
        "named": [one for one in known if not one.is_held],
    }
    return render(request, "occupations/qualifications.html", context)


@require_safe
def qualification(request: HttpRequest, code: str) -> HttpResponse:
    """Show the latest release of a qualification, or who names it if we do not hold it."""
    tidy = tidy_code(code)
    found = _find(tidy)
    if found is None:
        return _unknown(request, code=tidy or code)
    if code != tidy:
        return moved(request, to=found.get_absolute_url())
    latest = found.releases.order_by("-release").first()
    if latest is None:
        return _named_page(request, found)
    return _release_page(request, found, release=latest)


@require_safe
def release(request: HttpRequest, code: str, release: str) -> HttpResponse:
    """Show one release of a qualification."""
    tidy = tidy_code(code)
    found = _find(tidy)
    if found is None:
        return _unknown(request, code=tidy or code)
    number = release.strip()
    is_number = number.isascii() and number.isdigit() and len(number) < 5  # noqa: PLR2004
    one = found.releases.filter(release=int(number)).first() if is_number else None
    if one is None:
        return not_held(
            request,
            explanation=f"We hold no release {number!r} of {found}.",
            query=found.code,
            suggestions=suggest(found),
        )
    if (code, release) != (tidy, str(one.release)):
        return moved(request, to=one.get_absolute_url())
    return _release_page(request, found, release=one)


def _find(code: str) -> Qualification | None:
    if not TRAINING_CODE.fullmatch(code):
        return None
    return Qualification.objects.select_related("training_package").filter(code=code).first()


def _unknown(request: HttpRequest, *, code: str) -> HttpResponse:
    near = Qualification.objects.filter(code__startswith=code[:3])[:_NEAR]
    return not_held(
        request,
        explanation="We hold no qualification with this code.",
        query=code[:40],
        suggestions=suggest(*near),
    )


def _named_page(request: HttpRequest, found: Qualification) -> HttpResponse:
    statements = found.named_in_statements.select_related("release__qualification")
    context = {
        "qualification": found,
        "register": _REGISTER + found.code,
        "replaces": found.replaces.select_related("from_qualification"),
        "replaced_by": found.replaced_by.select_related("to_qualification"),
        "statements": statements,
    }
    return render(request, "occupations/qualification_named.html", context)


def _release_page(
    request: HttpRequest, found: Qualification, *, release: QualificationRelease
) -> HttpResponse:
    releases = list(found.releases.order_by("-release"))
    packaged = list(release.packaged_units.select_related("unit").order_by("seq"))
    rules = list(release.packaging_rules.order_by("seq"))
    context = {
        "qualification": found,
        "release": release,
        "releases": releases,
        "is_latest": release == releases[0],
        "register": _REGISTER + found.code,
        "replaces": found.replaces.select_related("from_qualification"),
        "replaced_by": found.replaced_by.select_related("to_qualification"),
        "table": unit_table(packaged, query=request.GET.dict()),
        "tabled": [one for one in packaged if one.table_seq is not None],
        "classifications": _by_scheme(found.classifications.order_by("seq")),
        "history": found.classifications.exclude(starts_on=None).order_by("seq"),
        "occupations": occupations_named_by(found),
        "sections": _by_section(
            release.statements.select_related("names_qualification").order_by("seq")
        ),
        "rules": rules,
        "core": _categories(packaged, kind="core"),
        "electives": _categories(packaged, kind="elective"),
        "core_count": sum(one.kind == "core" for one in packaged),
        "elective_count": sum(one.kind == "elective" for one in packaged),
        "examples": _examples(release, packaged=packaged, rules=rules, aqf_type=found.aqf_type),
    }
    return render(request, "occupations/qualification.html", context)


def _by_section(statements: Iterable[ReleaseStatement]) -> dict[str, list[ReleaseStatement]]:
    sections: dict[str, list[ReleaseStatement]] = {
        section.value: [] for section in StatementSection
    }
    for statement in statements:
        sections[statement.section].append(statement)
    return sections


def _by_scheme(
    classifications: Iterable[QualificationClassification],
) -> list[tuple[str, list[QualificationClassification]]]:
    schemes: dict[str, list[QualificationClassification]] = defaultdict(list)
    for one in classifications:
        schemes[one.get_scheme_display()].append(one)
    return list(schemes.items())


def _categories(packaged: Iterable[PackagedUnit], *, kind: str) -> list[Category]:
    units = [one for one in packaged if one.kind == kind]
    return [
        Category(name, list(group)) for name, group in groupby(units, key=lambda one: one.category)
    ]


def _examples(
    release: QualificationRelease,
    *,
    packaged: Sequence[PackagedUnit],
    rules: Iterable[PackagingRule],
    aqf_type: str,
) -> list[Example]:
    known = _rules(packaged, rules=rules, aqf_type=aqf_type)
    by_unit = {one.unit_id: one for one in packaged}
    selections = ExampleSelection.objects.filter(release=release).prefetch_related("units")
    examples = []
    for selection in selections.order_by("seq"):
        units = [
            by_unit[one.unit_id]
            for one in sorted(selection.units.all(), key=lambda one: one.seq)
            if one.unit_id in by_unit
        ]
        to_choose = None
        if known is not None:
            chosen = known.core | {one.unit.code for one in units}
            to_choose = check_packaging(known, chosen=chosen, levels={}).electives_to_choose
        examples.append(Example(selection.name, units, to_choose))
    return examples


def _rules(
    packaged: Iterable[PackagedUnit], *, rules: Iterable[PackagingRule], aqf_type: str
) -> PackagingRules | None:
    numbers: dict[str, int] = {}
    for rule in rules:
        if rule.number is not None:
            numbers.setdefault(rule.kind, rule.number)
    if not numbers.keys() >= set(_NEEDED):
        return None
    return read_rules(
        numbers=numbers,
        unit_kinds={one.unit.code: one.kind for one in packaged},
        aqf_type=aqf_type,
    )

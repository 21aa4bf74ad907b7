"""The pages of one qualification and of its releases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from occupations import structured_data
from occupations.models import (
    PackagedUnit,
    Qualification,
    QualificationClassification,
    QualificationRelease,
    ReleaseStatement,
    StatementSection,
    UnitPrerequisite,
)
from occupations.pathways import occupations_named_by
from occupations.supersession import lineage_of_qualification
from occupations.views.addresses import moved, not_held, suggest, tidy_code
from occupations.views.examples import examples, known_rules
from occupations.views.register import REGISTER, find_qualification, unknown_qualification
from occupations.views.unit_table import unit_table

_MANY_UNITS = 60  # more of them fold into their groups


@dataclass(frozen=True)
class Category:
    """The units of one kind that a release puts under one heading."""

    name: str
    units: Sequence[PackagedUnit]


@require_safe
def qualification(request: HttpRequest, code: str) -> HttpResponse:
    """Show the latest release of a qualification, or who names it if we do not hold it."""
    tidy = tidy_code(code)
    found = find_qualification(tidy)
    if found is None:
        return unknown_qualification(request, code=tidy or code)
    if code != tidy:
        return moved(request, to=found.get_absolute_url())
    latest = found.releases.order_by("-release").first()
    if latest is None:
        return named_page(request, found)
    return _release_page(request, found, release=latest)


@require_safe
def release(request: HttpRequest, code: str, release: str) -> HttpResponse:
    """Show one release of a qualification."""
    tidy = tidy_code(code)
    found = find_qualification(tidy)
    if found is None:
        return unknown_qualification(request, code=tidy or code)
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


def named_page(request: HttpRequest, found: Qualification) -> HttpResponse:
    """Show who names a qualification of which our copy holds no release."""
    statements = found.named_in_statements.select_related("release__qualification")
    context = {
        "qualification": found,
        "register": REGISTER + found.code,
        "lineage": lineage_of_qualification(found),
        "statements": statements,
    }
    return render(request, "occupations/qualification_named.html", context)


def _release_page(
    request: HttpRequest, found: Qualification, *, release: QualificationRelease
) -> HttpResponse:
    releases = list(found.releases.order_by("-release"))
    packaged = list(release.packaged_units.select_related("unit").order_by("seq"))
    rules = list(release.packaging_rules.order_by("seq"))
    known = known_rules(packaged, rules=rules, aqf_type=found.aqf_type)
    sections = _by_section(release.statements.select_related("names_qualification").order_by("seq"))
    context = {
        "structured_data": structured_data.script(
            *structured_data.qualification_nodes(found, packaged=packaged)
        ),
        "qualification": found,
        "release": release,
        "releases": releases,
        "is_latest": release == releases[0],
        "register": REGISTER + found.code,
        "lineage": lineage_of_qualification(found),
        "table": unit_table(packaged, query=request.GET.dict()),
        "tabled": [one for one in packaged if one.table_seq is not None],
        "classifications": _by_scheme(found.classifications.order_by("seq")),
        "history": found.classifications.exclude(starts_on=None).order_by("seq"),
        "occupations": occupations_named_by(found),
        "sections": sections,
        "is_partial": not any(sections.values()),
        "rules": rules,
        "core": _categories(packaged, kind="core"),
        "electives": _categories(packaged, kind="elective"),
        "core_count": _count(packaged, kind="core"),
        "elective_count": _count(packaged, kind="elective"),
        "is_long": len(packaged) > _MANY_UNITS,
        "prerequisites": _by_unit(
            release.prerequisites.select_related("unit", "prerequisite").order_by(
                "unit__code", "prerequisite__code"
            )
        ),
        "examples": list(examples(release, packaged=packaged, rules=known)),
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


def _count(packaged: Iterable[PackagedUnit], *, kind: str) -> int:
    return len({one.unit_id for one in packaged if one.kind == kind})


def _by_unit(prerequisites: Iterable[UnitPrerequisite]) -> list[list[UnitPrerequisite]]:
    return [list(group) for _, group in groupby(prerequisites, key=lambda one: one.unit_id)]

"""Qualifications and units of competency."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from occupations.api.places import (
    QualificationInPath,
    ReleaseInPath,
    UnitInPath,
    find_qualification,
    find_unit,
)
from occupations.api.problems import NotHeld, Problem
from occupations.api.stamps import coded, first, place, stamp
from occupations.api.training_schemas import QualificationAnswer, UnitAnswer
from occupations.facts.addresses import whole
from occupations.facts.provenance import table_sources
from occupations.models import (
    ExampleUnit,
    Qualification,
    QualificationMapping,
    QualificationRelease,
    Unit,
    UnitMapping,
)
from occupations.pathways import occupations_named_by

_REGISTER = "https://training.gov.au/training/details/"
_LONGEST_RELEASE = 4  # digits
router = Router(tags=["Training"])


@router.get(
    "/qualifications/{code}",
    response={200: QualificationAnswer, 404: Problem},
    summary="A qualification with its latest release",
)
def qualification(request: HttpRequest, code: QualificationInPath) -> dict[str, Any]:  # noqa: ARG001
    """Give a qualification, its units and packaging rules, and the occupations it names."""
    found = find_qualification(code)
    releases = list(found.releases.order_by("-release"))
    return _qualification(found, releases, release=releases[0] if releases else None)


@router.get(
    "/qualifications/{code}/{release}",
    response={200: QualificationAnswer, 404: Problem},
    summary="A qualification with one of its releases",
)
def release(
    request: HttpRequest,  # noqa: ARG001
    code: QualificationInPath,
    release: ReleaseInPath,
) -> dict[str, Any]:
    """Give a qualification with the release that is asked for."""
    found = find_qualification(code)
    number = release.strip()
    is_number = number.isascii() and number.isdigit() and len(number) <= _LONGEST_RELEASE
    releases = list(found.releases.order_by("-release"))
    one = next((one for one in releases if is_number and one.release == int(number)), None)
    if one is None:
        raise NotHeld(f"There is no release {number[:40]!r} of {found.code} in the catalogue.")
    return _qualification(found, releases, release=one)


@router.get(
    "/units/{code}", response={200: UnitAnswer, 404: Problem}, summary="A unit of competency"
)
def unit(request: HttpRequest, code: UnitInPath) -> dict[str, Any]:  # noqa: ARG001
    """Give a unit of competency, what it replaced, and the qualifications that hold it."""
    found = find_unit(code)
    packaged = found.packaged_in.select_related("release__qualification")
    first_ones = Unit.objects.filter(required_for__unit=found).distinct()
    later_ones = Unit.objects.filter(prerequisites__prerequisite=found).distinct()
    return {
        **_stamp("units"),
        **coded(found),
        **_fields(found, "usage_from_on", "release", "released_on"),
        "register_url": _REGISTER + found.code,
        "training_package": found.training_package,
        "field_of_education": found.field_of_education,
        "packaged_in": [
            {
                "qualification": coded(one.release.qualification),
                "release": one.release.release,
                "kind": one.kind,
                "category": one.category,
            }
            for one in packaged.order_by("release__qualification__code", "release__release", "seq")
        ],
        "prerequisites": [coded(one) for one in first_ones.order_by("code")],
        "required_for": [coded(one) for one in later_ones.order_by("code")],
        "replaces": [
            _mapping(one, of=one.from_unit) for one in found.replaces.select_related("from_unit")
        ],
        "replaced_by": [
            _mapping(one, of=one.to_unit) for one in found.replaced_by.select_related("to_unit")
        ],
    }


def _stamp(table: str) -> dict[str, Any]:
    today = timezone.localdate()
    return stamp(source=first(table_sources(on=today).get(table, ())))


def _fields(row: Qualification | Unit, *names: str) -> dict[str, Any]:
    names = (*names, "usage_recommendation", "is_held", "withdrawn_on")
    return {name: getattr(row, name) for name in names}


def _qualification(
    found: Qualification,
    releases: Sequence[QualificationRelease],
    *,
    release: QualificationRelease | None,
) -> dict[str, Any]:
    replaces = found.replaces.select_related("from_qualification")
    replaced_by = found.replaced_by.select_related("to_qualification")
    return {
        **_stamp("qualifications"),
        **coded(found),
        **_fields(found, "aqf_type", "aqf_level"),
        "register_url": _REGISTER + found.code,
        "training_package": found.training_package,
        "releases": [one.release for one in releases],
        "release": None if release is None else _release(release),
        "classifications": found.classifications.order_by("seq"),
        "occupations": [
            {
                "code": one.code,
                "value": one.value,
                "starts_on": one.starts_on,
                "ends_on": one.ends_on,
                "meanings": [place(meaning) for meaning in one.meanings],
            }
            for one in occupations_named_by(found)
        ],
        "replaces": [_mapping(one, of=one.from_qualification) for one in replaces],
        "replaced_by": [_mapping(one, of=one.to_qualification) for one in replaced_by],
    }


def _mapping(
    mapping: QualificationMapping | UnitMapping, *, of: Qualification | Unit
) -> dict[str, Any]:
    return {
        **coded(of),
        "is_equivalent": mapping.is_equivalent,
        "note": getattr(mapping, "note", ""),
        "mapped_on": getattr(mapping, "mapped_on", None),
    }


def _release(release: QualificationRelease) -> dict[str, Any]:
    units = ExampleUnit.objects.select_related("unit").order_by("seq")
    examples = release.example_selections.prefetch_related(Prefetch("units", units))
    return {
        "release": release.release,
        "released_on": release.released_on,
        "stated_unit_count": release.stated_unit_count,
        "url": whole(release.get_absolute_url()),
        "units": [
            {
                **coded(one.unit),
                "kind": one.kind,
                "category": one.category,
                "usage_recommendation": one.unit.usage_recommendation,
                "essential": one.essential,
            }
            for one in release.packaged_units.select_related("unit").order_by("seq")
        ],
        "rules": release.packaging_rules.order_by("seq"),
        "prerequisites": [
            {"unit": coded(one.unit), "prerequisite": coded(one.prerequisite)}
            for one in release.prerequisites.select_related("unit", "prerequisite").order_by(
                "unit__code", "prerequisite__code"
            )
        ],
        "statements": _statements(release),
        "examples": [
            {"name": one.name, "units": [member.unit.code for member in one.units.all()]}
            for one in examples.order_by("seq")
        ],
    }


def _statements(release: QualificationRelease) -> Iterable[dict[str, Any]]:
    rows = release.statements.select_related("names_qualification").order_by("section", "seq")
    return [
        {
            "section": one.section,
            "heading": one.heading,
            "text": one.text,
            "names_qualification": one.names_qualification and one.names_qualification.code,
        }
        for one in rows
    ]

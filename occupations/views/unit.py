"""The page of one unit of competency: which qualifications hold it, and as what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from occupations import structured_data
from occupations.models import (
    FieldOfEducation,
    PackagedUnit,
    QualificationRelease,
    Unit,
    UnitPrerequisite,
)
from occupations.supersession import lineage_of_unit
from occupations.views.addresses import TRAINING_CODE, moved, not_held, suggest, tidy_code
from occupations.views.pager import turn
from occupations.views.register import REGISTER

_NEAR = 8
_BROADER = (2, 4, 6)  # digits of a broad, a narrow and a detailed field


@dataclass(frozen=True)
class Holder:
    """A release that names the unit, as core or elective, and in which groups."""

    release: QualificationRelease
    kind: str
    groups: Sequence[str]
    is_listed: bool


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show a unit of competency and the qualifications that name it."""
    tidy = tidy_code(code)
    found = _find(tidy)
    if found is None:
        near = Unit.objects.filter(code__startswith=tidy[:6])[:_NEAR]
        return not_held(
            request,
            explanation="We hold no unit of competency with this code.",
            query=(tidy or code)[:40],
            suggestions=suggest(*near),
        )
    if code != tidy:
        return moved(request, to=found.get_absolute_url())
    packaged = found.packaged_in.select_related("release__qualification").order_by(
        "release__qualification__code", "-release__release", "seq"
    )
    holders, pager = turn(
        _holders(packaged),
        query=request.GET.dict(),
        address=lambda changes: f"?per={changes['per']}&page={changes['page']}#held-by",
    )
    prerequisites = list(
        UnitPrerequisite.objects.filter(Q(unit=found) | Q(prerequisite=found))
        .select_related("release__qualification", "unit", "prerequisite")
        .order_by("release__qualification__code", "unit__code", "prerequisite__code")
    )
    context = {
        "structured_data": structured_data.script(*structured_data.unit_nodes(found)),
        "unit": found,
        "register": REGISTER + found.code,
        "fields": _fields(found),
        "lineage": lineage_of_unit(found),
        "holders": holders,
        "pager": pager,
        "examples": found.in_examples.select_related("selection__release__qualification"),
        "asks_for": [one for one in prerequisites if one.unit_id == found.pk],
        "asked_for_by": [one for one in prerequisites if one.prerequisite_id == found.pk],
    }
    return render(request, "occupations/unit.html", context)


def _find(code: str) -> Unit | None:
    if not TRAINING_CODE.fullmatch(code):
        return None
    units = Unit.objects.select_related("training_package", "field_of_education")
    return units.filter(code=code).first()


def _holders(packaged: Iterable[PackagedUnit]) -> list[Holder]:
    found = []
    for _, group in groupby(packaged, key=lambda one: one.release_id):
        places = list(group)
        found.append(
            Holder(
                release=places[0].release,
                kind=places[0].get_kind_display(),
                groups=[one.category for one in places if one.category],
                is_listed=places[0].kind != "example",
            )
        )
    return found


def _fields(found: Unit) -> list[FieldOfEducation]:
    """List the unit's field of education after the narrow and the broad field that hold it."""
    if found.field_of_education is None:
        return []
    code = found.field_of_education.code
    codes = {code[:digits] for digits in _BROADER}
    return list(FieldOfEducation.objects.filter(code__in=codes).order_by("code"))

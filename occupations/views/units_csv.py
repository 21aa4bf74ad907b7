"""Units of a qualification, or of a plan, as a CSV file that a spreadsheet opens safely."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from occupations.facts.addresses import whole
from occupations.facts.exports import safe_cell
from occupations.facts.provenance import revision
from occupations.models import (
    Qualification,
    QualificationRelease,
    Source,
    Unit,
)
from occupations.views.addresses import moved, not_held, suggest, tidy_code
from occupations.views.plan import Plan, read_plan
from occupations.views.register import (
    SAMPLE_SOURCE,
    WHOLE_SOURCE,
    find_qualification,
    unknown_qualification,
)
from occupations.views.unit_table import UnitRow, unit_rows

_PLACES = {"core": "Core", "elective": "Listed elective", "example": "Only in an example"}
_HEADER = (
    "qualification",
    "release",
    "place",
    "level",
    "groups",
    "code",
    "title",
    "usage_recommendation",
    "address",
)
_STAMP = ("source", "licence", "as_at", "catalogue_revision")


@dataclass(frozen=True)
class _Stamp:
    """Where the rows come from, in the words of each row."""

    source: str
    licence: str
    as_at: str
    revision: str

    def cells(self) -> tuple[str, ...]:
        return self.source, self.licence, self.as_at, self.revision


@require_safe
def units_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the units that a qualification's latest release names."""
    return _answer(request, code, ending="units.csv", plan=None)


@require_safe
def plan_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Give the units that the address chooses, each with its place in the packaging rules."""
    return _answer(request, code, ending="packaging/plan.csv", plan=request)


def _answer(
    request: HttpRequest, code: str, *, ending: str, plan: HttpRequest | None
) -> HttpResponse:
    tidy = tidy_code(code)
    found = find_qualification(tidy)
    latest = found.releases.order_by("-release").first() if found else None
    if found is None:
        return unknown_qualification(request, code=tidy or code)
    if latest is None:
        return not_held(
            request,
            explanation=f"Our copy holds no release of {found}, so it has no list of its units.",
            query=found.code,
            suggestions=suggest(found),
        )
    if code != tidy:
        return moved(request, to=f"{found.get_absolute_url()}{ending}")
    rows = unit_rows(latest.packaged_units.select_related("unit").order_by("seq"))
    if plan is None:
        lines = [_line(row, level=found.aqf_type) for row in rows]
        name = f"{found.code}-units.csv"
    else:
        listed = [row.code for row in rows if row.kind != "example"]
        lines = list(_planned(rows, plan=read_plan(plan.GET, listed=listed), level=found.aqf_type))
        name = f"{found.code}-plan.csv"
    return _file(name=name, release=latest, qualification=found, lines=lines)


def _planned(rows: Sequence[UnitRow], *, plan: Plan, level: str) -> Iterable[tuple[str, ...]]:
    by_code = {row.code: row for row in rows}
    for code in plan.listed:
        yield _line(by_code[code], level=level)
    outside = plan.outside or {}
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=outside)}
    for code, stated in outside.items():
        unit = known.get(code)
        yield (
            "From outside the list",
            stated or "Not stated",
            "",
            code,
            unit.title if unit else "",
            unit.usage_recommendation if unit else "",
            unit.get_absolute_url() if unit else "",
        )


def _line(row: UnitRow, *, level: str) -> tuple[str, ...]:
    groups = "; ".join(row.groups)
    return _PLACES[row.kind], level, groups, row.code, row.title, row.usage, row.url


def _file(
    *,
    name: str,
    release: QualificationRelease,
    qualification: Qualification,
    lines: Iterable[tuple[str, ...]],
) -> HttpResponse:
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    stamp = _stamp(release).cells()
    writer = csv.writer(response)
    writer.writerow((*_HEADER, *_STAMP))
    for *cells, url in lines:
        address = whole(url) if url else ""
        row = (qualification.code, release.release, *cells, address, *stamp)
        writer.writerow([safe_cell(str(cell)) for cell in row])
    return response


def _stamp(release: QualificationRelease) -> _Stamp:
    slug = WHOLE_SOURCE if release.statements.exists() else SAMPLE_SOURCE
    source = Source.objects.filter(slug=slug).first()
    as_at = release.released_on or (source.as_at_on if source else None)
    return _Stamp(
        source=f"{source.title}, {source.publisher}" if source else "training.gov.au",
        licence=source.licence if source and source.licence else "Not stated; see training.gov.au",
        as_at=as_at.isoformat() if as_at else "Undated copy",
        revision=str(revision().number),
    )

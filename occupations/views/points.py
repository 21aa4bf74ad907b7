"""The published points table of visas 189, 190 and 491, added up for what a visitor entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from occupations import structured_data
from occupations.facts.editions import spoken
from occupations.models import PointsCriterion
from occupations.points import (
    AGE,
    AGE_LIMIT,
    UNDER_AGE,
    LineKind,
    Part,
    PointsLine,
    PointsTable,
    TableIncomplete,
    add_up,
    read_table,
)
from occupations.views.unkept import unkept

# Ages that earn no points and stand in no line of the table.
OTHER_AGES: Mapping[str, str] = {
    f"under-{UNDER_AGE}": f"under {UNDER_AGE}",
    f"{AGE_LIMIT}-or-over": f"{AGE_LIMIT} or over",
}


@dataclass(frozen=True)
class Option:
    """A line of a part, as a choice of the form; other ages have no line."""

    value: str
    label: str
    line: PointsLine | None
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """A part of the table as a question; ``name`` is its name in the address."""

    name: str
    part: Part
    options: Sequence[Option]
    only_for: str

    @property
    def chosen(self) -> Option | None:
        return next((one for one in self.options if one.is_chosen), None)


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Show the points table as a form, and the sums of what was entered."""
    rows = list(PointsCriterion.objects.select_related("source"))
    way = [("Visas", reverse("occupations:visas")), ("Points table", request.path)]
    context: dict[str, object] = {
        "structured_data": structured_data.script(structured_data.breadcrumbs(way)),
        "source": rows[0].source if rows else None,
        "table": None,
    }
    try:
        table = read_table(map(_line, rows))
    except TableIncomplete:
        return render(request, "occupations/points.html", context)
    questions = _questions(table, query=request.GET.dict())
    chosen = {
        one.part.name: one.chosen.value for one in questions if one.chosen and one.chosen.line
    }
    age = next((one.chosen for one in questions if one.part.name == AGE), None)
    context |= {
        "table": table,
        "questions": questions,
        "visas": spoken(table.visas),
        "age_limit": AGE_LIMIT,
        "is_over_age": age is not None and age.value == f"{AGE_LIMIT}-or-over",
        "answered": [one for one in questions if one.chosen],
        "left_out": sum(one.chosen is None for one in questions),
        "sums": [add_up(table, chosen=chosen, visa=visa) for visa in table.visas],
    }
    return unkept(request, render(request, "occupations/points.html", context))


def _line(row: PointsCriterion) -> PointsLine:
    return PointsLine(
        part=row.part,
        part_title=row.part_title,
        kind=LineKind(row.kind),
        key=row.key,
        criterion=row.criterion,
        points=row.points,
        visas=frozenset(row.visas),
        note=row.note,
    )


def _questions(table: PointsTable, *, query: Mapping[str, str]) -> list[Question]:
    return [_question(part, table=table, query=query) for part in table.parts]


def _question(part: Part, *, table: PointsTable, query: Mapping[str, str]) -> Question:
    name = slugify(part.name.replace(".", "-"))
    asked = query.get(name, "")
    options = [
        Option(line.key, line.criterion, line, is_chosen=line.key == asked) for line in part.lines
    ]
    if part.name == AGE:
        first, last = (
            Option(value, label, None, is_chosen=value == asked)
            for value, label in OTHER_AGES.items()
        )
        options = [first, *options, last]
    only_for = "" if part.visas == frozenset(table.visas) else spoken(sorted(part.visas))
    return Question(name, part, options, only_for)

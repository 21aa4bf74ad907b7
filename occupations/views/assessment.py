"""The self-check of a skills assessment: published pathways beside what a visitor entered."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from occupations import structured_data
from occupations.assessment import (
    ConditionCheck,
    Pathway,
    PathwayCheck,
    PathwayUnreadable,
    check_pathway,
    read_pathway,
)
from occupations.facts import Place, occupation_facts
from occupations.models import Assessment, AssessmentCriterion, Edition, Occupation, Source
from occupations.views.addresses import moved, not_held, suggest, tidy_code, tidy_edition
from occupations.views.assessment_answers import (
    ADDITIONAL,
    FIELDS,
    LEVELS,
    Entered,
    chosen,
    entered_for,
    read_answers,
)
from occupations.views.browse import unknown_edition
from occupations.views.unkept import unkept

_HOURS_A_WEEK = {("vetassess", "C"): 20}  # paid; asked by the authority's present page


@dataclass(frozen=True)
class ConditionLine:
    """A condition, and in words what was entered for it."""

    check: ConditionCheck
    entered: str


@dataclass(frozen=True)
class PathwayLines:
    """A published pathway with its conditions."""

    criterion: AssessmentCriterion
    check: PathwayCheck
    conditions: Sequence[ConditionLine]


@dataclass(frozen=True)
class SelfCheck:
    """The pathways of one assessment group, all of them."""

    assessment: Assessment
    pathways: Sequence[PathwayLines]
    hours_a_week: int | None

    @property
    def sources(self) -> list[Source]:
        """List where the pathways come from, each source once."""
        return list(dict.fromkeys(one.criterion.source for one in self.pathways))

    @property
    def asks_for_additional(self) -> bool:
        return any(one.check.pathway.additional_level is not None for one in self.pathways)


@require_safe
def assessment(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show the published pathways of an occupation's assessment group, beside the answers."""
    slug, tidy = tidy_edition(edition), tidy_code(code)
    occupation = (
        Occupation.objects.select_related("edition").filter(edition__slug=slug, code=tidy).first()
    )
    if occupation is None:
        return _unknown(request, typed=edition, slug=slug, code=tidy)
    if (edition, code) != (slug, tidy):
        return moved(request, to=reverse("occupations:assessment", args=[slug, tidy]))
    entered = read_answers(request.GET.dict())
    assessments = list(occupation.assessments.select_related("authority", "source"))
    way = [
        ("Occupations", reverse("occupations:browse")),
        (str(occupation.edition), occupation.edition.get_absolute_url()),
        (str(occupation), occupation.get_absolute_url()),
        ("Skills assessment", request.path),
    ]
    response = render(
        request,
        "occupations/assessment.html",
        {
            "structured_data": structured_data.script(structured_data.breadcrumbs(way)),
            "occupation": occupation,
            "assessments": assessments,
            "assessed_as": [] if assessments else _assessed_as(occupation),
            "self_check": _self_check(assessments, entered),
            "entered": entered,
            "levels": chosen(LEVELS, typed=entered.typed["level"]),
            "additional": chosen(ADDITIONAL, typed=entered.typed["additional"]),
            "fields": chosen(FIELDS, typed=entered.typed["field"]),
            "query_for_contact": f"o={slug}:{tidy}",
        },
    )
    return unkept(request, response)


def _assessed_as(occupation: Occupation) -> list[Place]:
    """Find the codes of other editions under which an authority assesses the same occupation."""
    known = occupation_facts(occupation, on=timezone.localdate())
    return [
        place
        for one in known.assessments
        if one.authorities
        for place in (one.place, *one.also)
        if place.edition != occupation.edition.slug
    ]


def _self_check(assessments: Sequence[Assessment], entered: Entered) -> SelfCheck | None:
    """Hold the answers against a group's pathways, if we hold them: all of them, or none."""
    grouped = next((one for one in assessments if one.group), None)
    if grouped is None:
        return None
    criteria = AssessmentCriterion.objects.filter(
        authority=grouped.authority_id, group=grouped.group
    ).select_related("source")
    try:
        checks = [(one, check_pathway(_pathway(one), entered.answers)) for one in criteria]
    except PathwayUnreadable:
        return None
    if not checks:
        return None
    return SelfCheck(
        grouped,
        pathways=[
            PathwayLines(
                criterion,
                check,
                [ConditionLine(one, entered_for(one, entered)) for one in check.conditions],
            )
            for criterion, check in checks
        ],
        hours_a_week=_HOURS_A_WEEK.get((grouped.authority.slug, grouped.group)),
    )


def _pathway(row: AssessmentCriterion) -> Pathway:
    return read_pathway(
        seq=row.seq,
        qualification=row.qualification,
        is_highly_relevant_field=row.is_highly_relevant_field,
        additional_qualification=row.additional_qualification,
        years=row.years,
        employment=row.employment,
    )


def _unknown(request: HttpRequest, *, typed: str, slug: str, code: str) -> HttpResponse:
    if not Edition.objects.filter(slug=slug).exists():
        return unknown_edition(request, typed=typed)
    elsewhere = Occupation.objects.filter(code=code).select_related("edition")
    return not_held(
        request,
        explanation="We hold no occupation with this code in this edition.",
        query=code[:40],
        suggestions=suggest(*elsewhere),
    )

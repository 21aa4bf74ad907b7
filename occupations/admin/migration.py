"""Visas, lists, caveats, authorities and what decides invitations, as staff look at them."""

from django.contrib import admin

from occupations.admin.read_only import ReadOnlyAdmin, rows
from occupations.models import (
    AssessingAuthority,
    AssessmentCriterion,
    Caveat,
    ExpressionCount,
    Instrument,
    OccupationList,
    PointsCriterion,
    Visa,
)


@admin.register(Visa)
class VisaAdmin(ReadOnlyAdmin):
    list_display = ("subclass", "title", "reads_edition", "is_open")
    list_filter = ("is_open", "reads_edition")
    list_select_related = ("reads_edition",)


@admin.register(OccupationList)
class OccupationListAdmin(ReadOnlyAdmin):
    list_display = ("acronym", "title", "url")


@admin.register(Instrument)
class InstrumentAdmin(ReadOnlyAdmin):
    list_display = ("title", "in_force_from_on", "in_force_to_on")
    inlines = (rows(Caveat, "number", "title", "wording"),)


@admin.register(AssessingAuthority)
class AssessingAuthorityAdmin(ReadOnlyAdmin):
    list_display = ("acronym", "name", "url")
    inlines = (
        rows(AssessmentCriterion, "group", "seq", "qualification", "years", "employment", "text"),
    )


@admin.register(PointsCriterion)
class PointsCriterionAdmin(ReadOnlyAdmin):
    list_display = ("seq", "part", "criterion", "points", "kind")
    list_filter = ("kind", "part")


@admin.register(ExpressionCount)
class ExpressionCountAdmin(ReadOnlyAdmin):
    list_display = ("occupation", "visa", "stream", "status", "points", "states", "count")
    list_filter = ("visa", "status")
    list_select_related = ("occupation", "visa")
    search_fields = ("=occupation__code", "occupation__title")
    search_help_text = "A code or words of a title."

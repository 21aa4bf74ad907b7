"""The catalogue as staff look at it: nobody edits it by hand, the load alone writes it."""

from typing import Any, override
from urllib.parse import unquote

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from occupations.models import (
    AqfLevel,
    AssessingAuthority,
    Assessment,
    AssessmentCriterion,
    AssessmentNote,
    CatalogueLoad,
    Caveat,
    CaveatMembership,
    Correspondence,
    Edition,
    ExampleSelection,
    ExampleUnit,
    Group,
    GroupSummary,
    Instrument,
    IscoCorrespondence,
    ListMembership,
    NotConsideredTitle,
    NzqcfLevel,
    Occupation,
    OccupationLink,
    OccupationList,
    OccupationSummary,
    OtherTitle,
    PackagedUnit,
    PackagingRule,
    Qualification,
    QualificationClassification,
    QualificationMapping,
    QualificationRelease,
    ReleaseStatement,
    SkillLevel,
    Source,
    Task,
    TrainingPackage,
    Unit,
    UnitMapping,
    Visa,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """A table to look at; nobody adds, alters or deletes its rows, superusers neither."""

    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if "\0" in unquote(request.META["QUERY_STRING"]):  # which PostgreSQL takes in no text
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        return super().changelist_view(request, extra_context)

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyRows(admin.TabularInline):
    """Rows that belong to the one on the page, to look at."""

    extra = 0
    template = "admin/occupations/rows.html"

    @override
    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def rows(model: type[Model], *fields: str, of: str | None = None) -> type[ReadOnlyRows]:
    """Show ``fields`` of the rows of ``model``; ``of`` names the key where there are two."""
    options = {"model": model, "fields": fields, "fk_name": of, "__module__": __name__}
    return type(f"{model.__name__}Rows", (ReadOnlyRows,), options)


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("title", "slug", "publisher", "released_on", "superseded_by")
    list_filter = ("classification",)
    list_select_related = ("superseded_by",)
    inlines = (
        rows(SkillLevel, "level", "australia", "new_zealand"),
        rows(Visa, "subclass", "title", "is_open"),
    )


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    exclude = ("title_folded",)
    list_display = ("code", "title", "level", "edition", "skill_level", "withdrawn_on")
    list_filter = ("edition", "level")
    list_select_related = ("edition",)
    search_fields = ("=code", "title")
    search_help_text = "A code or words of a title."
    inlines = (
        rows(GroupSummary, "text", "written_on"),
        rows(Task, "seq", "text", "is_note"),
        rows(Occupation, "code", "title", "skill_level"),
    )


@admin.register(Occupation)
class OccupationAdmin(ReadOnlyAdmin):
    exclude = ("title_folded",)
    list_display = ("code", "title", "edition", "unit_group", "skill_level", "withdrawn_on")
    list_filter = ("edition", "skill_level", "retired")
    list_select_related = ("edition", "unit_group")
    search_fields = ("=code", "title", "titles__title")
    search_help_text = "A code, or words of a title, an alternative title or a specialisation."
    inlines = (
        rows(OccupationSummary, "text", "written_on"),
        rows(OtherTitle, "kind", "title"),
        rows(Correspondence, "to_occupation", "is_partial", "origin", of="from_occupation"),
        rows(IscoCorrespondence, "isco_group", "is_partial"),
        rows(ListMembership, "occupation_list", "visas", "source"),
        rows(CaveatMembership, "caveat", "programs"),
        rows(Assessment, "authority", "group", "source"),
        rows(AssessmentNote, "section", "seq", "heading", "text"),
        rows(NotConsideredTitle, "seq", "title", "right_occupation", of="occupation"),
        rows(OccupationLink, "seq", "label", "url"),
    )


@admin.register(TrainingPackage)
class TrainingPackageAdmin(ReadOnlyAdmin):
    list_display = ("code", "title")
    search_fields = ("=code", "title")
    inlines = (rows(Qualification, "code", "title", "usage_recommendation"),)


@admin.register(Qualification)
class QualificationAdmin(ReadOnlyAdmin):
    exclude = ("title_folded",)
    list_display = ("code", "title", "training_package", "usage_recommendation", "is_held")
    list_filter = (
        ("usage_recommendation", admin.EmptyFieldListFilter),
        "is_held",
        "training_package",
    )
    list_select_related = ("training_package",)
    search_fields = ("=code", "title")
    search_help_text = "A code or words of a title."
    inlines = (
        rows(QualificationRelease, "release", "released_on", "stated_unit_count"),
        rows(QualificationClassification, "scheme", "code", "value", "starts_on", "ends_on"),
        rows(
            QualificationMapping,
            "to_qualification",
            "is_equivalent",
            "note",
            of="from_qualification",
        ),
    )


@admin.register(QualificationRelease)
class QualificationReleaseAdmin(ReadOnlyAdmin):
    list_display = ("qualification", "release", "released_on", "stated_unit_count")
    list_select_related = ("qualification",)
    search_fields = ("=qualification__code", "qualification__title")
    search_help_text = "A code or words of a title."
    inlines = (
        rows(PackagingRule, "seq", "kind", "number", "text"),
        rows(PackagedUnit, "seq", "unit", "kind", "category"),
        rows(ExampleSelection, "seq", "name"),
        rows(ReleaseStatement, "section", "seq", "heading", "text"),
    )


@admin.register(ExampleSelection)
class ExampleSelectionAdmin(ReadOnlyAdmin):
    list_display = ("name", "release")
    list_select_related = ("release__qualification",)
    inlines = (rows(ExampleUnit, "seq", "unit"),)


@admin.register(Unit)
class UnitAdmin(ReadOnlyAdmin):
    exclude = ("title_folded",)
    list_display = ("code", "title", "usage_recommendation", "withdrawn_on")
    list_filter = (("usage_recommendation", admin.EmptyFieldListFilter),)
    search_fields = ("=code", "title")
    search_help_text = "A code or words of a title."
    inlines = (rows(UnitMapping, "to_unit", "is_equivalent", of="from_unit"),)


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


@admin.register(AqfLevel)
class AqfLevelAdmin(ReadOnlyAdmin):
    list_display = ("level", "qualification_type", "volume_of_learning")


@admin.register(NzqcfLevel)
class NzqcfLevelAdmin(ReadOnlyAdmin):
    list_display = ("level", "qualification_types")


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("title", "publisher", "licence", "as_at_on", "is_official")
    list_filter = ("is_official",)


@admin.register(CatalogueLoad)
class CatalogueLoadAdmin(ReadOnlyAdmin):
    list_display = ("id", "loaded_at", "digest")

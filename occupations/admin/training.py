"""Training packages, qualifications and units as staff look at them."""

from django.contrib import admin

from occupations.admin.read_only import ReadOnlyAdmin, rows
from occupations.models import (
    ExampleSelection,
    ExampleUnit,
    PackagedUnit,
    PackagingRule,
    Qualification,
    QualificationClassification,
    QualificationMapping,
    QualificationRelease,
    ReleaseStatement,
    TrainingPackage,
    Unit,
    UnitMapping,
    UnitPrerequisite,
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
        rows(UnitPrerequisite, "unit", "prerequisite"),
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

"""Frameworks and loads as staff look at them."""

from django.contrib import admin

from occupations.admin.read_only import ReadOnlyAdmin, rows
from occupations.models import (
    AqfLevel,
    CatalogueLoad,
    FactChange,
    FieldOfEducation,
    GlossaryTerm,
    IscoGroup,
    LevelOfEducation,
    NzqcfLevel,
)


@admin.register(AqfLevel)
class AqfLevelAdmin(ReadOnlyAdmin):
    list_display = ("level", "qualification_type", "volume_of_learning")


@admin.register(NzqcfLevel)
class NzqcfLevelAdmin(ReadOnlyAdmin):
    list_display = ("level", "qualification_types")


@admin.register(CatalogueLoad)
class CatalogueLoadAdmin(ReadOnlyAdmin):
    list_display = ("id", "loaded_at", "digest")
    inlines = (rows(FactChange, "table", "kind", "key", "before", "after"),)


@admin.register(FieldOfEducation)
class FieldOfEducationAdmin(ReadOnlyAdmin):
    list_display = ("code", "title")
    search_fields = ("=code", "title")


@admin.register(LevelOfEducation)
class LevelOfEducationAdmin(ReadOnlyAdmin):
    list_display = ("code", "title")
    search_fields = ("=code", "title")


@admin.register(IscoGroup)
class IscoGroupAdmin(ReadOnlyAdmin):
    list_display = ("code", "title")
    search_fields = ("=code", "title")


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ReadOnlyAdmin):
    list_display = ("term", "slug")
    search_fields = ("term", "text")

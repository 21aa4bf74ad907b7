"""The classifications as staff look at them, with what hangs on each occupation."""

from django.contrib import admin

from occupations.admin.read_only import ReadOnlyAdmin, rows
from occupations.models import (
    Assessment,
    AssessmentNote,
    CaveatMembership,
    ConfusedCode,
    CoreCompetency,
    Correspondence,
    Edition,
    Group,
    GroupSummary,
    IscoCorrespondence,
    ListMembership,
    NotConsideredTitle,
    Occupation,
    OccupationLicence,
    OccupationLink,
    OccupationSummary,
    OfficialText,
    OtherTitle,
    PublishedLayWord,
    ShortageRating,
    SkillLevel,
    SpecialistTask,
    StateNomination,
    Task,
    TechnologyTool,
    Visa,
)


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
        rows(GroupSummary, "text", "not_to_be_confused", "written_on", "status", "reviewed_on"),
        rows(ConfusedCode, "seq", "other_group", "other_occupation", of="group"),
        rows(Task, "seq", "text", "is_note"),
        rows(Occupation, "code", "title", "skill_level"),
        rows(SpecialistTask, "text", "share_of_time", "cluster", "family"),
        rows(CoreCompetency, "competency", "score", "proficiency"),
        rows(TechnologyTool, "tool"),
        rows(ShortageRating, "place", "rating", "driver"),
        rows(OfficialText, "kind", "seq", "text"),
    )


@admin.register(PublishedLayWord)
class PublishedLayWordAdmin(ReadOnlyAdmin):
    exclude = ("word_folded",)
    list_display = ("word", "occupation", "seq", "kind", "said_in")
    list_filter = ("kind",)
    list_select_related = ("occupation",)
    search_fields = ("word", "=occupation__code")
    search_help_text = "A word, or the code of an occupation."


@admin.register(Occupation)
class OccupationAdmin(ReadOnlyAdmin):
    exclude = ("title_folded",)
    list_display = ("code", "title", "edition", "unit_group", "skill_level", "withdrawn_on")
    list_filter = ("edition", "skill_level", "retired")
    list_select_related = ("edition", "unit_group")
    search_fields = ("=code", "title", "titles__title")
    search_help_text = "A code, or words of a title, an alternative title or a specialisation."
    inlines = (
        rows(OccupationSummary, "text", "written_on", "status", "reviewed_on"),
        rows(OtherTitle, "kind", "title"),
        rows(PublishedLayWord, "word", "kind", "said_in"),
        rows(Correspondence, "to_occupation", "is_partial", "origin", of="from_occupation"),
        rows(IscoCorrespondence, "isco_group", "is_partial"),
        rows(OccupationLicence, "requirement"),
        rows(SpecialistTask, "text", "share_of_time", "cluster", "family"),
        rows(CoreCompetency, "competency", "score", "proficiency"),
        rows(TechnologyTool, "tool"),
        rows(OfficialText, "kind", "seq", "text"),
        rows(ListMembership, "occupation_list", "visas", "authority_named", "source"),
        rows(StateNomination, "visa", "state", "region"),
        rows(CaveatMembership, "caveat", "programs"),
        rows(Assessment, "authority", "group", "source"),
        rows(AssessmentNote, "section", "seq", "heading", "text"),
        rows(NotConsideredTitle, "seq", "title", "right_occupation", of="occupation"),
        rows(OccupationLink, "seq", "label", "url"),
    )

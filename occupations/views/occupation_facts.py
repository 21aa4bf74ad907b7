"""What is known of one occupation and of its counterparts in other editions, in one query."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, OuterRef

from occupations.models import (
    Assessment,
    AssessmentCriterion,
    AssessmentNote,
    CaveatMembership,
    ListMembership,
    NotConsideredTitle,
    Occupation,
    OccupationLink,
    OtherTitle,
    Task,
)
from occupations.pathways import naming
from occupations.views.collected import collected, dated

Facts = dict[str, Any]
_SOURCE = {
    "source_title": "source__title",
    "publisher": "source__publisher",
    "as_at_on": "source__as_at_on",
    "source_url": "source__url",
    "source_note": "source__note",
    "is_official": "source__is_official",
}
_ROWS = "_rows"  # a table's own name may be taken by a relation of the model


def facts_of(*occupations: Occupation) -> dict[int, Facts]:
    """Read what each of these occupations carries, by its key in the database; one query."""
    this = {"occupation": OuterRef("pk")}
    rows = Occupation.objects.filter(pk__in=[one.pk for one in occupations]).values(
        "pk",
        "code",
        summary_text=F("summary__text"),
        summary_written_on=F("summary__written_on"),
        group_text=F("unit_group__summary__text"),
        edition_slug=F("edition__slug"),
        edition_name=F("edition__short_title"),
        titles_rows=collected(
            OtherTitle.objects.filter(**this).order_by("kind", "title"), "kind", "title"
        ),
        tasks_rows=collected(
            Task.objects.filter(group=OuterRef("unit_group")).order_by("seq"), "text", "is_note"
        ),
        lists_rows=collected(
            ListMembership.objects.filter(**this).order_by(
                F("source__as_at_on").desc(nulls_last=True), "occupation_list__acronym"
            ),
            "visas",
            acronym="occupation_list__acronym",
            title="occupation_list__title",
            url="occupation_list__url",
            source_id="source__pk",
            **_SOURCE,
        ),
        caveats_rows=collected(
            CaveatMembership.objects.filter(**this).order_by(
                "caveat__instrument", "caveat__number", "caveat__key"
            ),
            "programs",
            title="caveat__title",
            wording="caveat__wording",
            instrument="caveat__instrument__title",
            in_force_from_on="caveat__instrument__in_force_from_on",
            in_force_to_on="caveat__instrument__in_force_to_on",
            instrument_note="caveat__instrument__note",
            instrument_url="caveat__instrument__url",
        ),
        assessments_rows=collected(
            Assessment.objects.filter(**this).order_by("authority"),
            "group",
            acronym="authority__acronym",
            name="authority__name",
            url="authority__url",
            **_SOURCE,
        ),
        criteria_rows=collected(
            AssessmentCriterion.objects.filter(
                authority__assessments__occupation=OuterRef("pk"),
                authority__assessments__group=F("group"),
            ).order_by("authority", "group", "seq"),
            "text",
            "qualification",
            "years",
            "employment",
            "group",
            **_SOURCE,
        ),
        notes_rows=collected(
            AssessmentNote.objects.filter(**this).order_by("section", "seq"),
            "section",
            "heading",
            "text",
            **_SOURCE,
        ),
        not_considered_rows=collected(
            NotConsideredTitle.objects.filter(**this).order_by("seq"),
            "title",
            right_code="right_occupation__code",
            right_title="right_occupation__title",
            right_edition="right_occupation__edition__slug",
            right_edition_name="right_occupation__edition__short_title",
        ),
        qualifications_rows=collected(
            naming(OuterRef("code")),
            "code",
            "value",
            "starts_on",
            "ends_on",
            qualification_code="qualification__code",
            qualification_title="qualification__title",
        ),
        links_rows=collected(OccupationLink.objects.filter(**this).order_by("seq"), "label", "url"),
    )
    return {row["pk"]: _named(row) for row in rows}


def _named(row: Mapping[str, Any]) -> Facts:
    return {
        name.removesuffix(_ROWS): dated(value) if name.endswith(_ROWS) else value
        for name, value in row.items()
    }

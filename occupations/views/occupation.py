"""The page of one occupation in one edition."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from occupations.correspondence import OWN_CODES, Change, Counterpart, counterparts
from occupations.models import AssessmentNote, Occupation, TitleKind
from occupations.pathways import NAMED_CLASSIFICATION
from occupations.views.collected import Rows, collected
from occupations.views.editions import (
    EditionFacts,
    EditionLink,
    every_edition,
    newest,
    switch,
)
from occupations.views.group import groups_down_to
from occupations.views.levels import country_levels
from occupations.views.occupation_facts import Facts, facts_of
from occupations.views.visa_lines import programs, visas_by_edition

_NOTE_SECTIONS = (
    "requirement",
    "major",
    "subject",
    "task",
    "role",
    "demonstration",
    "exclusion",
)
_MIGRATION_TABLES = ("caveats", "assessments", "criteria", "notes", "not_considered", "links")
_SUBJECT = ("edition", "unit_group__parent__parent__parent", "unit_group__edition")


def find_occupation(*, edition: str, code: str) -> Occupation | None:
    """Read an occupation with its groups; the namesakes that other classifications have."""
    return (
        Occupation.objects.filter(edition__slug=edition, code=code)
        .select_related(*_SUBJECT)
        .annotate(
            namesakes=collected(
                Occupation.objects.current()
                .filter(code=OuterRef("code"), retired=False)
                .exclude(edition__classification=OuterRef("edition__classification"))
                .order_by("-edition__released_on"),
                "code",
                "title",
                edition_slug="edition__slug",
                edition_name="edition__short_title",
            ),
            siblings=collected(
                Occupation.objects.current()
                .filter(unit_group=OuterRef("unit_group"), retired=False)
                .exclude(pk=OuterRef("pk"))
                .order_by("code"),
                "code",
                "title",
                text="summary__text",
            ),
        )
        .first()
    )


def occupation_page(request: HttpRequest, occupation: Occupation) -> HttpResponse:
    """Show what is published of an occupation, and what stands for it in other editions."""
    editions = every_edition()
    others = counterparts(occupation, editions=[facts.edition for facts in editions])
    standing_in = {occupation.edition.slug: (occupation,)} | {
        other.edition.slug: other.occupations
        for other in others
        if other.edition.classification == OWN_CODES
    }
    family = [one for found in standing_in.values() for one in found]
    known = facts_of(*family)
    own = known[occupation.pk]
    line = [own, *_single(others, known)]
    titles, titles_from = _titles(own, line)
    context = {
        "occupation": occupation,
        "query_for_contact": f"o={occupation.edition.slug}:{occupation.code}",
        "facts": next(one for one in editions if one.edition == occupation.edition),
        "groups": groups_down_to(occupation.unit_group),
        "switch": switch(_links(occupation, editions, others)),
        "latest": _latest(occupation, editions, others),
        "others": others,
        "summary": next((one for one in line if one["summary_text"]), None),
        "tasks": next((one for one in line if one["tasks"]), None),
        "alternatives": _of_kind(titles, TitleKind.ALTERNATIVE),
        "specialisations": _of_kind(titles, TitleKind.SPECIALISATION),
        "residuals": _of_kind(titles, TitleKind.NEC),
        "titles_from": titles_from,
        "levels": country_levels(
            skill_level=occupation.skill_level,
            skill_level_nz=occupation.skill_level_nz,
            edition=occupation.edition,
            editions=editions,
        ),
        "visas": visas_by_edition(
            editions, here=occupation.edition, standing_in=standing_in, facts=known
        ),
        "lists": (lists := _lists(line, editions)),
        "programs": programs(lists["now"]),
        "migration": _migration(line),
        "qualifications": _qualifications(known, family),
    }
    return render(request, "occupations/occupation.html", context)


def _qualifications(known: Mapping[int, Facts], family: Sequence[Occupation]) -> Rows:
    """List once what names the code of this occupation, or of its ANZSCO counterparts."""
    found = {
        (row["qualification_code"], row["code"]): row
        for one in family
        if one.edition.classification == NAMED_CLASSIFICATION
        for row in known[one.pk]["qualifications"]
    }
    return list(found.values())


def _single(others: Sequence[Counterpart], known: Mapping[int, Facts]) -> list[Facts]:
    """Collect the facts of single counterparts, the newest edition first."""
    return [
        known[other.only.pk]
        for other in sorted(others, key=lambda one: one.edition.released_on, reverse=True)
        if other.only is not None and other.only.pk in known
    ]


def _links(
    occupation: Occupation, editions: Sequence[EditionFacts], others: Sequence[Counterpart]
) -> list[EditionLink]:
    found = {other.edition.pk: other for other in others}
    return [
        EditionLink(facts, url=occupation.get_absolute_url(), is_here=True)
        if facts.edition == occupation.edition
        else _link(facts, found.get(facts.edition.pk))
        for facts in editions
    ]


def _link(facts: EditionFacts, other: Counterpart | None) -> EditionLink:
    if other is None or other.change is Change.GONE:
        return EditionLink(facts)
    if other.only is None:
        return EditionLink(facts, url="#editions", note=f"{len(other.occupations)} occupations")
    return EditionLink(facts, url=other.only.get_absolute_url())


def _latest(
    occupation: Occupation, editions: Sequence[EditionFacts], others: Sequence[Counterpart]
) -> Counterpart | None:
    """Find the counterpart in the newest edition of the classification, unless this is it."""
    latest = newest(editions, classification=occupation.edition.classification)
    return next((other for other in others if other.edition == latest), None)


def _titles(own: Facts, line: Sequence[Facts]) -> tuple[Rows, Facts | None]:
    """Take the titles of this edition, else those that another edition states."""
    for facts in line:
        titles = [row for row in facts["titles"] if row["kind"] != TitleKind.ASSESSOR]
        if titles:
            return titles, None if facts is own else facts
    return [], None


def _of_kind(titles: Rows, kind: TitleKind) -> Rows:
    return [row for row in titles if row["kind"] == kind]


def _lists(line: Sequence[Facts], editions: Sequence[EditionFacts]) -> dict[str, Rows]:
    """Part the lists that name the occupation into the newest copy and older ones."""
    newest_copies = {facts.list_copy["id"] for facts in editions if facts.list_copy}
    rows = [
        row | {"edition_name": facts["edition_name"], "code": facts["code"]}
        for facts in line
        for row in facts["lists"]
    ]
    return {
        "now": [row for row in rows if row["source_id"] in newest_copies],
        "earlier": [row for row in rows if row["source_id"] not in newest_copies],
    }


def _migration(line: Sequence[Facts]) -> list[dict[str, Any]]:
    """Arrange what authorities and instruments say; editions that only agree stand together."""
    arranged: list[dict[str, Any]] = []
    for facts in line:
        same = next((one for one in arranged if _says_no_more(facts, than=one)), None)
        if same is not None:
            same["also"].append(facts)
        elif any(facts[name] for name in _MIGRATION_TABLES) or _assessor_titles(facts):
            arranged.append(_arranged(facts))
    return arranged


def _says_no_more(facts: Facts, *, than: Mapping[str, Any]) -> bool:
    """Tell whether the same authorities are all that is known, and there are any."""
    others = [name for name in _MIGRATION_TABLES if name not in {"assessments", "criteria"}]
    return (
        bool(facts["assessments"])
        and facts["assessments"] == than["assessments"]
        and not any(facts[name] for name in others)
        and not _assessor_titles(facts)
    )


def _assessor_titles(facts: Facts) -> Rows:
    return _of_kind(facts["titles"], TitleKind.ASSESSOR)


def _arranged(facts: Facts) -> dict[str, Any]:
    return facts | {
        "also": [],
        "assessor_titles": _assessor_titles(facts),
        "note_sections": _note_sections(facts["notes"]),
        "instruments": [
            {"instrument": rows[0], "caveats": rows}
            for rows in (
                list(group)
                for _, group in groupby(facts["caveats"], key=lambda row: row["instrument"])
            )
        ],
    }


def _note_sections(notes: Rows) -> list[dict[str, Any]]:
    """Group the notes under the headings of the page."""
    sections = [
        {
            "section": section,
            "label": AssessmentNote(section=section).get_section_display(),
            "notes": [note for note in notes if note["section"] == section],
        }
        for section in _NOTE_SECTIONS
    ]
    return [section for section in sections if section["notes"]]

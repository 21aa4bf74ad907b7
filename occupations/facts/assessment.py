"""Who assesses skills for an occupation, by which published criteria, and what they say of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from occupations.facts.collected import Rows, collected
from occupations.facts.values import SOURCE, Place, Source, place_in, source_of
from occupations.models import (
    Assessment,
    AssessmentCriterion,
    AssessmentNote,
    OccupationLink,
    TitleKind,
)

_NOTE_SECTIONS = (
    "requirement",
    "major",
    "subject",
    "task",
    "role",
    "demonstration",
    "exclusion",
)


@dataclass(frozen=True)
class AuthorityFact:
    """An assessing authority, and the group of criteria that it puts the occupation in."""

    slug: str
    acronym: str
    name: str
    url: str
    group: str
    source: Source


@dataclass(frozen=True)
class Criterion:
    """A published pathway of an assessment group, in our words and as values."""

    authority: str
    group: str
    text: str
    qualification: str
    years: int
    employment: str
    source: Source


@dataclass(frozen=True)
class Note:
    """What the authority says of the occupation, in our words."""

    heading: str
    text: str


@dataclass(frozen=True)
class NoteSection:
    """The notes of one kind, such as the requirements."""

    section: str
    label: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Link:
    """A page elsewhere about the occupation."""

    label: str
    url: str


@dataclass(frozen=True)
class AssessmentFacts:
    """
    The assessment of one code; ``also`` are codes of other editions of which the same is known.

    ``titles`` are the authority's own, which no classification holds.
    """

    place: Place
    also: tuple[Place, ...]
    authorities: tuple[AuthorityFact, ...]
    criteria: tuple[Criterion, ...]
    sections: tuple[NoteSection, ...]
    notes_source: Source | None
    titles: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def criteria_groups(self) -> tuple[str, ...]:
        """Name the assessment groups that the criteria belong to, once each."""
        return tuple(dict.fromkeys(one.group for one in self.criteria))


def assessment_rows() -> dict[str, ArraySubquery]:
    """Select what authorities state of an occupation."""
    this = {"occupation": OuterRef("pk")}
    return {
        "assessments_rows": collected(
            Assessment.objects.filter(**this).order_by("authority"),
            "group",
            slug="authority__slug",
            acronym="authority__acronym",
            name="authority__name",
            url="authority__url",
            **SOURCE,
        ),
        "criteria_rows": collected(
            AssessmentCriterion.objects.filter(
                authority__assessments__occupation=OuterRef("pk"),
                authority__assessments__group=F("group"),
            ).order_by("authority", "group", "seq"),
            "text",
            "qualification",
            "years",
            "employment",
            "group",
            authority="authority__slug",
            **SOURCE,
        ),
        "notes_rows": collected(
            AssessmentNote.objects.filter(**this).order_by("section", "seq"),
            "section",
            "heading",
            "text",
            **SOURCE,
        ),
        "links_rows": collected(
            OccupationLink.objects.filter(**this).order_by("seq"), "label", "url"
        ),
    }


def assessments_of(line: Iterable[Mapping[str, Any]], *, on: date) -> tuple[AssessmentFacts, ...]:
    """Arrange what authorities state; editions of which the same is known stand together."""
    arranged: list[tuple[Mapping[str, Any], list[Place]]] = []
    for facts in line:
        same = next((also for one, also in arranged if _says_no_more(facts, than=one)), None)
        if same is not None:
            same.append(place_in(facts))
        elif _says_something(facts):
            arranged.append((facts, []))
    return tuple(_arranged(facts, also=also, on=on) for facts, also in arranged)


def assessor_titles(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """List the titles that only an assessing authority uses."""
    return tuple(row["title"] for row in facts["titles"] if row["kind"] == TitleKind.ASSESSOR)


def _says_something(facts: Mapping[str, Any]) -> bool:
    tables = ("assessments", "criteria", "notes", "links")
    return any(facts[name] for name in tables) or bool(assessor_titles(facts))


def _says_no_more(facts: Mapping[str, Any], *, than: Mapping[str, Any]) -> bool:
    """Tell whether the same authorities are all that is known, and there are any."""
    return (
        bool(facts["assessments"])
        and facts["assessments"] == than["assessments"]
        and not any(facts[name] for name in ("notes", "links"))
        and not assessor_titles(facts)
    )


def _arranged(facts: Mapping[str, Any], *, also: Iterable[Place], on: date) -> AssessmentFacts:
    notes: Rows = facts["notes"]
    return AssessmentFacts(
        place=place_in(facts),
        also=tuple(also),
        authorities=tuple(_authority(row, on=on) for row in facts["assessments"]),
        criteria=tuple(_criterion(row, on=on) for row in facts["criteria"]),
        sections=_sections(notes),
        notes_source=source_of(notes[0], on=on) if notes else None,
        titles=assessor_titles(facts),
        links=tuple(Link(row["label"], row["url"]) for row in facts["links"]),
    )


def _authority(row: Mapping[str, Any], *, on: date) -> AuthorityFact:
    return AuthorityFact(
        slug=row["slug"],
        acronym=row["acronym"],
        name=row["name"],
        url=row["url"],
        group=row["group"],
        source=source_of(row, on=on),
    )


def _criterion(row: Mapping[str, Any], *, on: date) -> Criterion:
    return Criterion(
        authority=row["authority"],
        group=row["group"],
        text=row["text"],
        qualification=row["qualification"],
        years=row["years"],
        employment=row["employment"],
        source=source_of(row, on=on),
    )


def _sections(notes: Rows) -> tuple[NoteSection, ...]:
    """Group the notes by kind, in the order in which a reader needs them."""
    sections = (
        NoteSection(
            section=section,
            label=AssessmentNote(section=section).get_section_display(),
            notes=tuple(
                Note(note["heading"], note["text"]) for note in notes if note["section"] == section
            ),
        )
        for section in _NOTE_SECTIONS
    )
    return tuple(section for section in sections if section.notes)

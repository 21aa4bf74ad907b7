"""The titles of an occupation, official wording, notices, and the sources of tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q

from occupations.facts.collected import Rows, collected
from occupations.facts.values import SOURCE, Place, Source, place_in, source_of
from occupations.models import Notice, OfficialText, OtherTitle, TableSource, TitleKind

SOURCED = (
    "core_competencies",
    "isco_correspondences",
    "occupation_licences",
    "other_titles",
    "specialist_tasks",
    "technology_tools",
)


@dataclass(frozen=True)
class TitleFacts:
    """
    The published titles of an occupation by kind.

    ``stated_in`` is another code than the page's, if only its edition states titles.
    """

    alternatives: tuple[str, ...] = ()
    specialisations: tuple[str, ...] = ()
    residuals: tuple[str, ...] = ()
    stated_in: Place | None = None


@dataclass(frozen=True)
class OfficialWording:
    """The publisher's own words, which an operator may load beside ours."""

    definition: tuple[str, ...]
    skill: tuple[str, ...]
    tasks: tuple[str, ...]
    group_definition: tuple[str, ...]
    group_skill: tuple[str, ...]
    place: Place
    publisher: str
    licence: str


@dataclass(frozen=True)
class NoticeFact:
    """A dated notice of our editors on this occupation or on a list that names it."""

    subject: str
    text: str
    url: str
    dated_on: date


def words_rows(*, on: date) -> dict[str, ArraySubquery]:
    """Select titles, official wording and the notices that are current on a day."""
    official = OfficialText.objects.order_by("kind", "seq")
    return {
        "titles_rows": collected(
            OtherTitle.objects.filter(occupation=OuterRef("pk")).order_by("kind", "title"),
            "kind",
            "title",
        ),
        "official_rows": collected(official.filter(occupation=OuterRef("pk")), "kind", "text"),
        "group_official_rows": collected(
            official.filter(group=OuterRef("unit_group")), "kind", "text"
        ),
        "notices_rows": collected(
            Notice.objects.filter(Q(shown_until_on=None) | Q(shown_until_on__gte=on))
            .filter(dated_on__lte=on, subject__in=("list", "occupation"))
            .order_by("-dated_on", "-pk"),
            "subject",
            "key",
            "text",
            "url",
            "dated_on",
        ),
        **sources_rows(),
    }


def sources_rows() -> dict[str, ArraySubquery]:
    """Select the sources of the tables whose rows name none."""
    sourced = TableSource.objects.filter(table__in=SOURCED).order_by("source__slug")
    return {"sources_rows": collected(sourced, "table", **SOURCE)}


def titles_of(line: Iterable[Mapping[str, Any]]) -> TitleFacts:
    """Take the titles of the first code, else of the first counterpart that states any."""
    for number, facts in enumerate(line):
        titles = [row for row in facts["titles"] if row["kind"] != TitleKind.ASSESSOR]
        if titles:
            return TitleFacts(
                alternatives=_of_kind(titles, TitleKind.ALTERNATIVE),
                specialisations=_of_kind(titles, TitleKind.SPECIALISATION),
                residuals=_of_kind(titles, TitleKind.NEC),
                stated_in=place_in(facts) if number else None,
            )
    return TitleFacts()


def official_of(line: Iterable[Mapping[str, Any]]) -> OfficialWording | None:
    """Take the official wording of the first code that an operator loaded any for."""
    for facts in line:
        if facts["official"] or facts["group_official"]:
            return OfficialWording(
                definition=_texts(facts["official"], "definition"),
                skill=_texts(facts["official"], "skill"),
                tasks=_texts(facts["official"], "task") or _texts(facts["group_official"], "task"),
                group_definition=_texts(facts["group_official"], "definition"),
                group_skill=_texts(facts["group_official"], "skill"),
                place=place_in(facts),
                publisher=facts["edition_publisher"],
                licence=facts["edition_licence"],
            )
    return None


def notices_of(
    facts: Mapping[str, Any], *, occupations: Iterable[Place], lists: Iterable[str]
) -> tuple[NoticeFact, ...]:
    """List the current notices on these codes, or on the lists that name them, newest first."""
    keys = {("occupation", place.key) for place in occupations} | {("list", one) for one in lists}
    return tuple(
        NoticeFact(row["subject"], row["text"], row["url"], row["dated_on"])
        for row in facts["notices"]
        if (row["subject"], row["key"]) in keys
    )


def sources_of(facts: Mapping[str, Any], *, on: date) -> dict[str, Source | None]:
    """Map the tables whose rows name no source to the first source of each."""
    found: dict[str, Source | None] = dict.fromkeys(SOURCED)
    for row in reversed(facts["sources"]):
        found[row["table"]] = source_of(row, on=on)
    return found


def edition_columns() -> dict[str, F]:
    """Name the edition that an occupation stands in."""
    return {
        "classification": F("edition__classification"),
        "edition_slug": F("edition__slug"),
        "edition_name": F("edition__short_title"),
        "edition_publisher": F("edition__publisher"),
        "edition_licence": F("edition__licence"),
    }


def _of_kind(titles: Rows, kind: TitleKind) -> tuple[str, ...]:
    return tuple(row["title"] for row in titles if row["kind"] == kind)


def _texts(rows: Rows, kind: str) -> tuple[str, ...]:
    return tuple(row["text"] for row in rows if row["kind"] == kind)

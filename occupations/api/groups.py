"""One group of one edition: what its people do, and what it holds."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from occupations.api.occupation_schemas import (
    GroupOut,
    LevelOut,
    NotToBeConfusedOut,
    SummaryOut,
    TasksOut,
)
from occupations.api.places import EditionInPath, GroupInPath, find_edition, find_group
from occupations.api.problems import Problem
from occupations.api.stamps import PlaceFacts, Stamped, place, stamp
from occupations.facts.addresses import whole
from occupations.facts.editions import EditionFacts, every_edition
from occupations.facts.groups import (
    GroupRow,
    alike,
    occupations_of,
    other_meaning,
    places_like,
    same_meaning,
)
from occupations.facts.occupation import groups_down_to
from occupations.facts.plain_words import group_words_of
from occupations.facts.provenance import edition_source
from occupations.facts.values import Place
from occupations.facts.whole_groups import WholeGroup
from occupations.models import Group, GroupLevel

router = Router(tags=["Occupations and groups"])


class MemberOut(Schema):
    """An occupation of a unit group."""

    place: PlaceFacts = Field(description="The occupation.")
    skill_levels: list[LevelOut] = Field(description="One a country.")
    summary: str = Field(description="What its people do, in our words; may be empty.")
    summary_written_for: str = Field(description="Another edition it was written for, or empty.")
    words: SummaryOut | None = Field(
        description="The same sentence with its status, its days and the official page."
    )
    alternatives: list[str] = Field(description="Names of the whole occupation.")
    specialisations: list[str] = Field(description="Narrower jobs inside it.")
    residuals: list[str] = Field(description="Occupations counted here, for lack of a code.")
    titles_stated_in: str = Field(description="Another edition that states them, or empty.")


class GroupAnswer(Stamped):
    """A group with what it holds."""

    code: str = Field(description="The code.", examples=["5411"])
    title: str = Field(description="The title.", examples=["Call or Contact Centre Team Leaders"])
    level: GroupLevel = Field(description="Its level.", examples=["unit"])
    url: str = Field(description="Its page.")
    skill_level: str = Field(
        description="As published for Australia: one, a range such as `2/3`, or empty.",
        examples=["3/4"],
    )
    skill_level_nz: str = Field(description="As published for New Zealand.", examples=["3/4"])
    withdrawn_on: date | None = Field(description="Since when the catalogue leaves it out.")
    groups: list[GroupOut] = Field(description="From the major group down to this one.")
    summary: SummaryOut | None = Field(description="What its people do.")
    tasks: TasksOut | None = Field(description="Their tasks.")
    not_to_be_confused: NotToBeConfusedOut | None = Field(
        description="What the group is easily confused with."
    )
    children: list[PlaceFacts] = Field(description="The groups inside it.")
    occupations: list[MemberOut] = Field(description="The occupations of a unit group.")
    counterparts: list[PlaceFacts] = Field(description="The same group in other editions.")
    namesake: PlaceFacts | None = Field(
        description="What another classification uses the same digits for."
    )


@router.get(
    "/groups/{edition}/{code}", response={200: GroupAnswer, 404: Problem}, summary="A group"
)
def group(request: HttpRequest, edition: EditionInPath, code: GroupInPath) -> dict[str, Any]:  # noqa: ARG001
    """Give what the page of a major, sub-major, minor or unit group tells."""
    found = find_group(find_edition(edition), typed=code)
    editions = every_edition()
    places = places_like(found)
    same = same_meaning(found, places)
    line = alike(found, places)
    words = group_words_of(line)
    namesake = other_meaning(found, places)
    is_unit_group = found.level == GroupLevel.UNIT
    children = found.children.current().order_by("code").select_related("edition")
    return {
        **stamp(edition=found.edition, source=edition_source(found.edition)),
        "code": found.code,
        "title": found.title,
        "level": found.level,
        "url": whole(found.get_absolute_url()),
        "skill_level": found.skill_level,
        "skill_level_nz": found.skill_level_nz,
        "withdrawn_on": found.withdrawn_on,
        "groups": groups_down_to(found),
        "summary": words.summary,
        "tasks": words.tasks,
        "not_to_be_confused": words.not_to_be_confused,
        "children": [place(one) for one in children],
        "occupations": _members(found, editions, line=line) if is_unit_group else [],
        "counterparts": [_place(row) for row in same.values() if row["pk"] != found.pk],
        "namesake": None if namesake is None else _place(namesake),
    }


def _place(row: GroupRow) -> Place:
    return Place(row["edition_slug"], row["edition_name"], row["code"], row["title"])


def _members(
    found: Group, editions: Sequence[EditionFacts], *, line: Sequence[WholeGroup]
) -> list[dict[str, Any]]:
    return [_member(row, found) for row in occupations_of(found, editions, line=line)]


def _member(row: GroupRow, group: Group) -> dict[str, Any]:
    edition, words = group.edition, row["words"]
    written_for = words.written_for if words else None
    return {
        "place": Place(edition.slug, edition.short_title, row["code"], row["title"]),
        "skill_levels": row["levels"],
        "summary": words.text if words else "",
        "summary_written_for": written_for.edition_name if written_for else "",
        "words": words,
        "alternatives": row["alternatives"],
        "specialisations": row["specialisations"],
        "residuals": row["residuals"],
        "titles_stated_in": row["titles_from"],
    }

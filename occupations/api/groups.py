"""One group of one edition: what its people do, and what it holds."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from occupations.api.occupation_schemas import GroupOut, LevelOut, SummaryOut, TasksOut
from occupations.api.places import EditionInPath, GroupInPath, find_edition, find_group
from occupations.api.problems import Problem
from occupations.api.stamps import PlaceFacts, Stamped, place, stamp
from occupations.facts.addresses import whole
from occupations.facts.collected import Rows
from occupations.facts.editions import EditionFacts, every_edition
from occupations.facts.groups import (
    GroupRow,
    occupations_of,
    other_meaning,
    own_line,
    places_like,
    same_meaning,
)
from occupations.facts.occupation import groups_down_to
from occupations.facts.provenance import edition_source
from occupations.facts.values import Place
from occupations.models import Group, GroupLevel

router = Router(tags=["Occupations and groups"])


class MemberOut(Schema):
    """An occupation of a unit group."""

    place: PlaceFacts = Field(description="The occupation.")
    skill_levels: list[LevelOut] = Field(description="One a country.")
    summary: str = Field(description="What its people do, in our words; may be empty.")
    summary_written_for: str = Field(description="Another edition it was written for, or empty.")
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
    line = own_line(found, same)
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
        "summary": _summary(line, of=found),
        "tasks": _tasks(line, of=found),
        "children": [place(one) for one in children],
        "occupations": _members(found, editions) if is_unit_group else [],
        "counterparts": [_place(row) for row in same.values() if row["pk"] != found.pk],
        "namesake": None if namesake is None else _place(namesake),
    }


def _place(row: GroupRow) -> Place:
    return Place(row["edition_slug"], row["edition_name"], row["code"], row["title"])


def _written_for(row: GroupRow, *, of: Group) -> Place | None:
    return None if row["pk"] == of.pk else _place(row)


def _summary(line: Rows, *, of: Group) -> dict[str, Any] | None:
    row = next((one for one in line if one["summary_text"]), None)
    return row and {
        "text": row["summary_text"],
        "written_on": row["summary_written_on"],
        "written_for": _written_for(row, of=of),
    }


def _tasks(line: Rows, *, of: Group) -> dict[str, Any] | None:
    row = next((one for one in line if one["task_rows"]), None)
    return row and {
        "tasks": [one["text"] for one in row["task_rows"] if not one["is_note"]],
        "notes": [one["text"] for one in row["task_rows"] if one["is_note"]],
        "group": place(of),
        "written_for": _written_for(row, of=of),
    }


def _members(found: Group, editions: Sequence[EditionFacts]) -> list[dict[str, Any]]:
    edition = found.edition
    return [
        {
            "place": Place(edition.slug, edition.short_title, row["code"], row["title"]),
            "skill_levels": row["levels"],
            "summary": row["text"] or "",
            "summary_written_for": row["text_from"],
            "alternatives": row["alternatives"],
            "specialisations": row["specialisations"],
            "residuals": row["residuals"],
            "titles_stated_in": row["titles_from"],
        }
        for row in occupations_of(found, editions)
    ]

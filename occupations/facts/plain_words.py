"""Our plain-English words: what people do, and what their group is not to be confused with."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef

from occupations.facts.addresses import official_address
from occupations.facts.collected import collected, dated
from occupations.facts.values import Place, place_in
from occupations.facts.whole_groups import WholeGroup
from occupations.models import ConfusedCode, OccupationSummary, Task

type Stored = Mapping[str, Any]


@dataclass(frozen=True)
class OwnWords:
    """
    A summary that we wrote; ``written_for`` is another edition than the page's, or none.

    ``reviewed_on`` is the day on which a second reader held it against the official text, if one
    has. The official page is that of the unit group, else that of its edition.
    """

    text: str
    status: str
    written_on: date
    reviewed_on: date | None
    written_for: Place | None
    official_title: str
    official_url: str


@dataclass(frozen=True)
class TaskFacts:
    """Our plain words for the tasks of a unit group; ``written_for`` is another edition, if so."""

    tasks: tuple[str, ...]
    notes: tuple[str, ...]
    group: Place
    written_for: Place | None


@dataclass(frozen=True)
class NotToBeConfused:
    """What a unit group is easily confused with, and the difference; the text names the codes."""

    text: str
    places: tuple[Place, ...]
    written_for: Place | None

    @property
    def parts(self) -> Iterator[tuple[str, Place | None]]:
        """Cut the text where it names a code, with its title if that follows: these are links."""
        named = {one.code: one for one in self.places}
        expression = "|".join(map(_named, self.places))
        for number, part in enumerate(re.split(f"({expression})", self.text)):
            if part:
                yield part, named[part.split()[0]] if number % 2 else None


@dataclass(frozen=True)
class GroupWords:
    """What we wrote about a unit group, each part for its own edition or for one like it."""

    summary: OwnWords | None
    not_to_be_confused: NotToBeConfused | None
    tasks: TaskFacts | None


def occupation_words_rows() -> dict[str, F]:
    """Select our sentence on an occupation."""
    return {
        "summary_text": F("summary__text"),
        "summary_status": F("summary__status"),
        "summary_written_on": F("summary__written_on"),
        "summary_reviewed_on": F("summary__reviewed_on"),
        "edition_url": F("edition__url"),
    }


def group_words_rows(*, group: str = "") -> dict[str, ArraySubquery | F]:
    """Select our words about a group; ``group`` is the path that leads to it."""
    path = f"{group}__" if group else ""
    this = {"group": OuterRef(group or "pk")}
    return {
        "group_title": F(f"{path}title"),
        "group_summary_text": F(f"{path}summary__text"),
        "group_summary_status": F(f"{path}summary__status"),
        "group_summary_written_on": F(f"{path}summary__written_on"),
        "group_summary_reviewed_on": F(f"{path}summary__reviewed_on"),
        "not_to_be_confused": F(f"{path}summary__not_to_be_confused"),
        "named_codes": collected(
            ConfusedCode.objects.filter(**this).order_by("seq"),
            group_code="other_group__code",
            group_title="other_group__title",
            code="other_occupation__code",
            title="other_occupation__title",
        ),
        "own_tasks": own_tasks(group or "pk"),
    }


def own_tasks(group: str) -> ArraySubquery:
    """Select our lines on what the people of a group do; ``group`` leads to its key."""
    rows = Task.objects.filter(group=OuterRef(group)).order_by("seq")
    return collected(rows, "text", "is_note")


def member_words_rows() -> dict[str, ArraySubquery]:
    """Select our sentences on the occupations of a group."""
    rows = OccupationSummary.objects.filter(occupation__unit_group=OuterRef("pk"))
    return {
        "member_words": collected(
            rows.order_by("occupation__code"),
            summary_text="text",
            summary_status="status",
            summary_written_on="written_on",
            summary_reviewed_on="reviewed_on",
            pk="occupation__pk",
            code="occupation__code",
            title="occupation__title",
        )
    }


def member_words_of(line: Sequence[WholeGroup]) -> dict[int, OwnWords]:
    """Map the occupations of the first group, by key, to our sentences about them."""
    found: dict[int, OwnWords] = {}
    for number, one in enumerate(line):
        told = {row["pk"]: row for row in dated(one.row["member_words"])}
        for key, there in one.standing_in.items():
            if there in told and key not in found:
                row = {**one.row, **told[there]}
                written_for = place_in(row) if number else None
                found[key] = _own_words(row, "summary", written_for=written_for)
    return found


def occupation_words_of(line: Iterable[WholeGroup]) -> OwnWords | None:
    """Take our sentence on the first occupation, else on its first counterpart that has one."""
    for number, one in enumerate(line):
        if one.row["summary_text"]:
            written_for = place_in(one.row) if number else None
            return _own_words(one.row, "summary", written_for=written_for)
    return None


def group_words_of(line: Sequence[WholeGroup]) -> GroupWords:
    """Take our words about the first unit group, each part else from the first one like it."""
    return GroupWords(_summary(line), _not_to_be_confused(line), tasks_of(line))


def tasks_of(line: Iterable[WholeGroup]) -> TaskFacts | None:
    """Take our tasks of the first unit group, else of the first one like it that has any."""
    for number, one in enumerate(line):
        if tasks := one.row["own_tasks"]:
            group = _group_in(one.row)
            return TaskFacts(
                tasks=tuple(task["text"] for task in tasks if not task["is_note"]),
                notes=tuple(task["text"] for task in tasks if task["is_note"]),
                group=group,
                written_for=group if number else None,
            )
    return None


def _summary(line: Iterable[WholeGroup]) -> OwnWords | None:
    for number, one in enumerate(line):
        if one.row["group_summary_text"]:
            written_for = _group_in(one.row) if number else None
            return _own_words(one.row, "group_summary", written_for=written_for)
    return None


def _not_to_be_confused(line: Iterable[WholeGroup]) -> NotToBeConfused | None:
    for number, one in enumerate(line):
        if text := one.row["not_to_be_confused"]:
            places = tuple(_other(row, one.row) for row in one.row["named_codes"])
            return NotToBeConfused(text, places, _group_in(one.row) if number else None)
    return None


def _own_words(row: Stored, name: str, *, written_for: Place | None) -> OwnWords:
    url = official_address(row["edition_slug"], group=row["group_code"])
    about = f"unit group {row['group_code']} in " if url else ""
    return OwnWords(
        text=row[f"{name}_text"],
        status=row[f"{name}_status"],
        written_on=row[f"{name}_written_on"],
        reviewed_on=row[f"{name}_reviewed_on"],
        written_for=written_for,
        official_title=f"{about}{row['edition_name']}",
        official_url=url or row["edition_url"],
    )


def _group_in(row: Stored) -> Place:
    return Place(row["edition_slug"], row["edition_name"], row["group_code"], row["group_title"])


def _other(row: Stored, subject: Stored) -> Place:
    code, title = row["group_code"] or row["code"], row["group_title"] or row["title"]
    return Place(subject["edition_slug"], subject["edition_name"], code, title)


def _named(place: Place) -> str:
    """Match a code, with its title if that follows, whole or without what stands in brackets."""
    titles = (place.title, place.title.partition(" (")[0])
    return rf"\b{place.code}\b(?: (?:{'|'.join(map(re.escape, titles))})\b)?"

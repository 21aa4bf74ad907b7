"""Occupations whose work takes much the same time, and the tasks that tell them apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from occupations.facts.occupation import OccupationFacts
from occupations.facts.related import NotConsidered
from occupations.facts.skills import SkillsFacts
from occupations.facts.values import Place

LEAST_SHARED = Decimal("0.3")  # of working time, for a look-alike in another unit group
_MOST_ALIKE = 3
_TELLING = 3
_NEAR = """
WITH task AS (
    SELECT
        coalesce(occupation.code, unit_group.code) AS code,
        coalesce(occupation.title, unit_group.title) AS title,
        stored.text,
        stored.share_of_time AS share
    FROM occupations_specialisttask AS stored
    JOIN occupations_edition AS edition ON edition.id = stored.edition_id
    LEFT JOIN occupations_occupation AS occupation ON occupation.id = stored.occupation_id
    LEFT JOIN occupations_group AS unit_group ON unit_group.id = stored.group_id
    WHERE edition.slug = %(edition)s
), alike AS (
    SELECT task.code, sum(least(task.share, subject.share)) AS shared
    FROM task JOIN task AS subject ON subject.text = task.text AND subject.code = %(code)s
    WHERE left(task.code, 4) <> left(%(code)s, 4) AND task.code <> ALL(%(wanted)s)
    GROUP BY task.code
    HAVING sum(least(task.share, subject.share)) >= %(least)s
    ORDER BY shared DESC, task.code
    LIMIT %(most)s
)
SELECT
    task.code,
    task.title,
    alike.shared,
    json_agg(json_build_object('text', task.text) ORDER BY task.share DESC, task.text)
FROM task LEFT JOIN alike ON alike.code = task.code
WHERE alike.code IS NOT NULL OR task.code = ANY(%(wanted)s)
GROUP BY task.code, task.title, alike.shared
ORDER BY alike.shared DESC NULLS LAST, task.code
"""


@dataclass(frozen=True)
class LookAlike:
    """
    A code that shares working time with this one, in the skills data.

    ``shared`` is a fraction of one; for another occupation of the unit group it is not stated.
    ``only_here`` and ``only_there`` are the longest tasks that one has and the other has not;
    where both are empty, the data gives both codes the same tasks.
    """

    place: Place
    shared: Decimal | None
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return not self.only_here and not self.only_there


@dataclass(frozen=True)
class SideBySide:
    """The tasks of a code that is not considered, beside those of the right one."""

    title: str
    here: Place
    there: Place
    tasks_here: tuple[str, ...]
    tasks_there: tuple[str, ...]
    is_skills_data: bool


@dataclass(frozen=True)
class NearFacts:
    """What may be taken for an occupation: in its unit group, elsewhere, and by assessors."""

    skills: Place | None
    siblings: tuple[LookAlike, ...]
    elsewhere: tuple[LookAlike, ...]
    side_by_side: tuple[SideBySide, ...]


def near_facts(facts: OccupationFacts) -> NearFacts:
    """
    Find look-alikes by the skills data, and what tells them apart; one query, or none.

    The data reads one edition; a code of another one is looked up there by its digits and title.
    """
    skills = facts.skills
    rights = [
        one for found in facts.not_considered for one in found.titles if one.right is not None
    ]
    if skills is None or not skills.families:
        own = (_own_words(facts, one) for one in rights)
        return NearFacts(None, (), (), tuple(found for found in own if found is not None))
    siblings = {one.place.code: one.place for one in facts.siblings}
    wanted = {*siblings, *(right.code for one in rights if (right := one.right) is not None)}
    wanted |= {code[:4] for code in wanted}
    rows = _near(skills, wanted=sorted(wanted - {skills.place.code}))
    by_code = {row["code"]: row for row in rows}
    return NearFacts(
        skills=skills.place,
        siblings=tuple(
            _look_alike(by_code[code], skills=skills)
            for code, place in siblings.items()
            if code in by_code and by_code[code]["title"] == place.title
        ),
        elsewhere=tuple(
            _look_alike(row, skills=skills) for row in rows if row["code"] not in wanted
        ),
        side_by_side=tuple(
            found
            for one in rights
            if (found := _compared(facts, one, skills=skills, rows=by_code)) is not None
        ),
    )


def _near(skills: SkillsFacts, *, wanted: Sequence[str]) -> list[dict[str, Any]]:
    asked: dict[str, str | int | Decimal | list[str]] = {
        "edition": skills.place.edition,
        "code": skills.place.code,
        "wanted": list(wanted),
        "least": LEAST_SHARED,
        "most": _MOST_ALIKE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, asked)
        return [
            {"code": code, "title": title, "shared": shared, "tasks": tasks}
            for code, title, shared, tasks in cursor.fetchall()
        ]


def _look_alike(row: dict[str, Any], *, skills: SkillsFacts) -> LookAlike:
    here = [task.text for task in skills.tasks]
    there = [task["text"] for task in row["tasks"]]
    return LookAlike(
        place=_there(row, skills=skills),
        shared=row["shared"],
        only_here=tuple(text for text in here if text not in there)[:_TELLING],
        only_there=tuple(text for text in there if text not in here)[:_TELLING],
    )


def _own_words(facts: OccupationFacts, one: NotConsidered) -> SideBySide | None:
    if facts.tasks is None or one.right is None or one.tasks in ((), facts.tasks.tasks):
        return None
    return SideBySide(
        title=one.title,
        here=facts.place,
        there=one.right,
        tasks_here=facts.tasks.tasks,
        tasks_there=one.tasks,
        is_skills_data=False,
    )


def _compared(
    facts: OccupationFacts, one: NotConsidered, *, skills: SkillsFacts, rows: dict[str, Any]
) -> SideBySide | None:
    """Set our own words side by side, else the tasks of the skills data, where they differ."""
    own = _own_words(facts, one)
    if own is not None or one.right is None:
        return own
    row = rows.get(one.right.code)
    if row is None or row["title"] != one.right.title:
        row = rows.get(one.right.code[:4])
    here = tuple(task.text for task in skills.tasks)
    there: tuple[str, ...] = tuple(task["text"] for task in row["tasks"]) if row else ()
    if row is None or set(here) == set(there):
        return None
    return SideBySide(
        title=one.title,
        here=skills.place,
        there=_there(row, skills=skills),
        tasks_here=here,
        tasks_there=there,
        is_skills_data=True,
    )


def _there(row: dict[str, Any], *, skills: SkillsFacts) -> Place:
    return Place(skills.place.edition, skills.place.edition_name, row["code"], row["title"])

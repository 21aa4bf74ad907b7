"""Share of time by task, core competencies and tools, as the skills data states them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from occupations.facts.collected import Rows, collected
from occupations.facts.values import Place
from occupations.models import CoreCompetency, SpecialistTask, TechnologyTool

SKILLS_TABLES = ("specialist_tasks", "core_competencies", "technology_tools")


@dataclass(frozen=True)
class SpecialistTaskFact:
    """A task and the share of working time that it takes, a fraction of one."""

    text: str
    share_of_time: Decimal
    cluster: str

    @property
    def percent(self) -> str:
        """Give the share in percent, with one decimal place."""
        return f"{self.share_of_time * 100:.1f}"


@dataclass(frozen=True)
class TaskFamily:
    """The tasks of one family, the longest first, with the share of time of all of them."""

    family: str
    share_of_time: Decimal
    tasks: tuple[SpecialistTaskFact, ...]


@dataclass(frozen=True)
class CompetencyFact:
    """How much of a core competency is asked for, from 1 to 10."""

    competency: str
    score: int
    proficiency: str


@dataclass(frozen=True)
class SkillsFacts:
    """
    What the skills data states of one code, its own or that of the whole unit group.

    ``place`` is the code that the data reads; where ``is_of_group`` it is that of a unit group.
    """

    place: Place
    is_of_group: bool
    families: tuple[TaskFamily, ...]
    competencies: tuple[CompetencyFact, ...]
    tools: tuple[str, ...]

    @property
    def tasks(self) -> tuple[SpecialistTaskFact, ...]:
        """List every task, the longest first."""
        every = (task for family in self.families for task in family.tasks)
        return tuple(sorted(every, key=lambda task: -task.share_of_time))


def skills_rows() -> dict[str, ArraySubquery]:
    """Select the skills data of an occupation."""
    return _rows({"occupation": OuterRef("pk")}, prefix="")


def group_skills_rows(group: str = "unit_group") -> dict[str, ArraySubquery]:
    """Select the skills data of the unit group at this path."""
    return _rows({"group": OuterRef(group)}, prefix="group_")


def skills_of(line: Iterable[Mapping[str, Any]]) -> SkillsFacts | None:
    """Take the data of the first code that has any of its own, else of the first unit group."""
    known = list(line)
    for facts in known:
        if any(facts[name] for name in SKILLS_TABLES):
            place = Place(
                facts["edition_slug"], facts["edition_name"], facts["code"], facts["title"]
            )
            return _skills(facts, place=place, prefix="")
    return next((found for facts in known if (found := group_skills_of(facts))), None)


def group_skills_of(facts: Mapping[str, Any]) -> SkillsFacts | None:
    """Read the data of the unit group that stands in a row, if there is any."""
    if not any(facts[f"group_{name}"] for name in SKILLS_TABLES):
        return None
    place = Place(
        facts["edition_slug"], facts["edition_name"], facts["group_code"], facts["group_title"]
    )
    return _skills(facts, place=place, prefix="group_")


def _rows(subject: dict[str, OuterRef], *, prefix: str) -> dict[str, ArraySubquery]:
    return {
        f"{prefix}specialist_tasks_rows": collected(
            SpecialistTask.objects.filter(**subject).order_by("-share_of_time", "text"),
            "text",
            "share_of_time",
            "cluster",
            "family",
        ),
        f"{prefix}core_competencies_rows": collected(
            CoreCompetency.objects.filter(**subject).order_by("-score", "competency"),
            "competency",
            "score",
            "proficiency",
        ),
        f"{prefix}technology_tools_rows": collected(
            TechnologyTool.objects.filter(**subject).order_by("tool"), "tool"
        ),
    }


def _skills(facts: Mapping[str, Any], *, place: Place, prefix: str) -> SkillsFacts:
    return SkillsFacts(
        place=place,
        is_of_group=bool(prefix),
        families=_families(facts[f"{prefix}specialist_tasks"]),
        competencies=tuple(
            CompetencyFact(row["competency"], row["score"], row["proficiency"])
            for row in facts[f"{prefix}core_competencies"]
        ),
        tools=tuple(row["tool"] for row in facts[f"{prefix}technology_tools"]),
    )


def _families(rows: Rows) -> tuple[TaskFamily, ...]:
    """Group the tasks by family, the family that takes most time first."""
    by_family: dict[str, list[SpecialistTaskFact]] = {}
    for row in rows:
        share = Decimal(str(row["share_of_time"]))
        fact = SpecialistTaskFact(row["text"], share, row["cluster"])
        by_family.setdefault(row["family"], []).append(fact)
    families = (
        TaskFamily(family, sum((task.share_of_time for task in tasks), Decimal(0)), tuple(tasks))
        for family, tasks in by_family.items()
    )
    return tuple(sorted(families, key=lambda one: (-one.share_of_time, one.family)))

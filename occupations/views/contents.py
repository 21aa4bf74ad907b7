"""The list of what stands on the page of an occupation, in the order of the page."""

from dataclasses import dataclass

from occupations.facts import OccupationFacts
from occupations.facts.near import NearFacts


@dataclass(frozen=True)
class Entry:
    """A heading of the page, with the anchor that stands there."""

    anchor: str
    label: str


def contents_of(facts: OccupationFacts, *, near: NearFacts) -> list[Entry]:
    """List the headings that the page will have; each is asked for as its template does."""
    skills = facts.skills
    sections = [
        ("visas", "Visas", bool(facts.visas) and not facts.is_retired),
        ("glance", "At a glance", True),
        ("tasks", "Tasks", facts.tasks is not None),
        ("lists", "Occupation lists", bool(facts.lists)),
        ("caveats", "Caveats", bool(facts.caveats)),
        ("nomination", "State and territory nomination", facts.nominations is not None),
        ("expressions", "Expressions of interest", facts.expressions is not None),
        *(
            (f"assessment-{one.place.edition}", _assessment(facts, one.place.code), True)
            for one in facts.assessments
            if one.authorities or one.criteria or one.sections
        ),
        *(
            (f"not-considered-{one.place.edition}", "Titles not considered", True)
            for one in facts.not_considered
        ),
        ("side-by-side", "Tasks side by side", bool(near.side_by_side)),
        ("shortages", "Shortage by state", facts.shortages is not None),
        ("time", "Share of time", skills is not None and bool(skills.families)),
        ("competencies", "Core competencies", skills is not None and bool(skills.competencies)),
        ("tools", "Software and machines", skills is not None and bool(skills.tools)),
        ("qualifications", "Qualifications", bool(facts.qualifications)),
        ("editions", "Other editions", bool(facts.counterparts)),
        ("beside", "Same unit group", bool(facts.siblings)),
        ("alike", "Look-alikes elsewhere", bool(near.elsewhere)),
        ("official", "Official wording", facts.official is not None),
        ("elsewhere", "Elsewhere", any(one.links for one in facts.assessments)),
    ]
    return [Entry(anchor, label) for anchor, label, is_there in sections if is_there]


def _assessment(facts: OccupationFacts, code: str) -> str:
    several = len(facts.assessments) > 1
    return f"Skills assessment of {code}" if several else "Skills assessment"

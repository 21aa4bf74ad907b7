"""What search engines and other programs read in a page: the facts of it as JSON-LD."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from occupations.facts import OccupationFacts
from occupations.facts.addresses import licence_address, whole
from occupations.facts.levels import CountryLevel
from occupations.facts.plain_words import OwnWords
from occupations.facts.provenance import Revision
from occupations.facts.values import Place, Source
from occupations.models import (
    Edition,
    GlossaryTerm,
    Group,
    PackagedUnit,
    Qualification,
    Unit,
)

type Node = dict[str, Any]
_MONTHS = 12
# What could end the element, or begin another one, inside a string of JSON.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
_REGISTER = "National Register of Vocational Education and Training (training.gov.au)"


def script(*nodes: Node) -> SafeString:
    """Write nodes as an element that browsers do not run; nothing in them can end it early."""
    graph = {"@context": "https://schema.org", "@graph": [_without_blanks(one) for one in nodes]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    element = f'<script type="application/ld+json">{text}</script>'
    return mark_safe(element)  # noqa: S308 (every character that could end it is escaped)


def occupation_nodes(facts: OccupationFacts) -> list[Node]:
    """Describe an occupation, one node a country, and the way down to it."""
    levels: Sequence[CountryLevel | None] = facts.skill_levels or (None,)
    way = [_edition_step(facts.edition.edition)]
    way += [(f"{one.place.code} {one.place.title}", one.place.path) for one in facts.groups]
    way.append((f"{facts.code} {facts.title}", facts.place.path))
    return [*(_occupation(facts, level) for level in levels), breadcrumbs(way)]


def group_nodes(
    group: Group, *, groups: Iterable[Group], summary: OwnWords | None = None
) -> list[Node]:
    """Describe a group as a code of its edition, with our summary, and the way down to it."""
    way = [_edition_step(group.edition)]
    way += [(f"{one.code} {one.title}", _detail(group.edition.slug, one.code)) for one in groups]
    place = Place(group.edition.slug, group.edition.short_title, group.code, group.title)
    node = _category(place, group.edition) | {
        "@id": whole(place.path),
        "description": summary.text if summary else "",
    }
    return [node, breadcrumbs(way)]


def qualification_nodes(found: Qualification, *, packaged: Iterable[PackagedUnit]) -> list[Node]:
    """Describe a qualification as a credential, with its core units."""
    path = found.get_absolute_url()
    credential = {
        "@type": "EducationalOccupationalCredential",
        "@id": whole(path),
        "url": whole(path),
        "name": found.title,
        "identifier": found.code,
        "credentialCategory": found.aqf_type,
        "educationalLevel": f"AQF level {found.aqf_level}" if found.aqf_level else "",
        "creativeWorkStatus": found.usage_recommendation,
        "recognizedBy": {"@type": "Organization", "name": "Australian Qualifications Framework"},
        "competencyRequired": [_unit(one.unit) for one in packaged if one.kind == "core"],
    }
    return [credential, breadcrumbs([_qualifications_step(), (str(found), path)])]


def unit_nodes(found: Unit) -> list[Node]:
    """Describe a unit of competency as a term of the national register."""
    way = [_qualifications_step(), (str(found), found.get_absolute_url())]
    return [_unit(found), breadcrumbs(way)]


def glossary_nodes(terms: Iterable[GlossaryTerm]) -> list[Node]:
    """Describe the glossary as a set of terms."""
    path = reverse("occupations:glossary")
    terms_of_it = [
        {
            "@type": "DefinedTerm",
            "@id": whole(one.get_absolute_url()),
            "name": one.term,
            "alternateName": list(one.also_called),
            "description": one.text,
        }
        for one in terms
    ]
    glossary = {
        "@type": "DefinedTermSet",
        "@id": whole(path),
        "name": "Glossary",
        "hasDefinedTerm": terms_of_it,
    }
    return [glossary, breadcrumbs([("Glossary", path)])]


def dataset_node(
    *, name: str, path: str, sources: Sequence[Source], revision: Revision, rows: int
) -> Node:
    """Describe a table that is offered as a file."""
    licences = dict.fromkeys(licence_address(one.licence) for one in sources)
    publishers = dict.fromkeys(one.publisher for one in sources)
    return {
        "@type": "Dataset",
        "name": name,
        "description": f"{name}: {rows} rows of the catalogue behind this site, each with its "
        "source, its day and the revision of the catalogue.",
        "creator": [{"@type": "Organization", "name": one} for one in publishers],
        "license": [one for one in licences if one],
        "version": str(revision.number),
        "dateModified": _day(revision.as_at_on),
        "isAccessibleForFree": True,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": whole(path),
        },
    }


def breadcrumbs(way: Iterable[tuple[str, str]]) -> Node:
    """Describe the way from the home page to this one, as names and paths."""
    steps = [("Home", reverse("home")), *way]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": whole(path)}
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }


def _occupation(facts: OccupationFacts, level: CountryLevel | None) -> Node:
    url = whole(facts.place.path)
    node: Node = {
        "@type": "Occupation",
        "@id": url,
        "url": url,
        "name": facts.title,
        "alternateName": list(facts.titles.alternatives),
        "description": facts.summary.text if facts.summary else "",
        "occupationalCategory": _category(facts.place, facts.edition.edition),
        "responsibilities": list(facts.tasks.tasks) if facts.tasks else [],
        "skills": [one.competency for one in facts.skills.competencies] if facts.skills else [],
    }
    if level is None:
        return node
    experience: Node = {}
    if level.substitute_years:
        experience = {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": level.substitute_years * _MONTHS,
        }
    return node | {
        "@id": f"{url}#{level.country.lower().replace(' ', '-')}",
        "occupationLocation": {"@type": "Country", "name": level.country},
        "qualifications": f"Skill level {level.level}",
        "educationRequirements": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": level.training,
        },
        "experienceRequirements": experience,
        "experienceInPlaceOfEducation": True if experience else None,
    }


def _category(place: Place, edition: Edition) -> Node:
    """Give a code in its set of codes; a code never stands without its edition."""
    return {
        "@type": "CategoryCode",
        "codeValue": place.code,
        "name": place.title,
        "url": whole(place.path),
        "inCodeSet": {
            "@type": "CategoryCodeSet",
            "name": edition.title,
            "alternateName": edition.short_title,
            "version": edition.short_title.removeprefix(edition.classification).strip(),
            "datePublished": _day(edition.released_on),
            "publisher": {"@type": "Organization", "name": edition.publisher},
            "license": licence_address(edition.licence),
            "url": whole(edition.get_absolute_url()),
        },
    }


def _unit(unit: Unit) -> Node:
    return {
        "@type": "DefinedTerm",
        "@id": whole(unit.get_absolute_url()),
        "termCode": unit.code,
        "name": unit.title or unit.code,
        "inDefinedTermSet": {"@type": "DefinedTermSet", "name": _REGISTER},
    }


def _edition_step(edition: Edition) -> tuple[str, str]:
    return edition.short_title, edition.get_absolute_url()


def _qualifications_step() -> tuple[str, str]:
    return "Qualifications", reverse("occupations:qualifications")


def _detail(edition: str, code: str) -> str:
    return reverse("occupations:detail", args=[edition, code])


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _without_blanks(node: Node) -> Node:
    """Leave out what is not known, at every depth; an empty value would claim something."""
    kept = {name: _pruned(value) for name, value in node.items()}
    return {name: value for name, value in kept.items() if value not in ("", [], {}, None)}


def _pruned(value: Any) -> Any:  # noqa: ANN401 (any value of JSON)
    if isinstance(value, dict):
        return _without_blanks(value)
    return [_pruned(one) for one in value] if isinstance(value, list) else value

"""One occupation of one edition, with all that its page tells."""

from dataclasses import fields
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from occupations.api.occupation_schemas import OccupationAnswer
from occupations.api.places import (
    EditionInPath,
    OccupationInPath,
    find_edition,
    occupation_code,
)
from occupations.api.problems import NotHeld, Problem
from occupations.api.stamps import stamp
from occupations.facts import find_occupation, occupation_facts
from occupations.facts.addresses import whole
from occupations.facts.provenance import edition_source

router = Router(tags=["Occupations and groups"])


@router.get(
    "/occupations/{edition}/{code}",
    response={200: OccupationAnswer, 404: Problem},
    summary="An occupation",
)
def occupation(
    request: HttpRequest,  # noqa: ARG001
    edition: EditionInPath,
    code: OccupationInPath,
) -> dict[str, Any]:
    """Give what the page of an occupation tells, each fact with its source and its code."""
    within = find_edition(edition)
    six = occupation_code(within, typed=code)
    found = find_occupation(edition=within.slug, code=six)
    if found is None:
        raise NotHeld(f"{within} has no occupation with the code {six}.")
    facts = occupation_facts(found, on=timezone.localdate())
    told = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return {
        **told,
        **stamp(edition=within, source=edition_source(within)),
        "code": facts.code,
        "title": facts.title,
        "url": whole(facts.place.path),
    }

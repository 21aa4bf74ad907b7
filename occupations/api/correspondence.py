"""One occupation in the other editions, with the origin of each link."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from occupations.api.places import (
    EditionInPath,
    OccupationInPath,
    find_edition,
    find_occupation,
)
from occupations.api.problems import Problem
from occupations.api.stamps import PlaceFacts, Stamped, place, stamp
from occupations.correspondence import Change, Counterpart, Origin, counterparts
from occupations.facts.provenance import edition_source
from occupations.models import Edition, Occupation

router = Router(tags=["Correspondence"])


class CounterpartFacts(Schema):
    """What stands for the occupation in another edition."""

    edition: str = Field(description="The other edition.", examples=["anzsco-2013"])
    change: Change = Field(
        description="What became of it, from the edition asked for to the other.",
        examples=["same"],
    )
    origin: Origin | None = Field(
        description="`published` by the statistical agencies, or `derived` by this site.",
        examples=["published"],
    )
    is_partial: bool = Field(description="Whether only a part of the work corresponds.")
    occupations: list[PlaceFacts] = Field(description="None if it is gone; several if split.")


class IscoFacts(Schema):
    """A unit group of ISCO-08 that the occupation corresponds to."""

    code: str = Field(description="The ISCO-08 code.", examples=["3341"])
    title: str = Field(description="Its title.", examples=["Office supervisors"])
    is_partial: bool = Field(description="Whether only a part of the work corresponds.")


class CorrespondenceAnswer(Stamped):
    """An occupation and its counterparts."""

    code: str = Field(description="The code asked for.", examples=["541111"])
    title: str = Field(description="Its title.", examples=["Call or Contact Centre Team Leader"])
    retired: bool = Field(description="Whether the edition itself retired the code.")
    counterparts: list[CounterpartFacts] = Field(description="One an edition.")
    isco: list[IscoFacts] = Field(description="The published links to ISCO-08.")


@router.get(
    "/correspondence/{edition}/{code}",
    response={200: CorrespondenceAnswer, 404: Problem},
    summary="An occupation in the other editions",
)
def correspondence(
    request: HttpRequest,  # noqa: ARG001
    edition: EditionInPath,
    code: OccupationInPath,
) -> dict[str, Any]:
    """Say what stands for an occupation in each other edition, and how that is known."""
    occupation = find_occupation(find_edition(edition), typed=code)
    found = counterparts(occupation, editions=list(Edition.objects.order_by("released_on")))
    return {
        **stamp(edition=occupation.edition, source=edition_source(occupation.edition)),
        "code": occupation.code,
        "title": occupation.title,
        "retired": occupation.retired,
        "counterparts": [counterpart_facts(one) for one in found],
        "isco": isco_facts(occupation),
    }


def counterpart_facts(one: Counterpart) -> dict[str, Any]:
    """Give what stands for an occupation in one other edition."""
    return {
        "edition": one.edition.slug,
        "change": one.change,
        "origin": one.origin,
        "is_partial": one.is_partial,
        "occupations": [place(occupation) for occupation in one.occupations],
    }


def isco_facts(occupation: Occupation) -> list[dict[str, Any]]:
    """Give the published links to ISCO-08; one query."""
    links = occupation.isco_correspondences.select_related("isco_group")
    return [
        {
            "code": link.isco_group.code,
            "title": link.isco_group.title,
            "is_partial": link.is_partial,
        }
        for link in links.order_by("isco_group__code")
    ]

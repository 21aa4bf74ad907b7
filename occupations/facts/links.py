"""What an occupation is tied to: licences, other editions, ISCO-08, and qualifications."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from occupations.correspondence import Change, Counterpart, Origin
from occupations.facts.collected import collected
from occupations.facts.values import Place, place_in, place_of
from occupations.models import IscoCorrespondence, OccupationLicence
from occupations.pathways import NAMED_CLASSIFICATION, naming


@dataclass(frozen=True)
class LicenceFact:
    """Whether registration or a licence is required, or may be, as one edition states it."""

    requirement: str
    stated_in: Place

    @property
    def is_required(self) -> bool:
        return self.requirement == "required"


@dataclass(frozen=True)
class CounterpartFact:
    """What stands for the occupation in another edition, and how we know."""

    edition: str
    edition_name: str
    occupations: tuple[Place, ...]
    change: Change
    origin: Origin | None
    is_partial: bool


@dataclass(frozen=True)
class IscoFact:
    """The ISCO-08 unit group that the publisher links a code to."""

    code: str
    title: str
    is_partial: bool
    stated_in: Place


@dataclass(frozen=True)
class QualificationFact:
    """A qualification whose classification names an ANZSCO code, from and to which day."""

    qualification: str
    title: str
    code: str
    value: str
    starts_on: date | None
    ends_on: date | None


def links_rows() -> dict[str, ArraySubquery]:
    """Select licences, ISCO-08 groups and the qualifications that name the code."""
    return {
        "licences_rows": collected(
            OccupationLicence.objects.filter(occupation=OuterRef("pk")), "requirement"
        ),
        "isco_rows": collected(
            IscoCorrespondence.objects.filter(occupation=OuterRef("pk")).order_by(
                "isco_group__code"
            ),
            "is_partial",
            code="isco_group__code",
            title="isco_group__title",
        ),
        "qualifications_rows": collected(
            naming(OuterRef("code")),
            "code",
            "value",
            "starts_on",
            "ends_on",
            qualification_code="qualification__code",
            qualification_title="qualification__title",
        ),
    }


def licences_of(
    line: Iterable[Mapping[str, Any]], *, family: Iterable[Mapping[str, Any]]
) -> tuple[LicenceFact, ...]:
    """
    Take what is stated of this code, else of single counterparts.

    Where several codes stand for it, each of them that needs a licence is named.
    """
    for facts in line:
        if facts["licences"]:
            return (_licence(facts),)
    return tuple(_licence(facts) for facts in family if facts["licences"])


def isco_of(line: Iterable[Mapping[str, Any]]) -> tuple[IscoFact, ...]:
    """Take the ISCO-08 groups of the first code that the publisher links to any."""
    for facts in line:
        if facts["isco"]:
            return tuple(
                IscoFact(row["code"], row["title"], row["is_partial"], place_in(facts))
                for row in facts["isco"]
            )
    return ()


def qualifications_of(
    family: Iterable[Mapping[str, Any]],
) -> tuple[QualificationFact, ...]:
    """List once what names the code of this occupation, or of its ANZSCO counterparts."""
    found = {
        (row["qualification_code"], row["code"]): QualificationFact(
            row["qualification_code"],
            row["qualification_title"],
            row["code"],
            row["value"],
            row["starts_on"],
            row["ends_on"],
        )
        for facts in family
        if facts["classification"] == NAMED_CLASSIFICATION
        for row in facts["qualifications"]
    }
    return tuple(found.values())


def counterparts_of(others: Sequence[Counterpart]) -> tuple[CounterpartFact, ...]:
    """Say what stands for the occupation in each other edition."""
    return tuple(
        CounterpartFact(
            edition=other.edition.slug,
            edition_name=other.edition.short_title,
            occupations=tuple(place_of(one, edition=other.edition) for one in other.occupations),
            change=other.change,
            origin=other.origin,
            is_partial=other.is_partial,
        )
        for other in others
    )


def _licence(facts: Mapping[str, Any]) -> LicenceFact:
    return LicenceFact(facts["licences"][0]["requirement"], place_in(facts))

"""From an occupation to the qualifications that name it, and back, with the dates."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet

from occupations.models import Occupation, Qualification, QualificationClassification

NAMED_CLASSIFICATION = "ANZSCO"  # the register gives an ANZSCO code without its edition


@dataclass(frozen=True)
class NamedOccupation:
    """A code that the register gives a qualification, and what it means in each edition."""

    code: str
    value: str
    starts_on: date | None
    ends_on: date | None
    meanings: tuple[Occupation, ...]


def naming(code: str | OuterRef) -> QuerySet[QualificationClassification]:
    """Select what names this ANZSCO code in the classifications of qualifications."""
    rows = QualificationClassification.objects.filter(
        scheme="anzsco", code=code, qualification__withdrawn_on=None
    )
    return rows.order_by("qualification__code", "seq")


def occupations_named_by(qualification: Qualification) -> list[NamedOccupation]:
    """Find the occupations that a qualification's classification names, newest edition first."""
    rows = list(qualification.classifications.filter(scheme="anzsco").exclude(code=""))
    occupations = (
        Occupation.objects.current()
        .filter(code__in={row.code for row in rows}, edition__classification=NAMED_CLASSIFICATION)
        .select_related("edition")
        .order_by("-edition__released_on")
    )
    return [
        NamedOccupation(
            row.code,
            row.value,
            row.starts_on,
            row.ends_on,
            tuple(found for found in occupations if found.code == row.code),
        )
        for row in rows
    ]

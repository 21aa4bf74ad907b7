"""What a visitor was reading: occupations and qualifications carried into the form."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import QueryDict

from enquiries.models import OccupationSnapshot, QualificationSnapshot
from occupations.models import Occupation, Qualification

MOST = 20  # of each
OCCUPATION = re.compile(r"([a-z0-9-]{1,20}):([0-9]{6})", re.ASCII)
QUALIFICATION = re.compile(r"[A-Z0-9]{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing carried, as the form shows it: it can be taken out."""

    field: str
    value: str
    code: str
    title: str
    edition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What was found under its present title, and whether something was not."""

    occupations: tuple[OccupationSnapshot, ...]
    qualifications: tuple[QualificationSnapshot, ...]
    choices: tuple[Choice, ...]
    dropped: bool


def read_carried(typed: QueryDict, *, occupations: str, qualifications: str) -> Carried:
    """Look up what the fields named ``occupations`` and ``qualifications`` carry."""
    pairs = _once("".join(each.split()).lower() for each in typed.getlist(occupations))
    codes = _once("".join(each.split()).upper() for each in typed.getlist(qualifications))
    found = _occupations([each for each in pairs if OCCUPATION.fullmatch(each)][:MOST])
    qualified = _qualifications([each for each in codes if QUALIFICATION.fullmatch(each)][:MOST])
    return Carried(
        occupations=tuple(
            OccupationSnapshot(
                edition=each.value.partition(":")[0], code=each.code, title=each.title
            )
            for each in found
        ),
        qualifications=tuple(
            QualificationSnapshot(code=each.code, title=each.title) for each in qualified
        ),
        choices=(*found, *qualified),
        dropped=len(found) + len(qualified) < len(pairs) + len(codes),
    )


def _occupations(pairs: Sequence[str]) -> list[Choice]:
    if not pairs:
        return []
    matches = (each.partition(":") for each in pairs)
    any_of = reduce(or_, (Q(edition__slug=edition, code=code) for edition, _, code in matches))
    rows = Occupation.objects.filter(any_of).values_list(
        "edition__slug", "code", "title", "edition__short_title"
    )
    found = [
        Choice(field="occupations", value=f"{slug}:{code}", code=code, title=title, edition=edition)
        for slug, code, title, edition in rows
    ]
    return sorted(found, key=lambda choice: pairs.index(choice.value))


def _qualifications(codes: Sequence[str]) -> list[Choice]:
    if not codes:
        return []
    rows = Qualification.objects.filter(code__in=codes).values_list("code", "title")
    found = [
        Choice(field="qualifications", value=code, code=code, title=title) for code, title in rows
    ]
    return sorted(found, key=lambda choice: codes.index(choice.value))


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))

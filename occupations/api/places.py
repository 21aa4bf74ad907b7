"""Finds what an address of the API names; codes and editions are read as forgivingly as pages'."""

from typing import Annotated

from ninja import Path

from occupations.api.problems import NotHeld
from occupations.codes import OCCUPATION_CODE, TRAINING_CODE, tidy_code, tidy_edition
from occupations.models import Edition, Group, Occupation, Qualification, Unit

OCCUPATION_DIGITS = 6
LONGEST = 40  # characters of what was typed that an answer repeats

type EditionInPath = Annotated[
    str,
    Path(
        description="The edition; `2022` and `ANZSCO 2022` will do for `anzsco-2022`.",
        example="anzsco-2022",
    ),
]
type OccupationInPath = Annotated[
    str, Path(description="The code of an occupation: six digits.", example="541111")
]
type GroupInPath = Annotated[
    str, Path(description="The code of a group: one to four digits.", example="5411")
]
type QualificationInPath = Annotated[
    str, Path(description="The code of a qualification.", example="BSB40307")
]
type ReleaseInPath = Annotated[str, Path(description="The number of a release.", example="1")]
type UnitInPath = Annotated[
    str, Path(description="The code of a unit of competency.", example="BSBCCO402A")
]


def find_edition(typed: str) -> Edition:
    """
    Find an edition by its name.

    :raises NotHeld: if there is none
    """
    found = Edition.objects.filter(slug=tidy_edition(typed)).first()
    if found is None:
        raise NotHeld(f"There is no edition {typed[:LONGEST]!r}; see /api/v1/editions.")
    return found


def occupation_code(edition: Edition, *, typed: str) -> str:
    """
    Read the code of an occupation.

    :raises NotHeld: if it has not six digits
    """
    code = tidy_code(typed)
    if not OCCUPATION_CODE.fullmatch(code) or len(code) != OCCUPATION_DIGITS:
        raise NotHeld(f"An occupation of {edition} has a code of six digits.")
    return code


def find_occupation(edition: Edition, *, typed: str) -> Occupation:
    """
    Find an occupation of an edition.

    :raises NotHeld: if there is none
    """
    code = occupation_code(edition, typed=typed)
    rows = Occupation.objects.select_related("edition", "unit_group")
    found = rows.filter(edition=edition, code=code).first()
    if found is None:
        raise NotHeld(f"{edition} has no occupation with the code {code}.")
    return found


def find_group(edition: Edition, *, typed: str) -> Group:
    """
    Find a group of an edition.

    :raises NotHeld: if there is none
    """
    code = tidy_code(typed)
    if not OCCUPATION_CODE.fullmatch(code) or len(code) == OCCUPATION_DIGITS:
        raise NotHeld(f"A group of {edition} has a code of one to four digits.")
    found = (
        Group.objects.select_related("edition", "parent__parent__parent")
        .filter(edition=edition, code=code)
        .first()
    )
    if found is None:
        raise NotHeld(f"{edition} has no group with the code {code}.")
    return found


def find_qualification(typed: str) -> Qualification:
    """
    Find a qualification.

    :raises NotHeld: if there is none
    """
    code = tidy_code(typed)
    found = None
    if TRAINING_CODE.fullmatch(code):
        rows = Qualification.objects.select_related("training_package")
        found = rows.filter(code=code).first()
    if found is None:
        raise NotHeld(f"There is no qualification {code[:LONGEST]!r} in the catalogue.")
    return found


def find_unit(typed: str) -> Unit:
    """
    Find a unit of competency.

    :raises NotHeld: if there is none
    """
    code = tidy_code(typed)
    found = None
    if TRAINING_CODE.fullmatch(code):
        rows = Unit.objects.select_related("training_package", "field_of_education")
        found = rows.filter(code=code).first()
    if found is None:
        raise NotHeld(f"There is no unit of competency {code[:LONGEST]!r} in the catalogue.")
    return found

"""The tables of the classifications: editions, groups, occupations and what links them."""

from collections.abc import Iterator, Mapping

from occupations.catalogue.tables.columns import (
    Value,
    address,
    choice,
    day,
    digits,
    pattern,
    slug,
    text,
    whole,
    yes_no,
)
from occupations.catalogue.tables.table import Check, Reference, Table

LEVELS = {"major": 1, "sub_major": 2, "minor": 3, "unit": 4}
EDITION = Reference(("edition",), "editions", "edition")
GROUP = Reference(("edition", "group"), "groups", "group")
OCCUPATION = Reference(("edition", "occupation"), "occupations", "occupation")


def _group_fits(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    code, level = str(row["code"]), str(row["level"])
    if len(code) != LEVELS[level]:
        yield "level", f"{level!r} does not fit the code {code}"
    if row["parent"] != code[:-1]:
        yield "parent", f"{row['parent']!r} is not {code[:-1]!r}, the code less its last digit"


def _occupation_fits(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    code, unit_group = str(row["code"]), row["unit_group"]
    if unit_group != code[:4]:
        yield "unit_group", f"{unit_group!r} does not begin the code {code}"


def _editions_differ(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    if row["from_edition"] == row["to_edition"]:
        yield "to_edition", f"{row['to_edition']!r} is the edition it comes from"


EDITIONS = Table(
    "editions",
    columns=(
        slug("slug", 20),
        text("classification", 10),
        text("title", 120),
        text("short_title", 30),
        text("publisher", 120),
        text("licence", 40),
        day("released_on"),
        slug("superseded_by", 20, optional=True),
        text("used_for", 200, optional=True),
        address(),
    ),
    key=("slug",),
    references=(Reference(("superseded_by",), "editions", "superseded_by", optional=True),),
)
_SKILL_LEVELS = (r"[1-5](/[1-5])*", "a skill level such as 2 or a range such as 2/3")
GROUPS = Table(
    "groups",
    columns=(
        slug("edition", 20),
        digits("code", 1, 4),
        choice("level", *LEVELS),
        text("title", 200),
        digits("parent", 1, 3, optional=True),
        pattern("skill_level", *_SKILL_LEVELS, most=9, optional=True),
        pattern("skill_level_nz", *_SKILL_LEVELS, most=9, optional=True),
    ),
    key=("edition", "code"),
    references=(EDITION, Reference(("edition", "parent"), "groups", "parent", optional=True)),
    folded="title",
    is_kept=True,
    check=Check(("code", "level", "parent"), _group_fits),
)
OCCUPATIONS = Table(
    "occupations",
    columns=(
        slug("edition", 20),
        digits("code", 6),
        text("title", 200),
        digits("unit_group", 4),
        whole("skill_level", 1, 5, optional=True),
        whole("skill_level_nz", 1, 5, optional=True),
        yes_no("retired"),
    ),
    key=("edition", "code"),
    references=(EDITION, Reference(("edition", "unit_group"), "groups", "unit_group")),
    folded="title",
    is_kept=True,
    check=Check(("code", "unit_group"), _occupation_fits),
)
OTHER_TITLES = Table(
    "other_titles",
    columns=(
        slug("edition", 20),
        digits("occupation", 6),
        choice("kind", "alternative", "specialisation", "nec_occupation", "assessor"),
        text("title", 200),
    ),
    key=("edition", "occupation", "kind", "title"),
    references=(OCCUPATION,),
    folded="title",
)
SKILL_LEVELS = Table(
    "skill_levels",
    columns=(
        slug("edition", 20),
        whole("level", 1, 5),
        text("australia", 200),
        text("new_zealand", 200, optional=True),
        whole("substitute_years", 0, 20, optional=True),
    ),
    key=("edition", "level"),
    references=(EDITION,),
)
CORRESPONDENCES = Table(
    "correspondences",
    columns=(
        slug("from_edition", 20),
        digits("from_code", 6),
        slug("to_edition", 20),
        digits("to_code", 6),
        yes_no("is_partial"),
        choice("origin", "published", "derived"),
    ),
    key=("from_edition", "from_code", "to_edition", "to_code"),
    references=(
        Reference(("from_edition", "from_code"), "occupations", "from_occupation"),
        Reference(("to_edition", "to_code"), "occupations", "to_occupation"),
    ),
    check=Check(("from_edition", "to_edition"), _editions_differ),
)
ISCO_CORRESPONDENCES = Table(
    "isco_correspondences",
    columns=(
        slug("edition", 20),
        digits("code", 6),
        digits("isco_code", 4),
        yes_no("is_partial"),
    ),
    key=("edition", "code", "isco_code"),
    references=(
        Reference(("edition", "code"), "occupations", "occupation"),
        Reference(("isco_code",), "isco_groups", "isco_group"),
    ),
)

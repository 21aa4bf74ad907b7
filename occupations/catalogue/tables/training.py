"""The tables of vocational training: qualifications, their releases, and units of competency."""

from collections.abc import Iterator, Mapping
from datetime import date

from occupations.catalogue.tables.columns import (
    Value,
    address,
    choice,
    day,
    digits,
    pattern,
    text,
    training_code,
    whole,
    yes_no,
)
from occupations.catalogue.tables.table import Check, Reference, Table

QUALIFICATION = Reference(("qualification",), "qualifications", "qualification")
RELEASE = Reference(("qualification", "release"), "qualification_releases", "release")
UNIT = Reference(("unit",), "units", "unit")


def _ends_after_it_starts(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    starts_on, ends_on = row["starts_on"], row["ends_on"]
    if isinstance(starts_on, date) and isinstance(ends_on, date) and ends_on < starts_on:
        yield "ends_on", f"{ends_on} is before {starts_on}, when it starts"


def _replaced_by_another(before: str, after: str) -> Check:
    def find(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
        if row[before] == row[after]:
            yield after, f"{row[after]!r} cannot replace itself"

    return Check((before, after), find)


def _not_before_itself(row: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    if row["unit"] == row["prerequisite"]:
        yield "prerequisite", f"{row['unit']!r} cannot come before itself"


TRAINING_PACKAGES = Table(
    "training_packages",
    columns=(training_code("code", 10), text("title", 200)),
    key=("code",),
)
QUALIFICATIONS = Table(
    "qualifications",
    columns=(
        training_code("code", 12),
        text("title", 200),
        training_code("training_package", 10),
        text("aqf_type", 60, optional=True),
        whole("aqf_level", 1, 10, optional=True),
        yes_no("is_title_cut"),
        text("usage_recommendation", 20, optional=True),
        yes_no("is_held"),
    ),
    key=("code",),
    references=(Reference(("training_package",), "training_packages", "training_package"),),
    folded="title",
    is_kept=True,
)
QUALIFICATION_RELEASES = Table(
    "qualification_releases",
    columns=(
        training_code("qualification", 12),
        whole("release", 1, 99),
        day("released_on", optional=True),
        whole("stated_unit_count", 0, 9999, optional=True),
        address(),
    ),
    key=("qualification", "release"),
    references=(QUALIFICATION,),
)
RELEASE_STATEMENTS = Table(
    "release_statements",
    columns=(
        training_code("qualification", 12),
        whole("release", 1, 99),
        choice(
            "section",
            "description",
            "job_role",
            "modification_history",
            "pathway_entry",
            "pathway_in",
            "pathway_in_role",
            "pathway_out",
            "licensing",
            "entry_requirements",
            "employability_skill",
            "employability_note",
            "notice",
            "quirk",
        ),
        whole("seq", 1, 999),
        text("heading", 80, optional=True),
        text("text"),
        training_code("names_qualification", 12, optional=True),
    ),
    key=("qualification", "release", "section", "seq"),
    references=(
        RELEASE,
        Reference(("names_qualification",), "qualifications", "names_qualification", optional=True),
    ),
)
QUALIFICATION_MAPPINGS = Table(
    "qualification_mappings",
    columns=(
        training_code("from_qualification", 12),
        training_code("to_qualification", 12),
        yes_no("is_equivalent"),
        text("note", 400, optional=True),
        day("mapped_on", optional=True),
    ),
    key=("from_qualification", "to_qualification"),
    references=(
        Reference(("from_qualification",), "qualifications", "from_qualification"),
        Reference(("to_qualification",), "qualifications", "to_qualification"),
    ),
    check=_replaced_by_another("from_qualification", "to_qualification"),
)
QUALIFICATION_CLASSIFICATIONS = Table(
    "qualification_classifications",
    columns=(
        training_code("qualification", 12),
        choice(
            "scheme",
            "anzsco",
            "asco",
            "asced_field",
            "level_of_education",
            "industry_sector",
            "occupation",
        ),
        whole("seq", 1, 999),
        pattern("code", r"[0-9A-Z-]+", "a code of at most 12 characters", most=12, optional=True),
        text("value", 120),
        day("starts_on", optional=True),
        day("ends_on", optional=True),
    ),
    key=("qualification", "seq"),
    references=(QUALIFICATION,),
    check=Check(("starts_on", "ends_on"), _ends_after_it_starts),
)
UNITS = Table(
    "units",
    columns=(
        training_code("code", 14),
        text("title", 250, optional=True),
        text("usage_recommendation", 20, optional=True),
        day("usage_from_on", optional=True),
        whole("release", 1, 99, optional=True),
        day("released_on", optional=True),
        training_code("training_package", 10, optional=True),
        digits("field_of_education", 6, optional=True),
        yes_no("is_held"),
    ),
    key=("code",),
    references=(
        Reference(("training_package",), "training_packages", "training_package", optional=True),
        Reference(
            ("field_of_education",), "fields_of_education", "field_of_education", optional=True
        ),
    ),
    folded="title",
    is_kept=True,
)
UNIT_MAPPINGS = Table(
    "unit_mappings",
    columns=(
        training_code("from_unit", 14),
        training_code("to_unit", 14),
        yes_no("is_equivalent", optional=True),
    ),
    key=("from_unit", "to_unit"),
    references=(
        Reference(("from_unit",), "units", "from_unit"),
        Reference(("to_unit",), "units", "to_unit"),
    ),
    check=_replaced_by_another("from_unit", "to_unit"),
)
PACKAGING_RULES = Table(
    "packaging_rules",
    columns=(
        training_code("qualification", 12),
        whole("release", 1, 99),
        choice(
            "kind",
            "total",
            "core",
            "elective",
            "elective_source",
            "other_level_most",
            "relevance",
        ),
        whole("seq", 1, 999),
        whole("number", 0, 999, optional=True),
        text("text", 300),
    ),
    key=("qualification", "release", "seq"),
    references=(RELEASE,),
)
PACKAGED_UNITS = Table(
    "packaged_units",
    columns=(
        training_code("qualification", 12),
        whole("release", 1, 99),
        training_code("unit", 14),
        choice("kind", "core", "elective", "example"),
        text("category", 160, optional=True),
        whole("seq", 1, 9999),
        whole("table_seq", 1, 9999, optional=True),
        text("table_title", 250, optional=True),
        text("essential", 10, optional=True),
    ),
    key=("qualification", "release", "unit", "category"),
    also_unique=("qualification", "release", "seq"),
    references=(RELEASE, UNIT),
)
UNIT_PREREQUISITES = Table(
    "unit_prerequisites",
    columns=(
        training_code("qualification", 12),
        whole("release", 1, 99),
        training_code("unit", 14),
        training_code("prerequisite", 14),
    ),
    key=("qualification", "release", "unit", "prerequisite"),
    references=(RELEASE, UNIT, Reference(("prerequisite",), "units", "prerequisite")),
    check=Check(("unit", "prerequisite"), _not_before_itself),
)
EXAMPLE_SELECTIONS = Table(
    "example_selections",
    columns=(
        training_code("qualification", 12),
        whole("release", 1, 99),
        whole("seq", 1, 999),
        text("name", 80),
    ),
    key=("qualification", "release", "seq"),
    references=(RELEASE,),
)
EXAMPLE_UNITS = Table(
    "example_units",
    columns=(
        training_code("qualification", 12),
        whole("release", 1, 99),
        whole("selection_seq", 1, 999),
        whole("seq", 1, 999),
        training_code("unit", 14),
    ),
    key=("qualification", "release", "selection_seq", "unit"),
    references=(
        Reference(("qualification", "release", "selection_seq"), "example_selections", "selection"),
        UNIT,
    ),
)

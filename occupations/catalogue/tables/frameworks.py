"""The tables of frameworks that others refer to, and the glossary."""

from occupations.catalogue.tables.columns import digits, several, slug, text, whole
from occupations.catalogue.tables.table import Reference, Table

AQF_LEVELS = Table(
    "aqf_levels",
    columns=(
        whole("level", 1, 10),
        text("qualification_type", 80),
        text("volume_of_learning", 40),
        text("summary", 300),
    ),
    key=("qualification_type",),
)
NZQCF_LEVELS = Table(
    "nzqcf_levels",
    columns=(whole("level", 1, 10), text("qualification_types", 200)),
    key=("level",),
)
FIELDS_OF_EDUCATION = Table(
    "fields_of_education",
    columns=(digits("code", 2, 6), text("title", 120)),
    key=("code",),
)
LEVELS_OF_EDUCATION = Table(
    "levels_of_education",
    columns=(digits("code", 1, 3), text("title", 120)),
    key=("code",),
)
ISCO_GROUPS = Table(
    "isco_groups",
    columns=(digits("code", 4), text("title", 160)),
    key=("code",),
)
GLOSSARY_TERMS = Table(
    "glossary_terms",
    columns=(
        slug("slug"),
        text("term", 80),
        several("also_called", r"[^|]+", "another name of at most 80 characters", most=80),
        text("text", 600),
        several("see_also", r"[a-z0-9]+(-[a-z0-9]+)*", "the slug of a term", most=60),
    ),
    key=("slug",),
    references=(Reference(("see_also",), "glossary_terms", item_length=60),),
)

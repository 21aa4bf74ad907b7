"""The tables of provenance: publishers with licences and dates, and which table comes from whom."""

from occupations.catalogue.tables.columns import address, day, pattern, slug, text, yes_no
from occupations.catalogue.tables.table import Reference, Table

SOURCES = Table(
    "sources",
    columns=(
        slug("slug"),
        text("title", 200),
        text("publisher", 200),
        text("licence", 80, optional=True),
        day("as_at_on", optional=True),
        yes_no("is_official"),
        address(),
        text("note", 300, optional=True),
        day("next_check_on", optional=True),
    ),
    key=("slug",),
)
TABLE_SOURCES = Table(
    "table_sources",
    columns=(
        pattern("table", r"[a-z]+(_[a-z]+)*", "the name of a table", most=40),
        slug("source"),
    ),
    key=("table", "source"),
    references=(Reference(("source",), "sources", "source"),),
)

"""The tables of selection: points test, state nomination and expressions of interest."""

from occupations.catalogue.tables.classification import OCCUPATION
from occupations.catalogue.tables.columns import choice, digits, pattern, several, slug, text, whole
from occupations.catalogue.tables.migration import SOURCE
from occupations.catalogue.tables.table import Reference, Table

VISA = Reference(("visa",), "visas", "visa")

POINTS_CRITERIA = Table(
    "points_criteria",
    columns=(
        whole("seq", 1, 999),
        text("part", 10),
        text("part_title", 120),
        choice("kind", "criterion", "cap", "pass_mark"),
        slug("key"),
        text("criterion", 200),
        whole("points", 0, 200),
        several("visas", r"\d{3}", "a visa subclass such as 189", most=10),
        text("note", 300, optional=True),
        slug("source"),
    ),
    key=("key",),
    also_unique=("seq",),
    references=(SOURCE, Reference(("visas",), "visas", item_length=3)),
)
STATE_NOMINATIONS = Table(
    "state_nominations",
    columns=(
        slug("edition", 20),
        digits("occupation", 6),
        digits("visa", 3),
        choice("state", "ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"),
        text("region", 40, optional=True),
        slug("source"),
    ),
    key=("edition", "occupation", "visa", "state", "region", "source"),
    references=(OCCUPATION, VISA, SOURCE),
)
EXPRESSION_COUNTS = Table(
    "expression_counts",
    columns=(
        slug("edition", 20),
        digits("occupation", 6),
        digits("visa", 3),
        pattern("stream", r"[A-Z]{3}", "the three letters of a stream such as SNR", most=3),
        choice("status", "submitted", "invited", "lodged", "hold", "closed"),
        whole("points", 0, 200),
        text("states", 60, optional=True),
        whole("count", 1, 999_999),
        slug("source"),
    ),
    key=("edition", "occupation", "visa", "stream", "status", "points", "states", "source"),
    references=(OCCUPATION, VISA, SOURCE),
)

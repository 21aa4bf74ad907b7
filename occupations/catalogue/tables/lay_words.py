"""The table of lay words: what people say, and the occupations they mean."""

from occupations.catalogue.tables.columns import choice, digits, several, slug, text, whole
from occupations.catalogue.tables.table import Reference, Table

COUNTRIES = ("AU", "NZ", "UK", "US", "IN", "PH", "CN", "ZA")
MOST_MEANINGS = 5

LAY_WORDS = Table(
    "lay_words",
    columns=(
        slug("edition", 20),
        digits("code", 6),
        text("word", 80),
        whole("seq", 1, MOST_MEANINGS),
        choice("kind", "slang", "abbreviation", "overseas_title", "everyday"),
        several("said_in", "|".join(COUNTRIES), f"one of {', '.join(COUNTRIES)}", most=2),
    ),
    key=("edition", "code", "word"),
    also_unique=("edition", "word_folded", "seq"),
    references=(Reference(("edition", "code"), "occupations", "occupation"),),
    folded="word",
)

"""The catalogue as staff look at it, and what editors write beside it."""

from occupations.admin import (
    classification,
    feedback,
    frameworks,
    migration,
    missed_searches,
    sources,
    training,
    uploads,
    words,
)
from occupations.admin.read_only import ReadOnlyAdmin, ReadOnlyRows, rows

__all__ = [
    "ReadOnlyAdmin",
    "ReadOnlyRows",
    "classification",
    "feedback",
    "frameworks",
    "migration",
    "missed_searches",
    "rows",
    "sources",
    "training",
    "uploads",
    "words",
]

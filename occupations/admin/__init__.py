"""The catalogue as staff look at it: nobody edits it by hand, the load alone writes it."""

from occupations.admin import classification, frameworks, migration, training
from occupations.admin.read_only import ReadOnlyAdmin, ReadOnlyRows, rows

__all__ = [
    "ReadOnlyAdmin",
    "ReadOnlyRows",
    "classification",
    "frameworks",
    "migration",
    "rows",
    "training",
]

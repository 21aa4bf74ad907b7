"""The change log as it is read: which facts each load changed, in words."""

from occupations.change_log.reading import (
    About,
    Entry,
    about_subject,
    begins_at,
    changes_of,
    entries,
    newest_entries,
    worded,
)
from occupations.change_log.words import KINDS, FactInWords, table_name

__all__ = [
    "KINDS",
    "About",
    "Entry",
    "FactInWords",
    "about_subject",
    "begins_at",
    "changes_of",
    "entries",
    "newest_entries",
    "table_name",
    "worded",
]

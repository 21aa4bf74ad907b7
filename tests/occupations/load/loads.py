"""When tests load the catalogue, and what a load says and leaves."""

from datetime import UTC, datetime

from occupations.catalogue.stored import read_stored
from occupations.catalogue.tables import TABLES

# Half past ten at night in Sydney, of the same day in Greenwich.
NOW = datetime(2026, 11, 21, 11, 30, tzinfo=UTC)
# Two hours later it is tomorrow in Sydney, but not yet in Greenwich.
LATER = datetime(2026, 11, 21, 13, 30, tzinfo=UTC)


def counts(loaded):
    return {name: change.counts() for name, change in loaded.changes.items()}


def added(number):
    return {"added": number, "altered": 0, "withdrawn": 0}


def everything():
    return {table.name: read_stored(table).rows for table in TABLES}

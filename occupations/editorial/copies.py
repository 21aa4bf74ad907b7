"""A table of the catalogue as a file to edit and to upload again, in the schema of the load."""

import csv
from io import StringIO

from occupations.catalogue.stored import BY_NAME, read_stored
from occupations.catalogue.tables import Key, Value

BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8; the load reads past it


def editable_copy(table: str) -> bytes:
    """
    Write a table as CSV, as the catalogue holds it now; uploaded again, it changes nothing.

    Unlike a download of the site it holds no column of provenance, no withdrawn row, and no
    apostrophe before what a spreadsheet would calculate.

    :raises KeyError: if there is no such table
    """
    stored = read_stored(BY_NAME[table])
    names = [column.name for column in stored.table.columns]
    lines = StringIO(newline="")
    lines.write(BYTE_ORDER_MARK)
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(names)
    current = stored.current()
    for key in sorted(current, key=_place):
        row = dict(zip(stored.table.names, current[key], strict=True))
        writer.writerow(_cell(row[name]) for name in names)
    return lines.getvalue().encode()


def _place(key: Key) -> list[tuple[bool, Value]]:
    """Order keys of which a number may be missing."""
    return [(cell is None, cell) for cell in key]


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "|".join(value)
    return str(value)

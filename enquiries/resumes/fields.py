"""Knows which field codes make a word processor talk to another program."""

import re
from typing import Final

BEGIN: Final = "\x02"  # no text can hold these two
END: Final = "\x03"

# A field code starts with its name. A name that another field computes hides what it is.
DDE_FIELD: Final = re.compile(
    r"""\x02 [\s"]* (?: DDE(?:AUTO)?\b | (?: D (?: D (?: E\w* )? )? )? \x02 )""",
    re.IGNORECASE | re.VERBOSE,
)


def has_dde(codes: str) -> bool:
    """Whether field codes, each from ``BEGIN`` to ``END``, start a DDE conversation."""
    return DDE_FIELD.search(codes) is not None

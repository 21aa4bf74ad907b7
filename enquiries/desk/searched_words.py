"""Which words in an address may be of a person: all that were searched for but a reference."""

import re

from django.http import QueryDict

from enquiries.models import REFERENCE_LENGTH, REFERENCE_SIGNS

WORDS = "q"  # as the stock admin names them in an address
_REFERENCE = re.compile(rf"[{REFERENCE_SIGNS}]{{{REFERENCE_LENGTH}}}")
_KEY = re.compile(r"~[0-9a-f]{12}")


def is_reference(typed: str) -> bool:
    """Say whether this can be a reference."""
    return bool(_REFERENCE.fullmatch(typed.strip().upper()))


def names_nobody(typed: str) -> bool:
    """Say whether an address may tell this: a reference, unless it may be a phone number too."""
    return is_reference(typed) and not typed.strip().isdecimal()


def is_key(told: str) -> bool:
    """Say whether this stands in an address for words that a session keeps."""
    return bool(_KEY.fullmatch(told))


def tells_words(query: QueryDict) -> bool:
    """Say whether an address tells what was typed; nobody types what no text can hold."""
    told = query.get(WORDS, "").strip()
    return bool(told) and not ("\0" in told or is_key(told) or names_nobody(told))


def without_words(query: QueryDict) -> QueryDict:
    """Give what else an address asks for, and a reference."""
    left = query.copy()
    if not names_nobody(left.get(WORDS, "")):
        left.pop(WORDS, None)
    left.pop("_changelist_filters", None)
    return left

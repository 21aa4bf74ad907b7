"""Codes and names of editions as people type them, written as they are published."""

import re

OCCUPATION_CODE = re.compile(r"[0-9]{1,4}|[0-9]{6}")
TRAINING_CODE = re.compile(r"[A-Z0-9]{3,14}")
_NO_PART_OF_A_CODE = re.compile(r"[\W_]+")
_NAME_AND_YEAR = re.compile(r"([a-z]+)-?([0-9]{4})")
_CLASSIFICATION_OF_YEAR = {
    "2013": "anzsco",
    "2019": "anzsco",
    "2021": "anzsco",
    "2022": "anzsco",
    "2024": "osca",
}
_NEWEST = {"anzsco": "anzsco-2022", "osca": "osca-2024"}  # ANZSCO 2022 is the last of its line


def tidy_code(typed: str) -> str:
    """Write a code as published: in capitals, without spaces or what stands around it."""
    return _NO_PART_OF_A_CODE.sub("", typed).upper()


def tidy_edition(typed: str) -> str:
    """Write the name of an edition as its address does; ``ANZSCO 2022`` and ``2022`` will do."""
    tidy = _NO_PART_OF_A_CODE.sub("-", typed).strip("-").lower()
    if tidy in _NEWEST:
        return _NEWEST[tidy]
    if tidy in _CLASSIFICATION_OF_YEAR:
        return f"{_CLASSIFICATION_OF_YEAR[tidy]}-{tidy}"
    found = _NAME_AND_YEAR.fullmatch(tidy)
    return f"{found.group(1)}-{found.group(2)}" if found else tidy

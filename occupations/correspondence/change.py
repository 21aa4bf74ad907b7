"""What became of an occupation between two editions, judged by its code, title and counterparts."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from occupations.folding import fold

_COUNTRY = re.compile(r"\((?:aus|nz)\)", re.IGNORECASE)


class Change(StrEnum):
    SAME = "same"
    RESPELT = "respelt"
    RENAMED = "renamed"
    RECODED = "recoded"
    SPLIT = "split"
    MERGED = "merged"
    GONE = "gone"
    NEW = "new"


class Origin(StrEnum):
    PUBLISHED = "published"
    DERIVED = "derived"


class Titled(Protocol):
    """Anything with a code and a title."""

    @property
    def code(self) -> str: ...

    @property
    def title(self) -> str: ...


def change_of(subject: Titled, *, others: Sequence[Titled], sources: int) -> Change:
    """
    Name what became of an occupation whose counterparts in another edition are ``others``.

    ``sources`` counts the occupations of its own edition that these also stand for.
    """
    if not others:
        return Change.GONE
    if len(others) > 1:
        return Change.SPLIT
    if sources > 1:
        return Change.MERGED
    if others[0].code != subject.code:
        return Change.RECODED
    if others[0].title == subject.title:
        return Change.SAME
    same_names = _spellings(others[0].title) == _spellings(subject.title)
    return Change.RESPELT if same_names else Change.RENAMED


def _spellings(title: str) -> set[str]:
    """Fold each of the names that a title such as ``A (Aus) / B (NZ)`` holds."""
    return {fold(_COUNTRY.sub(" ", name)) for name in re.split(r" [/\\] ", title)}

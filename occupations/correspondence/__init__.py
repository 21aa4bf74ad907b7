"""Occupations across the editions: same, respelt, renamed, recoded, split, merged, gone, new."""

from occupations.correspondence.change import Change, Origin
from occupations.correspondence.counterparts import Counterpart, counterparts
from occupations.correspondence.differences import Difference, LevelChange, Place, differences

OWN_CODES = "ANZSCO"  # the classification whose editions mostly keep a code's meaning

__all__ = [
    "OWN_CODES",
    "Change",
    "Counterpart",
    "Difference",
    "LevelChange",
    "Origin",
    "Place",
    "counterparts",
    "differences",
]

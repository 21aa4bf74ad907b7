"""Which names hold words that begin with what is typed so far."""

from bisect import bisect_left
from collections import defaultdict
from weakref import WeakKeyDictionary

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from occupations.search.arrays import Flags
from occupations.search.index import Index

_LAST = "\U0010ffff"  # sorts after every letter
_SHORTEST_MENDED, _TWO_SLIPS = 4, 7  # letters of a beginning that may have a slip; two slips
_MOST_KEPT = 6  # words that one beginning is mended to


class Beginnings:
    """The words of all names in the order of the alphabet, each with the texts that hold it."""

    def __init__(self, folded: list[str]) -> None:
        holding: dict[str, list[int]] = defaultdict(list)
        for text, name in enumerate(folded):
            for word in dict.fromkeys(name.split()):
                holding[word].append(text)
        self._words = sorted(holding)
        self._size = len(folded)
        self._cut: dict[int, list[str]] = {}
        self._ends = np.cumsum([0, *(len(holding[word]) for word in self._words)])
        self._texts = np.array([text for word in self._words for text in holding[word]], np.intp)

    def held(self, beginning: str) -> Flags:
        """Tell of each text whether one of its words begins so."""
        first = bisect_left(self._words, beginning)
        behind = bisect_left(self._words, beginning + _LAST)
        flags = np.zeros(self._size, bool)
        flags[self._texts[self._ends[first] : self._ends[behind]]] = True
        return flags

    def mended(self, beginning: str) -> list[str]:
        """List the beginnings that a slip or two turn into this one."""
        length = len(beginning)
        if length < _SHORTEST_MENDED or not beginning.isalpha():
            return []
        near = extract(
            beginning,
            self._cut_to(length),
            scorer=OSA.distance,
            score_cutoff=1 if length < _TWO_SLIPS else 2,
            limit=3 * _MOST_KEPT,
        )
        near.sort(key=lambda one: (one[1], one[0][0] != beginning[0], one[2]))
        return [word for word, _, _ in near[:_MOST_KEPT]]

    def _cut_to(self, length: int) -> list[str]:
        """
        List what the words begin with, in so many letters or one more; whole words in one fewer.

        It takes a moment, and is kept.
        """
        if length not in self._cut:
            long = [word for word in self._words if len(word) >= length - 1]
            cut = (word[:letters] for word in long for letters in (length, length + 1))
            self._cut[length] = list(dict.fromkeys(cut))
        return self._cut[length]


_made: WeakKeyDictionary[Index, Beginnings] = WeakKeyDictionary()


def beginnings_of(index: Index) -> Beginnings:
    """Give the beginnings of an index, made when they are first asked for."""
    made = _made.get(index)
    if made is None:
        made = _made[index] = Beginnings(index.folded)
    return made

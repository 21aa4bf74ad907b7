"""Words and names that a slip or two turn into what was typed."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from occupations.search.arrays import Places

type _Masks = np.ndarray[tuple[int], np.dtype[np.uint64]]

SHORTEST_MENDED = 4  # letters of a word that may have a slip
_TWO_SLIPS = 6  # letters of one that may have two
_SHORTEST_KNOWN = 3  # letters of a word that others are mended to


class Slips:
    """All names as folded, by their length, and their words, the most frequent first."""

    def __init__(self, folded: Sequence[str]) -> None:
        common = Counter(word for name in folded for word in name.split() if word.isalpha())
        self._words = [word for word, _ in common.most_common() if len(word) >= _SHORTEST_KNOWN]
        self._by_length = sorted(range(len(folded)), key=lambda at: len(folded[at]))
        self._lengths = [len(folded[at]) for at in self._by_length]
        self._names = [folded[at] for at in self._by_length]
        self._letters_of_words = _masks(self._words)
        self._letters_of_names = _masks(self._names)

    def word_for(self, typed: str) -> str:
        """Give the word of our names that is likeliest meant by one that is none; or nothing."""
        most = 1 if len(typed) < _TWO_SLIPS else 2
        near = _near(typed, self._letters_of_words, most=most)
        words = [self._words[at] for at in near]
        found = extract(typed, words, scorer=OSA.distance, score_cutoff=most, limit=10)
        # Fewest slips first, then a word that starts alike, then the more frequent one.
        best = min(found, key=lambda one: (one[1], one[0][0] != typed[0], one[2]), default=None)
        return best[0] if best else ""

    def names_from(self, folded: str, *, most: int) -> list[tuple[int, int]]:
        """Give the names, by their place, that so many slips turn into this one; fewest first."""
        start = bisect_left(self._lengths, len(folded) - most)
        end = bisect_right(self._lengths, len(folded) + most)
        near = start + _near(folded, self._letters_of_names[start:end], most=most)
        names = [self._names[at] for at in near]
        found = extract(folded, names, scorer=OSA.distance, score_cutoff=most, limit=20)
        return sorted(
            ((self._by_length[near[at]], int(slips)) for _, slips, at in found),
            key=lambda one: (one[1], one[0]),
        )


def _masks(texts: Sequence[str]) -> _Masks:
    return np.array([_mask(text) for text in texts], np.uint64)


def _mask(text: str) -> int:
    """Write which signs a text has as a number of 64 bits."""
    mask = 0
    for sign in set(text):
        mask |= 1 << (ord(sign) & 63)
    return mask


def _near(typed: str, masks: _Masks, *, most: int) -> Places:
    """Find the few texts worth comparing: a slip adds one sign at most and takes one away."""
    differing = np.bitwise_count(masks ^ np.uint64(_mask(typed)))
    return np.flatnonzero(differing <= 2 * most)

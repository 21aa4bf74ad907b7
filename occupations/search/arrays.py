"""Texts and their owners as arrays, so that all of them are held against a question at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

import numpy as np

type Numbers = np.ndarray[tuple[int], np.dtype[np.float32]]
type Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]
type Places = np.ndarray[tuple[int], np.dtype[np.intp]]
type Flags = np.ndarray[tuple[int], np.dtype[np.bool]]

_FREQUENT, _LENGTH = 1.2, 0.6  # BM25: how soon a word's repetition stops to count; text length


class Grouped:
    """Which texts belong to which concept, so that the best of each is found at once."""

    def __init__(self, pairs: Iterable[tuple[int, int, float]], *, size: int) -> None:
        """Take (concept, text, weight) triples; ``size`` is the number of concepts."""
        ordered = sorted(pairs)
        self._size = size
        self.concepts = np.array([one[0] for one in ordered], np.intp)
        self.texts = np.array([one[1] for one in ordered], np.intp)
        self.weights = np.array([one[2] for one in ordered], np.float32)
        self._by_text = np.argsort(self.texts, kind="stable")
        self._sorted_texts = self.texts[self._by_text]
        self._starts = np.searchsorted(self.concepts, np.arange(size + 1)).tolist()
        self._lay_out()

    def _lay_out(self) -> None:
        """
        Set the texts of concepts with about as many in a table, a column each, the last repeated.

        The best of each column is found several times sooner than that of runs of any length.
        """
        having, starts, counts = np.unique(self.concepts, return_index=True, return_counts=True)
        heights = 1 << np.ceil(np.log2(counts)).astype(np.intp)
        self._tables: list[tuple[int, int]] = []  # the height of each, and where it ends
        pairs, concepts = [np.array([], np.intp)], [np.array([], np.intp)]
        for height in np.unique(heights).tolist():
            alike = np.flatnonzero(heights == height)
            below = np.minimum(np.arange(height)[:, None], counts[alike] - 1)
            pairs.append((starts[alike] + below).ravel())
            concepts.append(having[alike])
            self._tables.append((height, sum(map(len, pairs))))
        laid_out = np.concatenate(pairs)
        self._laid_out, self._having = self.texts[laid_out], np.concatenate(concepts)
        weights = self.weights[laid_out]
        self._weights_laid_out = None if (weights == 1).all() else weights

    def best(self, scores: Numbers) -> Numbers:
        """Give each concept the weighted score of its best text; 0 without one."""
        found = np.zeros(self._size, np.float32)
        laid_out = scores.take(self._laid_out)
        if self._weights_laid_out is not None:
            laid_out *= self._weights_laid_out
        start = done = 0
        for height, end in self._tables:
            best = laid_out[start:end].reshape(height, -1).max(axis=0)
            found[self._having[done : done + len(best)]] = best
            start, done = end, done + len(best)
        return found

    def best_of(self, texts: Places, scores: Numbers) -> Numbers:
        """Give the same where but these few texts, each once, have a score."""
        found = np.zeros(self._size, np.float32)
        low = np.searchsorted(self._sorted_texts, texts)
        many = np.searchsorted(self._sorted_texts, texts, side="right") - low
        ends = np.cumsum(many)
        within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - many, many)
        pairs = self._by_text[np.repeat(low, many) + within]
        best = np.repeat(scores, many) * self.weights[pairs]
        np.maximum.at(found, self.concepts[pairs], best)
        return found

    def of(self, concept: int) -> slice:
        """Give the place of a concept's pairs."""
        return slice(self._starts[concept], self._starts[concept + 1])


class Postings:
    """Words, or runs of letters, to the texts that have them and their share in each."""

    def __init__(self, texts: Sequence[Counter[str]], *, weight_of: dict[str, float]) -> None:
        self._size = len(texts)
        places: dict[str, list[int]] = defaultdict(list)
        shares: dict[str, list[float]] = defaultdict(list)
        for at, counts in enumerate(texts):
            for part, count in counts.items():
                places[part].append(at)
                shares[part].append(count)
        # One array for all parts: one for each would take more memory for itself than for these.
        self._places = np.fromiter(chain.from_iterable(places.values()), np.intp)
        self._shares = np.fromiter(chain.from_iterable(shares.values()), np.float32)
        ends = accumulate(map(len, places.values()))
        starts = accumulate(map(len, places.values()), initial=0)
        self._of = dict(zip(places, map(slice, starts, ends), strict=False))
        self._weight_of = weight_of

    def __contains__(self, part: str) -> bool:
        return part in self._of

    def weight(self, part: str) -> float:
        return self._weight_of.get(part, 0.0)

    def add_up(self, asked: dict[str, float]) -> Numbers:
        """Add for each text its share of every part asked, times the weight given with it."""
        total = np.zeros(self._size, np.float32)
        for part, weight in asked.items():
            if (of_part := self._of.get(part)) is not None:
                total[self._places[of_part]] += self._shares[of_part] * weight
        return total


def rarity(texts: Sequence[Counter[str]]) -> dict[str, float]:
    """Give each part its inverse document frequency, as BM25 counts it."""
    frequency = Counter(chain.from_iterable(texts))
    return {
        part: float(np.log1p((len(texts) - count + 0.5) / (count + 0.5)))
        for part, count in frequency.items()
    }


def of_length_one(runs: Counter[str], rare: dict[str, float]) -> Counter[str]:
    """Give the runs of letters of a text as a vector of length one."""
    weighted = {part: count * rare[part] for part, count in runs.items()}
    length = float(np.sqrt(sum(weight * weight for weight in weighted.values()))) or 1.0
    return Counter({part: weight / length for part, weight in weighted.items()})


def saturated(counts: Counter[str], *, mean: float) -> Counter[str]:
    """Weigh each word of a document as BM25 does, its rarity left out."""
    base = _FREQUENT * (1 - _LENGTH + _LENGTH * counts.total() / max(mean, 1))
    return Counter(
        {part: count * (_FREQUENT + 1) / (count + base) for part, count in counts.items()}
    )

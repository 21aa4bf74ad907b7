"""What speaks for each concept: words, letters and meaning of its names and of its lines."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from occupations.folding import fold
from occupations.search.arrays import Flags, Numbers, Places
from occupations.search.index import Index
from occupations.search.meaning import is_a_word, meaning_of, meaning_once
from occupations.search.wanted import subject_of, tells_a_story
from occupations.spelling import letters, words

SIGNALS = (
    "letters",  # runs of three letters that question and name share, as a cosine
    "words",  # BM25 of the question over all that is said of the concept, of what it could be
    "held",  # share of a name's words, by rarity, that are the whole question
    "starts",  # a name starts with the question
    "head",  # a name ends with the question's last word
    "meaning",  # cosine of the question and the nearest name
    "own_meaning",  # of it and the nearest title
    "wide_meaning",  # of it and the nearest wider title
    "line_meaning",  # of it and our sentence on the occupation
    "group_lines",  # of it and the lines on its unit group
    "group_meaning",  # the best "meaning" in the unit group
    "residual",  # the concept collects what has no code of its own
)
_UNKNOWN_RARITY = 9.0  # what a word counts for that stands nowhere in the index
_OF_WORDS = 0.65  # share of runs of letters: 99 in 100 Australian words have more
_PHRASE = 8  # words at most; more are sentences on work
_SHORT, _LONG = 5, 8  # letters of a word below which one slip is believed, from which two are


@dataclass(frozen=True)
class Question:
    """A question in words, as one index understands it."""

    text: str
    index: Index

    @cached_property
    def folded(self) -> str:
        # A single sign may unfold into a sentence, a text of ordinary ones into little more.
        return fold(self.text)[: 2 * len(self.text)]

    @cached_property
    def _mends(self) -> dict[str, str]:
        """The word that each word is likely meant to be; nothing for one that stands as it is."""
        unknown = set(self.unknown)
        return {
            word: self.index.mended(word) if word in unknown else "" for word in self.folded.split()
        }

    @cached_property
    def mended(self) -> str:
        """The question with each word that the index lacks replaced by the one likely meant."""
        return " ".join(self._mends[word] or word for word in self.folded.split())

    @cached_property
    def words(self) -> list[str]:
        return list(dict.fromkeys(words(self.mended)))

    @cached_property
    def unknown(self) -> list[str]:
        """The words that stand nowhere in the index, as typed."""
        return [word for word in self.folded.split() if not self.index.knows(word)]

    @cached_property
    def misspelt(self) -> list[str]:
        """The unknown words that are no common words either."""
        return [word for word in self.unknown if not is_a_word(word)]

    @cached_property
    def lost(self) -> list[str]:
        """The unknown words that no slip explains."""
        return [word for word in self.unknown if not self._mends[word]]

    @cached_property
    def reads_like_words(self) -> bool:
        """Tell it from keys struck at random, few of whose runs of letters any name has."""
        runs, postings = letters(self.folded), self.index.run_postings
        known = sum(count for part, count in runs.items() if part in postings)
        return known >= _OF_WORDS * runs.total()

    @cached_property
    def is_about_work(self) -> bool:
        """Tell whether its subject ends like a title: "nurse on a ship" does, no "nurse shark"."""
        spoken = self.mended.split()
        is_long = len(spoken) > _PHRASE
        return is_long or words(subject_of(self.mended))[-1] in self.index.work_heads

    @cached_property
    def is_a_story(self) -> bool:
        """Tell whether it speaks of someone or of an event; a long one may, in describing work."""
        return len(self.folded.split()) <= _PHRASE and tells_a_story(self.folded)

    @cached_property
    def rarity(self) -> dict[str, float]:
        postings = self.index.name_postings
        return {word: postings.weight(word) or _UNKNOWN_RARITY for word in self.words}


class AsTyped(Question):
    """A question whose writer knows how it is spelt, or a description: it is not remembered."""

    @cached_property
    def mended(self) -> str:
        return self.folded


@dataclass(frozen=True)
class Heard:
    """The signals of every concept, a column each, and of every name what it shares."""

    columns: np.ndarray[tuple[int, int], np.dtype[np.float32]]
    name_letters: Numbers
    name_words: Numbers
    name_meanings: Numbers
    line_likenesses: Numbers  # in meaning, or in words where meaning is not asked
    has_meaning: bool

    @cached_property
    def name_loudness(self) -> Numbers:
        """How much each name answers the question, whoever has it."""
        loudness = self.name_meanings + 0.5 * self.name_letters + 0.5 * self.name_words
        return np.asarray(loudness, np.float32)

    def has_any(self, concepts: Places) -> Flags:
        """Tell of each of these concepts whether it shares anything at all with the question."""
        return np.asarray(self.columns[concepts, : len(SIGNALS) - 1].any(axis=1), bool)


def loudest_name(index: Index, concept: int, heard: Heard, *, edition: str) -> int | None:
    """Find the name of a concept, by its text's place, that answers the question most."""
    pairs = index.all_names.of(concept)
    texts = index.all_names.texts[pairs]
    if not len(texts):
        return None
    loudness = heard.name_loudness[texts] * index.all_names.weights[pairs]
    page = index.concepts[concept].pages.get(edition)
    if page is not None:  # whose names are not those of parts that have their own page beside it
        loudness[[not index.name_at(concept, int(at)).is_of(page) for at in texts]] = -1
    return int(texts[loudness.argmax()])


def loudest_line(index: Index, concept: int, heard: Heard) -> tuple[str, float] | None:
    """Find the line on a concept that says most of what the question does, and how much."""
    texts = index.lines_on[concept]
    if not len(texts):
        return None
    best = int(texts[heard.line_likenesses[texts].argmax()])
    return index.lines[best], float(heard.line_likenesses[best])


def listen(question: Question) -> Heard:
    """Hold a question against every name and line of its index; about a millisecond."""
    index = question.index
    by_letters = _by_letters(question)
    shared = index.name_postings.add_up(question.rarity)
    whole = sum(question.rarity.values()) or 1.0
    held = np.flatnonzero(shared >= whole * 0.999)
    starts = np.array(index.starting_with(f"{question.folded} "), np.intp)
    heads = index.heads.get(words(question.mended)[-1]) if question.words else None
    heads = np.array([], np.intp) if heads is None else heads
    documents = index.document_postings
    rare = {word: documents.weight(word) or _UNKNOWN_RARITY for word in question.words}
    found = documents.add_up(rare) / (sum(rare.values()) or 1.0) / 2.2
    vector = _meaning_of(question)
    meanings = np.zeros(len(index.texts), np.float32)
    lines = np.zeros(len(index.lines), np.float32)
    if vector is not None and index.meanings is not None:
        likenesses = index.meanings.of(vector[None])[0]
        meanings[: index.work_texts] = likenesses[: index.work_texts]
        lines = likenesses[index.work_texts :]
    close = index.close_names.best(meanings)
    columns = [
        index.all_names.best(by_letters),
        found,
        index.all_names.best_of(held, shared[held] / index.name_rarity[held]),
        index.all_names.best_of(starts, np.ones(len(starts), np.float32)),
        index.all_names.best_of(heads, np.ones(len(heads), np.float32)),
        close,
        index.own_names.best(meanings),
        index.wider_names.best(meanings),
        index.own_lines.best(lines),
        index.group_lines.best(lines),
        _best_in_group(index, close),
        index.is_residual,
    ]
    return Heard(
        columns=np.array(columns).T,
        name_letters=by_letters,
        name_words=shared / whole,
        name_meanings=meanings,
        line_likenesses=_in_words(index, rare) if vector is None else lines,
        has_meaning=vector is not None,
    )


def _meaning_of(question: Question) -> Numbers | None:
    """Give the vector of a question: that of the name which it is, else the language model's."""
    index = question.index
    if index.meanings is None:
        return None
    place = bisect_left(index.by_folded, (question.folded, -1))
    for folded, at in index.by_folded[place : place + 1]:
        if folded == question.folded and at < index.work_texts:
            vector = index.meanings.vector(at)
            if vector.any():
                return vector
    if isinstance(question, AsTyped):
        return meaning_once(question.mended)
    return meaning_of(question.mended)


def _in_words(index: Index, asked: dict[str, float]) -> Numbers:
    """Give each line its share of the question's words, by their rarity."""
    whole = sum(asked.values()) or 1.0
    return index.line_postings.add_up({word: rare / whole for word, rare in asked.items()})


def _by_letters(question: Question) -> Numbers:
    """Compare the letters of the question as typed with those of each name."""
    postings = question.index.run_postings
    runs = {part: count * postings.weight(part) for part, count in letters(question.folded).items()}
    length = float(np.sqrt(sum(weight * weight for weight in runs.values()))) or 1.0
    return postings.add_up({part: weight / length for part, weight in runs.items()})


def _best_in_group(index: Index, scores: Numbers) -> Numbers:
    best = np.maximum.reduceat(scores[index.by_group], index.group_starts)
    return np.where(index.has_group, np.maximum(best, 0)[index.group_of], scores)


def spelt_like(question: Question) -> list[tuple[int, int]]:
    """Find the names that a slip or two turn into the question: (text, slips), fewest first."""
    folded, names = question.folded, question.index.folded
    if len(folded) < _SHORT - 1:
        return []
    most = 2 if len(folded) >= _LONG - 2 else 1  # the slips may have cost two letters
    return [
        (at, slips)
        for at, slips in question.index.slips.names_from(folded, most=most)
        if slips < 2 or max(len(folded), len(names[at])) >= _LONG  # noqa: PLR2004 (two slips)
    ]

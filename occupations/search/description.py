"""Which occupations a paragraph on work speaks of, and which of our lines say the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from occupations.search.arrays import Numbers, Vectors
from occupations.search.current import current_index
from occupations.search.index import Index
from occupations.search.meaning import language_model
from occupations.search.pages import Kind, Page
from occupations.search.ranking import weigh
from occupations.search.signals import SIGNALS, AsTyped, listen
from occupations.search.wanted import is_no_occupation
from occupations.spelling import telling

LONGEST = 2000  # characters of a description
MOST = 5  # occupations
_MOST_MATCHES = 3  # lines of an occupation that are shown
_READ = (
    600  # characters of the clauses that are read: the model takes a tenth of a millisecond each
)
_OF_WORK = 8  # telling words from which a text is about someone's work
_FEWEST_WORDS = 2  # of a clause
_ALIKE, _SHARED = 0.4, 0.2  # from which cosine, or share of a clause's words, a line matches it
# How much the clauses count beside the text as a whole, measured on labelled paragraphs.
_CLAUSES = 8.0
_BETWEEN = re.compile(r"(?<=[.!?;:])\s+|\n+|,\s+|\s+(?:and|then|but|or)\s+")


@dataclass(frozen=True)
class Match:
    """A part of a description, the line of ours that says much the same, and how alike they are."""

    part: str
    line: str
    is_task: bool  # of the skills data, else our words
    likeness: float = field(compare=False)


@dataclass(frozen=True)
class Described:
    """An occupation that a description may be of."""

    page: Page
    summary: str
    others: tuple[Page, ...]
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class _Read:
    """A description in clauses, each held against every line, by meaning or by words."""

    clauses: Sequence[str]
    likenesses: Vectors  # a row for each clause, a column for each line, tasks last
    least: float  # likeness from which a line is shown as a match


def describe(text: str, *, index: Index | None = None) -> tuple[Described, ...]:
    """
    Find up to five occupations that a paragraph speaks of, the nearest first.

    The words and the meaning of the whole count, and what each clause means beside the names and
    lines of an occupation. Nothing for a text that names only a status, or shares no word.
    """
    index = index or current_index()
    plain = text.replace("\0", " ")[:LONGEST]
    question = AsTyped(" ".join(plain.split()), index)
    if not question.folded or _is_no_work(question):
        return ()
    heard = listen(question)
    words = heard.columns[:, SIGNALS.index("words")]
    is_named = (index.kinds == Kind.OCCUPATION.value) & index.is_current & (words > 0)
    if not is_named.any():
        return ()
    clauses = _clauses(plain, index=index)
    likenesses = _likenesses(index, _vectors(index, clauses))
    scores = words if likenesses is None else weigh(heard) + _CLAUSES * _meant(index, likenesses)
    read = _read(index, clauses, likenesses)
    order = np.argsort(-np.where(is_named, scores, -np.inf), kind="stable")[:MOST]
    return tuple(_described(index, int(at), read) for at in order if is_named[at])


def _is_no_work(question: AsTyped) -> bool:
    """Tell whether a few words name only a status; among more words one means nothing."""
    return len(question.words) < _OF_WORK and is_no_occupation(question.text)


def _clauses(text: str, *, index: Index) -> list[str]:
    """Split a text; of a long one read those clauses that hold the rarest of our words."""
    parts = [" ".join(part.split()) for part in _BETWEEN.split(text)]
    clauses = [part for part in dict.fromkeys(parts) if part.count(" ") + 1 >= _FEWEST_WORDS]
    rarity = index.document_postings.weight
    telling_most = sorted(clauses, key=lambda one: -sum(map(rarity, set(telling(one)))))
    lengths = accumulate(len(clause) for clause in telling_most)
    kept = {one for one, length in zip(telling_most, lengths, strict=True) if length <= _READ}
    return [one for one in clauses if one in kept] or [" ".join(text.split())[:_READ]]


def _vectors(index: Index, clauses: Sequence[str]) -> Vectors | None:
    model = language_model()
    return None if model is None or index.meanings is None else model.read(clauses)


def _meant(index: Index, likenesses: Vectors) -> Numbers:
    """Add up, for each concept, its nearest name, own line and line of its group; the mean."""
    total = np.zeros(len(index.concepts), np.float32)
    names = np.zeros(len(index.texts), np.float32)
    for of_clause in likenesses:
        names[: index.work_texts] = of_clause[: index.work_texts]
        lines = of_clause[index.work_texts :]
        total += index.close_names.best(names)
        total += np.maximum(index.own_lines.best(lines), 0)
        total += index.group_lines.best(lines)
    return np.asarray(total / len(likenesses), np.float32)


def _likenesses(index: Index, vectors: Vectors | None) -> Vectors | None:
    """Give how alike each clause is to each name of work, then each line, tasks last."""
    if vectors is None or index.meanings is None or index.task_meanings is None:
        return None
    return np.hstack([index.meanings.of(vectors), index.task_meanings.of(vectors)])


def _read(index: Index, clauses: Sequence[str], likenesses: Vectors | None) -> _Read:
    if likenesses is not None:
        return _Read(clauses, likenesses[:, index.work_texts :], _ALIKE)
    weight = index.document_postings.weight
    rows = []
    for clause in clauses:
        asked = {word: weight(word) for word in telling(clause)}
        whole = sum(asked.values()) or 1.0
        rows.append(index.line_postings.add_up({one: rare / whole for one, rare in asked.items()}))
    return _Read(clauses, np.stack(rows), _SHARED)


def _described(index: Index, at: int, read: _Read) -> Described:
    concept = index.concepts[at]
    others = tuple(page for page in concept.pages.values() if page is not concept.home)
    return Described(concept.home, concept.summary, others, _matches(index, at, read))


def _matches(index: Index, at: int, read: _Read) -> tuple[Match, ...]:
    """Pair the clauses with the lines of a concept; each clause and each line once, best first."""
    shown: list[Match] = []
    for match in sorted(_pairs(index, at, read), key=lambda one: -one.likeness):
        is_new = all(match.part != one.part and match.line != one.line for one in shown)
        if is_new and len(shown) < _MOST_MATCHES:
            shown.append(match)
    return tuple(shown)


def _pairs(index: Index, at: int, read: _Read) -> Iterator[Match]:
    for grouped in (index.own_lines, index.group_lines, index.task_lines):
        places = grouped.texts[grouped.of(at)]
        if not len(places):
            continue
        likenesses = read.likenesses[:, places]
        for clause, line in zip(*np.nonzero(likenesses >= read.least), strict=True):
            place = int(places[line])
            is_task = place >= len(index.lines)
            text = index.tasks[place - len(index.lines)] if is_task else index.lines[place]
            yield Match(read.clauses[clause], text, is_task, float(likenesses[clause, line]))

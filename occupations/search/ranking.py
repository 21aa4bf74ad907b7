"""How signals make a score, when the first hit is an answer, and how to say why it is a hit."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from occupations.search.pages import Kind, NameKind
from occupations.search.signals import SIGNALS, Heard, Question
from occupations.search.wanted import is_no_occupation

# Fitted by `python -m tests.benchmarks.search_weights`: every other title and lay word of the
# catalogue was asked with itself left out of the index.
_WITH_MEANING: Mapping[str, float] = {
    "letters": 3.37,
    "words": 6.30,
    "starts": 1.46,
    "head": 0.63,
    "meaning": 6.18,
    "wide_meaning": 0.91,
    "line_meaning": 6.76,
    "group_lines": 1.91,
    "group_meaning": 0.86,
}
_WORDS_ALONE: Mapping[str, float] = {"letters": 6.42, "words": 12.1, "starts": 1.88, "head": 0.43}
# Fitted likewise, to tell right first hits from those of questions that no occupation answers.
_ANSWERS: Mapping[str, float] = {
    "score": 0.20,
    "words": -2.48,
    "meaning": 6.89,
    "line_meaning": 2.93,
    "length": 1.00,
    "subject": 1.28,
    "story": -2.12,
}
_ANSWERS_FROM = 10.10
_WORDS_ANSWER_FROM = 10.5  # of the score, where words alone are asked
_MOST_WORDS = 8  # of a question; more say nothing more of its being an answer

CODE_IS, CODE_STARTS = 120.0, 90.0
EXACT, ALIKE, LAY_WORD, SPELT = 100.0, 97.0, 94.0, 90.0
_BEGUN = 60.0
_EVIDENCE, _MIDDLE, _SPREAD = 85.0, 11.0, 1.5  # what weighed evidence alone can reach, and how
_NAME_WEIGHTS: Mapping[NameKind, float] = {
    NameKind.TITLE: 0,
    NameKind.ALTERNATIVE: -0.5,
    NameKind.ASSESSOR: -1,
    NameKind.SPECIALISATION: -1.5,
    NameKind.NEC: -2,
}
_NAMES: Mapping[NameKind, str] = {
    NameKind.TITLE: "Its title",
    NameKind.ALTERNATIVE: "Its alternative title",
    NameKind.ASSESSOR: "Its title used by the assessing authority alone",
    NameKind.SPECIALISATION: "Its specialisation",
    NameKind.NEC: "An occupation counted here",
    NameKind.WIDER: "A wider title",
}
IS, LIKE = "is what you typed", "is spelt much like what you typed"
BEGUN = "starts with what you typed"
HELD, NEAR, MEANT = "has the words you typed", "is near to what you typed", "means much the same"
_NARROW = {NameKind.SPECIALISATION, NameKind.NEC}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What of a page answers a question, how well, and how it was matched."""

    kind: Kind
    matched_kind: str
    matched_text: str
    stated_in: str
    manner: str
    score: float
    is_answer: bool
    is_part: bool = False  # the name is the title of a part of it, in another edition

    @property
    def why(self) -> str:
        """Say in a sentence why this is a hit."""
        if self.matched_kind == "code":
            return f"Its code {self.manner} {self.matched_text}."
        if self.matched_kind == "task":
            return f"Our words on it speak of this: “{self.matched_text}”"
        if self.matched_kind == "members":
            told = f"{self.manner} of its occupations have “{self.matched_text}” in their names"
            return f"{told}, in some form."
        where = f" ({self.stated_in})" if self.stated_in else ""
        if self.matched_kind == NameKind.LAY_WORD:
            near = "" if self.manner == IS else ", near to what you typed"
            return f"People also say “{self.matched_text}”{where}{near}."
        name = "The title of a part of it" if self.is_part else _NAMES[NameKind(self.matched_kind)]
        return f"{name} {self.manner}: {self.matched_text}{where}."


def weigh(heard: Heard) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Give each concept the weighted sum of its signals."""
    weights = _WITH_MEANING if heard.has_meaning else _WORDS_ALONE
    vector = np.array([weights.get(one, 0.0) for one in SIGNALS], np.float32)
    return np.asarray(heard.columns @ vector, np.float32)


def as_score(weighed: float) -> float:
    """Write weighed evidence as a score below those of a name that is what was typed."""
    return _EVIDENCE / (1 + math.exp((_MIDDLE - weighed) / _SPREAD))


def exact_score(kind: NameKind, *, seq: int) -> float:
    """Score a name that is what was typed, by how far it stands for its occupation."""
    if kind is NameKind.LAY_WORD:
        return LAY_WORD - (seq - 1) / 10
    return EXACT + _NAME_WEIGHTS[kind]


def begun_score(kind: NameKind) -> float:
    """Score a name that starts with the two or three letters typed."""
    return _BEGUN + _NAME_WEIGHTS.get(kind, -2.1)


def spelt_score(kind: NameKind, *, slips: int) -> float:
    """Score a name that a slip or two turn into what was typed."""
    return SPELT - 2 * slips + _NAME_WEIGHTS.get(kind, -2.1) / 2


def is_answer(question: Question, heard: Heard, *, concept: int, weighed: float) -> bool:
    """
    Tell whether evidence short of a name itself answers a question.

    What names a status or asks for something else is answered by no occupation.
    """
    if is_no_occupation(question.text):
        return False
    if not heard.has_meaning:
        return weighed >= _WORDS_ANSWER_FROM
    told = signals_of_an_answer(question, heard, concept=concept, weighed=weighed)
    return sum(_ANSWERS[name] * value for name, value in told.items()) >= _ANSWERS_FROM


def signals_of_an_answer(
    question: Question, heard: Heard, *, concept: int, weighed: float
) -> dict[str, float]:
    """Give what tells a right hit from those of questions that no occupation answers."""
    column = dict(zip(SIGNALS, heard.columns[concept].tolist(), strict=True))
    return {
        "score": weighed,
        "words": column["words"],
        "meaning": column["meaning"],
        "line_meaning": column["line_meaning"],
        "length": min(len(question.words), _MOST_WORDS),
        "subject": question.is_about_work,
        "story": question.is_a_story,
    }


def manner_of(question: Question, name: str, *, share: float, likeness: float) -> str:
    """Say how a name answers: by its words, by its letters, or by what it means."""
    folded = name.casefold()
    if folded.startswith(f"{question.folded} "):
        return BEGUN
    if share >= 0.999:  # noqa: PLR2004 (all of it, but for rounding)
        return HELD
    if likeness >= 0.6:  # noqa: PLR2004 (most of the letters)
        return LIKE if question.misspelt else NEAR
    return NEAR if share > 0 else MEANT


def is_too_narrow(kind: NameKind, manner: str) -> bool:
    """Tell whether words inside a narrower name leave the wider work unnamed."""
    return kind in _NARROW and manner in {BEGUN, HELD}

"""How well a title answers a question, and how to say why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from occupations.models import TitleKind

CONFIDENT = 50.0  # from here on a hit answers the question; below it is only the nearest
_EXACT, _STARTS, _WORDS, _SLIPS, _CLOSE = 100.0, 80.0, 72.0, 66.0, 65.0
_WORDS_SHARED, _SPOKEN_OF = 45.0, 40.0
_NEARLY, _SLIP_LETTERS = 0.8, 3  # likeness of two words, and letters they may differ in
_STEM, _TELLING = 5, 4  # letters: of a word's beginning, and of the shortest word that tells
_CODE_IS, _CODE_STARTS = 120.0, 90.0
_LAY_WORD = 94.0  # after every title that is what was typed, before one that starts so
LAY_WORD = "lay_word"
_BEGUN, _HELD = "starts with what you typed", "has the words you typed"
_ENOUGH_ALIKE = 0.55  # similarity of two spellings from which one is taken for a slip of the other


class Kind(StrEnum):
    OCCUPATION = "occupation"
    GROUP = "group"
    QUALIFICATION = "qualification"
    UNIT = "unit"


_KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}
_WEIGHTS: Mapping[str, float] = {
    "title": 0,
    TitleKind.ALTERNATIVE: -2,
    TitleKind.ASSESSOR: -3,
    TitleKind.SPECIALISATION: -4,
    TitleKind.NEC: -5,
}
_NAMES: Mapping[str, str] = {
    "title": "title",
    TitleKind.ALTERNATIVE: "alternative title",
    TitleKind.ASSESSOR: "title used by the assessing authority alone",
    TitleKind.SPECIALISATION: "specialisation",
    TitleKind.NEC: "occupation counted here",
}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One title or code that answers a question, how well, and how it was matched."""

    kind: Kind
    pk: int
    code: str
    matched_kind: str
    matched_text: str
    stated_in: str
    manner: str
    score: float

    @property
    def why(self) -> str:
        """Say in a sentence why this is a hit."""
        if self.matched_kind == "code":
            return f"Its code {self.manner} {self.matched_text}."
        if self.matched_kind == "task":
            return f"Our words on it speak of this: “{self.matched_text}”"
        where = f" ({self.stated_in})" if self.stated_in else ""
        if self.matched_kind == LAY_WORD:
            return f"People also say “{self.matched_text}”{where}."
        return f"Its {_NAMES[self.matched_kind]} {self.manner}: {self.matched_text}{where}."

    @property
    def is_answer(self) -> bool:
        """Tell whether this answers; words inside a narrower name leave the wider work unnamed."""
        is_narrower = self.matched_kind in {TitleKind.SPECIALISATION, TitleKind.NEC}
        return self.score >= CONFIDENT and not (is_narrower and self.manner in {_BEGUN, _HELD})

    @property
    def order(self) -> tuple[float, int, bool, str]:
        is_elsewhere = not self.stated_in.startswith("ANZSCO")
        return (-self.score, _KIND_ORDER[self.kind], is_elsewhere, self.code)


def judge_title(
    title: str, *, question: str, similarity: float, word_similarity: float, matched_kind: str
) -> tuple[float, str]:
    """Score a folded title against a folded question, and say how it matched."""
    weight = _WEIGHTS[matched_kind]
    words, asked = title.split(), question.split()
    rest = min(len(words) - len(asked), 8)
    if title == question:
        return _EXACT + weight, "is what you typed"
    if title.startswith(f"{question} "):
        return _STARTS + weight - rest, _BEGUN
    if set(asked) <= set(words):
        return _WORDS + weight - rest, _HELD
    if all(_has_nearly(word, words) for word in asked):
        return _SLIPS + weight - rest, "is spelt much like what you typed"
    alike = max(similarity, word_similarity * 0.9 - 0.03 * max(rest, 0))
    if alike >= _ENOUGH_ALIKE:
        return _CLOSE * (0.5 + alike / 2) + weight, "is spelt much like what you typed"
    best = max(alike, _shared(question, title) * 0.8)
    return _WORDS_SHARED * best + weight, "is near to what you typed"


def _has_nearly(word: str, words: Sequence[str]) -> bool:
    """Tell whether a word stands there, or one with the same first letter and a slip or two."""
    if word in words:
        return True
    return any(
        other[0] == word[0]
        and abs(len(other) - len(word)) < _SLIP_LETTERS
        and SequenceMatcher(None, word, other).ratio() >= _NEARLY
        for other in words
    )


def judge_lay_word(seq: int) -> float:
    """Score an occupation by its place among those that a lay word means."""
    return _LAY_WORD - (seq - 1) / 10


def judge_words(text: str, *, question: str) -> float:
    """Score our words on an occupation by the share of the question's words they speak of."""
    return _SPOKEN_OF * _shared(question, text.lower())


def _shared(question: str, text: str) -> float:
    """Give the share of the question's telling words whose beginnings stand in the text."""
    asked, there = _stems(question), _stems(text)
    return len(asked & there) / max(len(asked), 1)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"\w+", text) if len(word) >= _TELLING}


def judge_code(code: str, *, asked: str) -> tuple[float, str]:
    """Score a code against the digits or letters that were typed."""
    if code == asked:
        return _CODE_IS, "is"
    return _CODE_STARTS - (len(code) - len(asked)), "starts with"

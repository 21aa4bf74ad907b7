"""Words that several occupations share, so that no one of them is what was meant."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from occupations.folding import fold
from occupations.search.answers import Hit, hit_of
from occupations.search.arrays import Flags
from occupations.search.index import Index
from occupations.search.pages import Kind, NameKind, Page
from occupations.search.ranking import HELD, IS, LIKE, Evidence
from occupations.search.signals import Heard, Question
from occupations.search.wanted import is_no_occupation
from occupations.spelling import words

MOST_CHOICES = 5
_LAY_WORD_OF = 3  # occupations for which a lay word stands, from which it means none of them
_WORDS_OF = 3  # unit groups whose titles hold the words, likewise
_FEW = 8  # occupations that one reads through; of more their groups are shown
_MOST, _MOST_OF_A_PART = 0.75, 0.6  # share of the occupations that a group holds
_NAMED_FROM = 90.0  # score of a group whose title is what was typed
_GROUP_LEVELS = range(1, 5)  # digits of the codes of groups


@dataclass(frozen=True)
class Shared:
    """The concepts of the occupations that share the words; the likeliest are not sorted out."""

    concepts: tuple[int, ...] = ()
    is_lay_word: bool = False

    @property
    def are_many(self) -> bool:
        return not self.is_lay_word and len(self.concepts) > _FEW


def shared_by(
    question: Question, heard: Heard, named: Mapping[int, Evidence], *, may_be: Flags
) -> Shared:
    """
    Tell which occupations share the words of a question, each with about as good a claim.

    They are a lay word of three or more, or no name at all, but words within the titles of three
    unit groups or more. Nothing for a question that is a title, however it is spelt, or a status.
    """
    index = question.index
    if is_no_occupation(question.text):
        return Shared()
    of_work = {at: one for at, one in named.items() if one.kind is Kind.OCCUPATION}
    if any(_is_title(question, at, evidence) for at, evidence in of_work.items()):
        return Shared()
    lay = {at: one for at, one in of_work.items() if _is_lay_word(question, one)}
    if len(lay) >= _LAY_WORD_OF:
        return Shared(tuple(lay), is_lay_word=True)
    if any(one.manner == IS for one in lay.values()) or _is_another_name(question, named):
        return Shared()
    is_held = heard.name_words >= 0.999  # noqa: PLR2004 (all of them, but for rounding)
    pairs = is_held[index.own_names.texts]
    of = np.unique(index.own_names.concepts[pairs])
    of = of[may_be[of] & (index.kinds[of] == Kind.OCCUPATION.value)]
    if len(np.unique(index.group_of[of])) < _WORDS_OF:
        return Shared()
    return Shared(tuple(of.tolist()))


def _is_title(question: Question, at: int, evidence: Evidence) -> bool:
    """Tell whether a question is a title, also by a slip; "cleaner" is not "Cleaners nec"."""
    if evidence.matched_kind == NameKind.LAY_WORD:
        return False
    if evidence.manner == HELD:
        return not question.index.concepts[at].is_residual
    return evidence.manner == IS or _is_slip(question, evidence)


def _is_lay_word(question: Question, evidence: Evidence) -> bool:
    """Tell whether a question is a lay word, also in the plural; "nurse" is not "OR nurse"."""
    same_length = len(fold(evidence.matched_text).split()) == len(question.folded.split())
    return evidence.matched_kind == NameKind.LAY_WORD and (
        evidence.manner == IS
        or (evidence.manner == HELD and same_length)
        or _is_slip(question, evidence)
    )


def _is_slip(question: Question, evidence: Evidence) -> bool:
    return evidence.manner == LIKE and bool(question.misspelt)


def _is_another_name(question: Question, named: Mapping[int, Evidence]) -> bool:
    """Tell whether a question was mended, or is what something other than work is called."""
    is_abbreviation = len(words(question.text)) > len(question.folded.split())
    return question.mended != question.folded or any(
        evidence.manner == IS and not (is_abbreviation and evidence.kind is Kind.GLOSSARY)
        for evidence in named.values()
        if evidence.kind is not Kind.OCCUPATION
    )


def choices_of(
    index: Index,
    shared: Shared,
    hits: Sequence[Hit],
    *,
    text: str,
    edition: str,
    may_be_groups: bool,
) -> tuple[Hit, ...]:
    """
    Give the occupations themselves, best first; of many the groups that hold most of them.

    None, where the edition or the filters that were chosen leave only one of them.
    """
    if shared.are_many and may_be_groups:
        groups = _groups(index, shared, hits, text=text, edition=edition)
        if groups:
            return groups
    is_residual = {
        index.concepts[at].page_in(edition): bool(index.is_residual[at]) for at in shared.concepts
    }
    found = [hit for hit in hits if hit.page in is_residual]
    if len(found) == 1:
        return ()
    if not shared.is_lay_word:
        found.sort(key=lambda hit: is_residual[hit.page])
    return tuple(_as_good(hit, score=hits[0].score) for hit in found[:MOST_CHOICES])


def _as_good(hit: Hit, *, score: float) -> Hit:
    """Score a choice as the best hit is: none of them has the better claim."""
    return hit_of(hit.concept, hit.page, replace(hit.evidence, score=score))


def _groups(
    index: Index, shared: Shared, hits: Sequence[Hit], *, text: str, edition: str
) -> tuple[Hit, ...]:
    """Give the widest groups of which at least two hold several of the occupations."""
    codes = _codes(index, shared, edition=edition)
    slug = edition or index.concepts[shared.concepts[0]].home.edition
    score = hits[0].score if hits else 0.0
    for digits in (2, 3, 4):
        counts = Counter(code[:digits] for code in codes).most_common(MOST_CHOICES)
        found = []
        for beginning, _ in counts:
            within = [code for code in codes if code.startswith(beginning)]
            held = _group(index, _deepest(within, least=_MOST_OF_A_PART), edition=slug)
            count = 0 if held is None else sum(code.startswith(held[1].code) for code in within)
            if held is None or count == 1:
                continue
            evidence = Evidence(
                kind=Kind.GROUP,
                matched_kind="members",
                matched_text=text,
                stated_in="",
                manner=str(count),
                score=score,
                is_answer=False,
            )
            found.append(hit_of(index.concepts[held[0]], held[1], evidence))
        if len(found) > 1:
            return tuple(found)
    return ()


def group_of(index: Index, shared: Shared, hits: Sequence[Hit], *, edition: str) -> Page | None:
    """Find the group of that name, else the smallest that holds most of those who share it."""
    slug = edition or index.concepts[shared.concepts[0]].home.edition
    for hit in hits:
        is_group = hit.page.kind is Kind.GROUP and hit.page.edition == slug
        if is_group and hit.score >= _NAMED_FROM and hit.evidence.manner in {IS, HELD}:
            return hit.page
    held = _group(
        index, _deepest(_codes(index, shared, edition=edition), least=_MOST), edition=slug
    )
    return None if held is None else held[1]


def _codes(index: Index, shared: Shared, *, edition: str) -> list[str]:
    pages = (index.concepts[at].page_in(edition) for at in shared.concepts)
    return [page.code for page in pages if page is not None]


def _deepest(codes: Sequence[str], *, least: float) -> str:
    """Give the longest beginning of a group's code that at least this share of codes has."""
    longest = ""
    for digits in _GROUP_LEVELS:
        beginning, count = Counter(code[:digits] for code in codes).most_common(1)[0]
        if count >= least * len(codes):
            longest = beginning
    return longest


def _group(index: Index, code: str, *, edition: str) -> tuple[int, Page] | None:
    known = index.codes.get(code, []) if code else []
    return next(
        ((at, one) for at, one in known if one.kind is Kind.GROUP and one.edition == edition), None
    )

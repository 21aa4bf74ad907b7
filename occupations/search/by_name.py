"""Names that are what was typed, but for their form or a slip or two."""

from collections.abc import Iterator

from occupations.search.pages import Kind, Name, NameKind
from occupations.search.ranking import (
    ALIKE,
    BEGUN,
    EXACT,
    HELD,
    IS,
    LIKE,
    Evidence,
    begun_score,
    exact_score,
    spelt_score,
)
from occupations.search.signals import Question, spelt_like
from occupations.search.wanted import is_no_occupation
from occupations.spelling import words

_BEGINNING = range(2, 4)  # letters that may be all of a title that is typed so far
_BELIEVED = 7  # letters from which one slip is believed, though every word is a common one
# Less than any name of an occupation of the newest ANZSCO edition, where the form is as near.
_ELSEWHERE_COSTS, _NO_OCCUPATION_COSTS = 2.25, 0.3
_LEFTOVER_COSTS = 4.0  # of "Cleaners nec" for "cleaner": less than what is called so


def by_name(question: Question, *, kind: Kind | None, edition: str) -> dict[int, Evidence]:
    """Find the concepts with such a name, each with the best of its names."""
    best: dict[int, tuple[float, Name, str]] = {}
    for name, score, manner in _offers(question):
        costs = _costs(question, name, manner=manner, kind=kind, edition=edition)
        if costs is None:
            continue
        known = best.get(name.concept)
        if known is None or known[0] < score - costs:
            best[name.concept] = (score - costs, name, manner)
    is_status = is_no_occupation(question.text)
    return {
        at: Evidence(
            kind=question.index.concepts[at].home.kind,
            matched_kind=name.kind,
            matched_text=name.text,
            stated_in=name.stated_in,
            manner=manner,
            score=score,
            is_answer=_is_answer(
                question.index.concepts[at].home.kind, manner, is_status=is_status
            ),
            is_part=name.is_part,
        )
        for at, (score, name, manner) in best.items()
    }


def _is_answer(kind: Kind, manner: str, *, is_status: bool) -> bool:
    """Tell whether a name answers: a status does only as an occupation's very name."""
    if is_status:
        return manner == IS and kind is not Kind.GLOSSARY
    return manner != BEGUN


def _offers(question: Question) -> Iterator[tuple[Name, float, str]]:
    index = question.index
    exact = index.exact.get(question.folded, [])
    alike = index.alike.get(tuple(words(question.text)), [])
    for name in exact:
        yield name, exact_score(name.kind, seq=name.seq), IS
    for name in alike:
        yield name, exact_score(name.kind, seq=name.seq) - EXACT + ALIKE, HELD
    if len(question.folded) in _BEGINNING:
        for text in index.starting_with(question.folded):
            for name in index.named(text):
                yield name, begun_score(name.kind), BEGUN
    if (exact or alike) and not question.misspelt:
        return
    is_long = len(question.folded) >= _BELIEVED
    for text, slips in spelt_like(question):
        if question.misspelt or (slips == 1 and is_long):
            for name in index.named(text):
                yield name, spelt_score(name.kind, slips=slips), LIKE


def _costs(
    question: Question, name: Name, *, manner: str, kind: Kind | None, edition: str
) -> float | None:
    """Say how much less a name counts that is no ANZSCO occupation's; none if it does not."""
    concept = question.index.concepts[name.concept]
    if kind not in {None, concept.home.kind}:
        return None
    if not name.is_of(concept.pages.get(edition)):
        return None
    costs = 0.0 if concept.home.kind is Kind.OCCUPATION else _NO_OCCUPATION_COSTS
    if manner == HELD and concept.is_residual and name.kind is NameKind.TITLE:
        costs += _LEFTOVER_COSTS
    if concept.is_current or edition:
        return costs
    if name.kind is not NameKind.TITLE:
        return None
    return costs + (_ELSEWHERE_COSTS / 2 if manner == LIKE else _ELSEWHERE_COSTS)

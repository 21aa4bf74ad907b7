"""The hits of a question: one an occupation across the editions, best first."""

from dataclasses import replace
from functools import partial
from itertools import groupby

import numpy as np

from occupations.models import Edition
from occupations.search.answers import Hit, Results, hit_of
from occupations.search.arrays import Flags, Numbers, Places
from occupations.search.by_code import by_code
from occupations.search.by_name import by_name
from occupations.search.current import current_index
from occupations.search.index import Index
from occupations.search.narrowing import ALL, Narrowing
from occupations.search.pages import Kind, NameKind, Page
from occupations.search.ranking import (
    HELD,
    IS,
    LIKE,
    Evidence,
    as_score,
    is_answer,
    is_too_narrow,
    manner_of,
    weigh,
)
from occupations.search.sharing import Shared, choices_of, group_of, shared_by
from occupations.search.signals import (
    SIGNALS,
    AsTyped,
    Heard,
    Question,
    listen,
    loudest_line,
    loudest_name,
)

LONGEST = 200  # characters of a question
_MOST = 100  # hits
_WORTH_SHOWING = 5.0  # how far the weighed evidence of a hit may lie below the best one's
_LEAST_BESIDE_A_NAME = 10.0  # score of a hit where another's name is what was typed
_LONGER = 6  # letters of a word than which abbreviations are shorter
_MUCH_ALIKE = 0.5  # cosine of the letters from which a name is near to words unheard of
_KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}
_AROUND = " \t\r\n.,;:\"'“”()[]#"  # what a pasted code or title brings along


def find(
    query: str,
    *,
    kind: Kind | None = None,
    edition: Edition | None = None,
    narrowing: Narrowing = ALL,
    is_as_typed: bool = False,
    index: Index | None = None,
) -> Results:
    """
    Find what a person may mean by ``query``; a code, a title, or words about the work.

    With ``is_as_typed`` no slip is mended. ``index`` is searched in place of the current one, to
    measure it.
    """
    index = index or current_index()
    text = query.replace("\0", " ").strip(_AROUND)[:LONGEST]
    slug = edition.slug if edition is not None else ""
    with_code = list(by_code(index, text, kind=kind, edition=edition, narrowing=narrowing))
    if with_code:
        return _results(with_code)
    question = AsTyped(text, index) if is_as_typed else Question(text, index)
    if not question.folded:
        return Results((), is_confident=False)
    hits, shared = _by_words(question, kind=kind, edition=slug, narrowing=narrowing)
    is_mended = question.mended != question.folded
    results = _results(hits, mended=question.mended if is_mended else "")
    if not shared.concepts:
        return results
    choices = choices_of(
        index,
        shared,
        results.hits,
        text=text,
        edition=slug,
        may_be_groups=kind is None and not narrowing.is_any,
    )
    first = {hit.page for hit in choices}
    others = [hit for hit in results.hits if hit.page not in first]
    return replace(
        results,
        hits=(*choices, *others)[:_MOST],
        is_confident=results.is_confident and not choices,
        choices=choices,
        group=group_of(index, shared, results.hits, edition=slug) if choices else None,
    )


def _results(hits: list[Hit], *, mended: str = "") -> Results:
    ordered: list[Hit] = []
    for _, alike in groupby(sorted(hits, key=_order), key=_order):
        tied = list(alike)
        ordered += sorted(tied, key=_order_of_ties) if len(tied) > 1 else tied
    is_confident = bool(ordered) and ordered[0].evidence.is_answer
    return Results(tuple(ordered[:_MOST]), is_confident=is_confident, mended=mended)


def _order(hit: Hit) -> tuple[float, int]:
    return (-hit.score, _KIND_ORDER[hit.page.kind])


def _order_of_ties(hit: Hit) -> tuple[bool, bool, str]:
    is_another_title = hit.page.title != hit.evidence.matched_text
    return (is_another_title, hit.page.classification not in {"ANZSCO", ""}, hit.page.code)


def _by_words(
    question: Question, *, kind: Kind | None, edition: str, narrowing: Narrowing
) -> tuple[list[Hit], Shared]:
    index = question.index
    heard = listen(question)
    weighed = weigh(heard) - index.costs
    may_be = index.may_be(kind=kind, edition=edition)
    if narrowing.is_any:
        may_be = may_be & _held(index, narrowing, edition=edition)
    named = by_name(question, kind=kind, edition=edition)
    if isinstance(question, AsTyped):
        named = {at: one for at, one in named.items() if one.manner != LIKE}
    shared = Shared()
    if kind in {None, Kind.OCCUPATION}:
        shared = shared_by(question, heard, named, may_be=may_be)
    if shared.concepts and not question.misspelt:
        named = {at: one for at, one in named.items() if one.manner != LIKE}
    if not named and _is_unheard_of(question):
        likeness = heard.columns[:, SIGNALS.index("letters")]
        may_be = may_be & (likeness >= (_MUCH_ALIKE if question.reads_like_words else np.inf))
    hits = [
        hit_of(index.concepts[at], page, evidence)
        for at, evidence in named.items()
        if (page := _page(index, at, edition=edition, narrowing=narrowing)) is not None
    ]
    is_named = any(evidence.manner in {IS, HELD} for evidence in named.values())
    best = _best(np.where(may_be, weighed, -np.inf), heard)
    for at, worth in zip(best.tolist(), weighed[best].tolist(), strict=True):
        score = as_score(worth)
        if is_named and score < _LEAST_BESIDE_A_NAME:
            break
        page = _page(index, at, edition=edition, narrowing=narrowing)
        if page is not None and at not in named:
            why = partial(_weighed, question, heard, at, worth, edition=edition)
            hits.append(Hit(page=page, concept=index.concepts[at], score=score, tell_why=why))
    return hits, shared


def _best(weighed: Numbers, heard: Heard) -> Places:
    """
    List the concepts whose evidence is worth showing beside the best, best first.

    The first that shares nothing at all with the question ends the list.
    """
    best = float(weighed.max(initial=-np.inf))
    if best == -np.inf:
        return np.array([], np.intp)
    worth = np.flatnonzero(weighed >= best - _WORTH_SHOWING)
    ordered = worth[np.argsort(-weighed[worth], kind="stable")[:_MOST]]
    shares_nothing = np.flatnonzero(~heard.has_any(ordered))
    return ordered[: shares_nothing[0]] if len(shares_nothing) else ordered


def _page(index: Index, at: int, *, edition: str, narrowing: Narrowing) -> Page | None:
    """Give the page of a concept that is shown; none if there is none to show."""
    concept = index.concepts[at]
    page = concept.page_in(edition)
    return page if page is not None and narrowing.holds(concept, page) else None


def _is_unheard_of(question: Question) -> bool:
    """
    Tell whether no word of a question is one of ours, a slip in one, or a common one.

    Of a short one that reads like a word it cannot be told: it may be an abbreviation.
    """
    spoken = set(question.folded.split())
    if not spoken <= set(question.lost) & set(question.misspelt):
        return False
    are_long = all(len(word) >= _LONGER or not word.isascii() for word in spoken)
    return are_long or not question.reads_like_words


def _held(index: Index, narrowing: Narrowing, *, edition: str) -> Flags:
    pages = ((concept, concept.page_in(edition)) for concept in index.concepts)
    return np.array(
        [page is not None and narrowing.holds(concept, page) for concept, page in pages], bool
    )


def _weighed(
    question: Question, heard: Heard, at: int, weighed: float, *, edition: str
) -> Evidence:
    """Name the one name or line that speaks loudest for a concept."""
    index = question.index
    concept = index.concepts[at]
    place = loudest_name(index, at, heard, edition=edition)
    answers = is_answer(question, heard, concept=at, weighed=weighed)
    line = loudest_line(index, at, heard)
    score = as_score(weighed)
    names = heard.name_meanings if heard.has_meaning else heard.name_words
    if line is not None and (place is None or line[1] > names[place]):
        return Evidence(
            kind=concept.home.kind,
            matched_kind="task",
            matched_text=line[0],
            stated_in="",
            manner="",
            score=score,
            is_answer=answers,
        )
    if place is None:
        msg = "a hit has a name or a line"
        raise AssertionError(msg)
    name = index.name_at(at, place)
    manner = manner_of(
        question,
        name.text,
        share=float(heard.name_words[place]),
        likeness=float(heard.name_letters[place]),
    )
    return Evidence(
        kind=concept.home.kind,
        matched_kind=name.kind,
        matched_text=name.text,
        stated_in=name.stated_in,
        manner=manner,
        score=score,
        is_answer=answers and not is_too_narrow(NameKind(name.kind), manner),
        is_part=name.is_part,
    )

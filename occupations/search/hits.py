"""The hits of a question: one an occupation across the editions, best first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from occupations.models import Edition
from occupations.search.current import current_index
from occupations.search.index import Index
from occupations.search.pages import Concept, Kind, Name, NameKind, Page
from occupations.search.ranking import (
    ALIKE,
    CODE_IS,
    CODE_STARTS,
    EXACT,
    HELD,
    IS,
    LIKE,
    Evidence,
    as_score,
    exact_score,
    is_answer,
    is_too_narrow,
    manner_of,
    spelt_score,
    weigh,
)
from occupations.search.signals import (
    Heard,
    Question,
    listen,
    loudest_line,
    loudest_name,
    spelt_like,
)
from occupations.search.wanted import is_no_occupation
from occupations.spelling import words

LONGEST = 200  # characters of a question
_MOST = 100  # hits
_WORTH_SHOWING = 5.0  # how far the weighed evidence of a hit may lie below the best one's
_KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}
_BELIEVED_SLIP = 7  # letters of a question whose every word we know, and which may still be a slip
_AROUND = " \t\r\n.,;:\"'“”()[]#"  # what a pasted code or title brings along
_CLASSIFIED_CODE = re.compile(
    r"(?:(?:code|no|number|occupation|unit|group|anzsco|osca)[\s:.#-]*)*"
    r"(?:(anzsco|osca)?[\s:]*(?:20\d\d\s+)?)?((?:\d[\s.-]?){1,6})",
    re.IGNORECASE,
)
_CODE_WITHIN = re.compile(r"(?<!\d)(\d{6})(?!\d)")
_TRAINING_CODE = re.compile(r"[A-Za-z]{3,8}\s?[0-9][A-Za-z0-9]{1,5}")


@dataclass(frozen=True)
class Hit:
    """A page that answers a question, why, and the other editions that have it."""

    page: Page
    evidence: Evidence
    also: tuple[str, ...] = ()
    summary: str = ""
    others: tuple[Page, ...] = ()  # the same, in other editions


@dataclass(frozen=True)
class Results:
    """Every hit of a question, best first, and whether the first really answers it."""

    hits: tuple[Hit, ...]
    is_confident: bool


@dataclass(frozen=True)
class _Found:
    """A concept with the evidence for it; ``score`` orders it among the others."""

    concept: int
    evidence: Evidence


def find(
    query: str,
    *,
    kind: Kind | None = None,
    edition: Edition | None = None,
    index: Index | None = None,
) -> Results:
    """
    Find what a person may mean by ``query``; a code, a title, or words about the work.

    ``index`` is searched in place of the current one, to measure it.
    """
    index = index or current_index()
    text = query.replace("\0", " ").strip(_AROUND)[:LONGEST]
    slug = edition.slug if edition is not None else ""
    by_code = list(_by_code(index, text, kind=kind, edition=edition))
    if by_code:
        return _results(by_code)
    question = Question(text, index)
    if not question.folded:
        return Results((), is_confident=False)
    hits = [
        hit
        for found in _by_words(question, kind=kind, edition=slug)
        if (hit := _hit(index.concepts[found.concept], found.evidence, edition=slug)) is not None
    ]
    return _results(hits)


def _results(hits: list[Hit]) -> Results:
    hits.sort(key=_order)
    return Results(tuple(hits[:_MOST]), is_confident=bool(hits) and hits[0].evidence.is_answer)


def _order(hit: Hit) -> tuple[float, int, bool, str]:
    is_elsewhere = hit.page.classification not in {"ANZSCO", ""}
    return (-hit.evidence.score, _KIND_ORDER[hit.page.kind], is_elsewhere, hit.page.code)


def _hit(concept: Concept, evidence: Evidence, *, edition: str) -> Hit | None:
    page = concept.page_in(edition)
    if page is None:
        return None
    others = tuple(one for one in concept.pages.values() if one is not page)
    return Hit(page, evidence, concept.also_in(page), concept.summary, others)


def _by_code(
    index: Index, text: str, *, kind: Kind | None, edition: Edition | None
) -> Iterator[Hit]:
    """Find what has this code, or a code that starts with it; newest edition first."""
    code, classification = _asked_code(index, text)
    if not code:
        return
    classification = edition.classification if edition is not None else classification
    seen: set[tuple[str, str]] = set()
    for known in index.codes_from(code):
        for at, page in index.codes[known]:
            key = (page.classification, known)
            if (
                key in seen
                or kind not in {None, page.kind}
                or (edition is not None and page.edition not in {"", edition.slug})
                or (classification and page.classification not in {"", classification})
            ):
                continue
            seen.add(key)
            concept = index.concepts[at]
            is_whole = known == code
            evidence = Evidence(
                kind=page.kind,
                matched_kind="code",
                matched_text=code,
                stated_in="",
                manner="is" if is_whole else "starts with",
                score=CODE_IS if is_whole else CODE_STARTS - (len(known) - len(code)),
                is_answer=True,
            )
            yield Hit(page, evidence, concept.also_in(page), concept.summary)


def _asked_code(index: Index, text: str) -> tuple[str, str]:
    """Read a code, however it is written, and the classification named with it."""
    if not text.isascii():
        return "", ""
    whole = _CLASSIFIED_CODE.fullmatch(text)
    if whole is not None:
        return re.sub(r"\D", "", whole.group(2)), (whole.group(1) or _named(text)).upper()
    if _TRAINING_CODE.fullmatch(text):
        return text.replace(" ", "").upper(), ""
    within = [code for code in _CODE_WITHIN.findall(text) if code in index.codes]
    return (within[0], _named(text).upper()) if len(within) == 1 else ("", "")


def _named(text: str) -> str:
    found = re.search(r"\b(anzsco|osca)\b", text, re.IGNORECASE)
    return found.group(1) if found else ""


def _by_words(question: Question, *, kind: Kind | None, edition: str) -> list[_Found]:
    index = question.index
    heard = listen(question)
    weighed = weigh(heard) - index.costs
    may_be = index.may_be(kind=kind, edition=edition)
    named = dict(_named_so(question, kind=kind, edition=edition))
    weighed = np.where(may_be, weighed, -np.inf)
    found = [_Found(at, evidence) for at, evidence in named.items()]
    best = float(weighed.max(initial=-np.inf))
    for at in np.argsort(-weighed, kind="stable")[:_MOST]:
        if weighed[at] < best - _WORTH_SHOWING or not heard.has_any(int(at)):
            break
        if int(at) not in named:
            found.append(_Found(int(at), _weighed(question, heard, int(at), float(weighed[at]))))
    return found


def _named_so(
    question: Question, *, kind: Kind | None, edition: str
) -> Iterator[tuple[int, Evidence]]:
    """Find the concepts with a name that is what was typed, or is but for a slip or two."""
    index = question.index
    best: dict[int, tuple[float, Name, str]] = {}

    def offer(name: Name, score: float, manner: str) -> None:
        concept = index.concepts[name.concept]
        if kind not in {None, concept.home.kind}:
            return
        if not concept.is_current and not edition:
            if name.kind is not NameKind.TITLE:
                return
            score -= 0.25
        if concept.home.kind is not Kind.OCCUPATION:
            score -= 0.3
        known = best.get(name.concept)
        if known is None or known[0] < score:
            best[name.concept] = (score, name, manner)

    for name in index.exact.get(question.folded, []):
        offer(name, exact_score(name.kind, seq=name.seq), IS)
    for name in index.alike.get(tuple(words(question.text)), []):
        offer(name, exact_score(name.kind, seq=name.seq) - EXACT + ALIKE, HELD)
    if not best or question.misspelt:
        for at, slips in spelt_like(question):
            if slips and (question.misspelt or len(question.folded) >= _BELIEVED_SLIP > slips * 5):
                for name in index.named(at):
                    offer(name, spelt_score(name.kind, slips=slips), LIKE)
    for at, (score, name, manner) in best.items():
        yield at, Evidence(
            kind=index.concepts[at].home.kind,
            matched_kind=name.kind,
            matched_text=name.text,
            stated_in=name.stated_in,
            manner=manner,
            score=score,
            is_answer=manner == IS or not is_no_occupation(question.text),
        )


def _weighed(question: Question, heard: Heard, at: int, weighed: float) -> Evidence:
    """Name the one name or line that speaks loudest for a concept."""
    index = question.index
    concept = index.concepts[at]
    place = loudest_name(index, at, heard)
    answers = is_answer(question, heard, concept=at, weighed=weighed)
    line = loudest_line(index, at, heard)
    score = as_score(weighed)
    if line is not None and (place is None or line[1] > heard.name_meanings[place]):
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
    )

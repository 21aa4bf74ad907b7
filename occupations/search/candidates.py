"""What the database finds near a question: codes, titles by spelling and word, our own words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    TrigramSimilarity,
    TrigramWordSimilarity,
)
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest

from occupations.models import (
    Group,
    GroupSummary,
    Occupation,
    OccupationSummary,
    OtherTitle,
    Qualification,
    Task,
    Unit,
)
from occupations.search.ranking import Evidence, Kind, judge_code, judge_title, judge_words

_ENGLISH = "english"
_MOST = 40  # rows of each table
_FEW = 3  # words of a title; more of them make a sentence
_TRIGRAM = 3  # letters; shorter text is similar to too little
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Question:
    """What was asked: the folded words, or a code, and where to look."""

    text: str
    code: str = ""
    classification: str = ""
    edition: str = ""
    kinds: frozenset[Kind] = frozenset(Kind)

    @property
    def scope(self) -> dict[str, str]:
        """Look among the editions of one classification, since a code has its life there."""
        scope = {"edition__classification": self.classification} if self.classification else {}
        return scope | ({"edition__slug": self.edition} if self.edition else {})


def by_code(question: Question) -> Iterator[Evidence]:
    """Find what has this code, or a code that starts with it."""
    tables: dict[Kind, QuerySet] = {
        Kind.OCCUPATION: Occupation.objects.current().filter(retired=False, **question.scope),
        Kind.GROUP: Group.objects.current().filter(**question.scope),
        Kind.QUALIFICATION: Qualification.objects.filter(withdrawn_on=None),
        Kind.UNIT: Unit.objects.filter(withdrawn_on=None),
    }
    for kind, rows in tables.items():
        if kind not in question.kinds:
            continue
        for pk, code in rows.filter(code__startswith=question.code).values_list("pk", "code")[:200]:
            score, manner = judge_code(code, asked=question.code)
            yield Evidence(
                kind=kind,
                pk=pk,
                code=code,
                matched_kind="code",
                matched_text=question.code,
                stated_in="",
                manner=manner,
                score=score,
            )


def by_title(question: Question) -> Iterator[Evidence]:
    """Find titles that are, start with, hold or nearly spell the words asked."""
    if Kind.OCCUPATION in question.kinds:
        rows = Occupation.objects.current().filter(retired=False, **question.scope)
        yield from _titles(
            rows.annotate(of=F("pk"), its=F("code"), kind=Value("title"), at=_edition()),
            kind=Kind.OCCUPATION,
            question=question,
        )
        scope = {f"occupation__{name}": value for name, value in question.scope.items()}
        others = OtherTitle.objects.filter(occupation__withdrawn_on=None, **scope)
        yield from _titles(
            others.annotate(
                of=F("occupation"), its=F("occupation__code"), at=_edition("occupation__")
            ),
            kind=Kind.OCCUPATION,
            question=question,
        )
    if Kind.GROUP in question.kinds:
        groups = Group.objects.current().filter(**question.scope)
        yield from _titles(
            groups.annotate(of=F("pk"), its=F("code"), kind=Value("title"), at=_edition()),
            kind=Kind.GROUP,
            question=question,
        )
    training: dict[Kind, QuerySet] = {
        Kind.QUALIFICATION: Qualification.objects.filter(withdrawn_on=None),
        Kind.UNIT: Unit.objects.filter(withdrawn_on=None),
    }
    for kind, rows_of_kind in training.items():
        if kind in question.kinds:
            yield from _titles(
                rows_of_kind.annotate(of=F("pk"), its=F("code"), kind=Value("title"), at=Value("")),
                kind=kind,
                question=question,
            )


def _edition(path: str = "") -> F:
    return F(f"{path}edition__short_title")


def _titles(rows: QuerySet, *, kind: Kind, question: Question) -> Iterator[Evidence]:
    text = question.text
    words = SearchVector("title_folded", config=_ENGLISH)
    near = (
        Q(title_folded__trigram_similar=text)
        | Q(title_folded__trigram_word_similar=text)
        | Q(words=_words(text))
    )
    if len(text) < _TRIGRAM:  # otherwise a title that starts so is similar, and found by its index
        near |= Q(title_folded__startswith=text)
    found = (
        rows.annotate(
            words=words,
            similarity=TrigramSimilarity("title_folded", text),
            word_similarity=TrigramWordSimilarity(text, "title_folded"),
        )
        .filter(near)
        .order_by(Greatest("similarity", F("word_similarity") * 0.8).desc(), "-pk")
        .values_list(
            "of", "its", "title", "title_folded", "kind", "at", "similarity", "word_similarity"
        )
    )
    for pk, code, title, folded, matched_kind, at, similarity, word_similarity in found[:_MOST]:
        score, manner = judge_title(
            folded,
            question=text,
            similarity=similarity,
            word_similarity=word_similarity,
            matched_kind=matched_kind,
        )
        yield Evidence(
            kind=kind,
            pk=pk,
            code=code,
            matched_kind=matched_kind,
            matched_text=title,
            stated_in=at,
            manner=manner,
            score=score,
        )


def by_own_words(question: Question) -> Iterator[Evidence]:
    """Find summaries and tasks, in our own words, that speak of what was asked."""
    tables: list[tuple[Kind, QuerySet, str]] = [
        (Kind.OCCUPATION, OccupationSummary.objects.all(), "occupation"),
        (Kind.GROUP, GroupSummary.objects.all(), "group"),
        (Kind.GROUP, Task.objects.filter(is_note=False), "group"),
    ]
    asked = _words(question.text)
    for kind, rows, owner in tables:
        if kind not in question.kinds:
            continue
        scope = {f"{owner}__{name}": value for name, value in question.scope.items()}
        words = SearchVector("text", config=_ENGLISH)
        found = (
            rows.filter(**scope)
            .annotate(words=words, rank=SearchRank(words, asked))
            .filter(words=asked)
            .order_by("-rank")
            .values_list(owner, f"{owner}__code", "text", "rank")
        )
        for pk, code, text, _ in found[:_MOST]:
            yield Evidence(
                kind=kind,
                pk=pk,
                code=code,
                matched_kind="task",
                matched_text=text,
                stated_in="",
                manner="",
                score=judge_words(text, question=question.text),
            )


def _words(text: str) -> SearchQuery:
    """Ask for all of a few words, or any of many; each is quoted, so that none is an operator."""
    words = _WORD.findall(text)
    if not words:
        return SearchQuery(text, search_type="plain", config=_ENGLISH)  # finds nothing
    joint = " & " if len(words) <= _FEW else " | "
    quoted = joint.join(f"'{word}'" for word in words)
    return SearchQuery(quoted, search_type="raw", config=_ENGLISH)

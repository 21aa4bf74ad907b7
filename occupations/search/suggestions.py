"""What a person may be about to type: pages whose name or code begins like it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from occupations.folding import fold
from occupations.search.beginnings import beginnings_of
from occupations.search.current import current_index
from occupations.search.index import Index
from occupations.search.pages import Concept, Kind, Name, NameKind, Page
from occupations.search.signals import Question, spelt_like
from occupations.spelling import words

FEWEST_LETTERS, LONGEST = 2, 200  # characters of what is typed
MOST = 8
_MOST_WORDS = 8  # more are no title but a sentence, and search itself understands those
_CODE = re.compile(
    r"(?:(anzsco|osca)\s*(?:20\d\d\s+)?)?([a-z]{0,8}\s?\d[a-z\d\s.-]*)", re.IGNORECASE
)
_KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}
_NAME_ORDER: Mapping[NameKind, int] = {
    NameKind.TITLE: 0,
    NameKind.ALTERNATIVE: 1,
    NameKind.ASSESSOR: 1,
    NameKind.LAY_WORD: 2,
    NameKind.SPECIALISATION: 2,
    NameKind.NEC: 3,
}
_SAID: Mapping[NameKind, str] = {
    NameKind.ALTERNATIVE: "also called {}",
    NameKind.ASSESSOR: "called {} by the assessing authority",
    NameKind.SPECIALISATION: "includes {}",
    NameKind.NEC: "{} is counted here",
    NameKind.LAY_WORD: "people also say “{}”",
}

type _Order = tuple[int | bool | str, ...]


class _Manner(IntEnum):
    """How a name is like what was typed; the first is the surest."""

    IS, BEGINS, HOLDS, HOLDS_ALIKE, MENDED, SPELT = range(6)


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A page to offer; ``name`` is what matched, if the title does not hold it."""

    kind: Kind
    kind_name: str
    code: str
    title: str
    edition: str  # nothing for training and the glossary, as is the code of a term
    url: str
    name: str = ""
    note: str = ""  # what that name is to the page, in words


def suggest(
    text: str,
    *,
    edition: str = "",
    kind: Kind | None = None,
    most: int = MOST,
    index: Index | None = None,
) -> list[Suggestion]:
    """
    Suggest what ``text`` may become, surest first: one page a concept, ``most`` at most.

    ``edition`` is a slug; one that is not held counts as none. The language model is not asked.
    """
    typed = " ".join(text.replace("\0", " ").split())[:LONGEST]
    folded = fold(typed)
    if len(typed) < FEWEST_LETTERS or not folded:
        return []
    index = index or current_index()
    if edition and not any(edition in concept.pages for concept in index.concepts):
        edition = ""
    found: dict[int, tuple[Page, Name | None]] = {}
    late: dict[int, tuple[Page, Name | None]] = {}
    for at, page in _with_code(index, typed, edition=edition):
        if kind in {None, page.kind}:
            found.setdefault(at, (page, None))
    for manner in _Manner:
        if len(found) >= most or (manner >= _Manner.MENDED and (found or late)):
            break
        for at, name in _named(index, folded, manner, kind=kind, edition=edition).items():
            concept = index.concepts[at]
            named = concept.page_in(edition)
            if named is not None:
                is_late = _is_late(concept, manner, edition=edition)
                (late if is_late else found).setdefault(at, (named, name))
    every = [*found.items(), *(one for one in late.items() if one[0] not in found)]
    return [_suggestion(index.concepts[at], page, name) for at, (page, name) in every[:most]]


def _is_late(concept: Concept, manner: _Manner, *, edition: str) -> bool:
    """Tell whether all else comes first: training half typed, groups of other editions."""
    if concept.home.kind is Kind.GROUP:
        return not edition and not concept.is_current
    return manner is not _Manner.IS and concept.home.kind is not Kind.OCCUPATION


def _suggestion(concept: Concept, page: Page, name: Name | None) -> Suggestion:
    called, note = ("", "") if name is None else _called(concept, page, name)
    return Suggestion(
        kind=page.kind,
        kind_name=page.kind_name,
        code=page.code,
        title=page.title,
        edition=page.edition_title,
        url=page.url,
        name=called,
        note=note,
    )


def _called(concept: Concept, page: Page, name: Name) -> tuple[str, str]:
    """Give the name that matched and what it is; nothing if the title holds it."""
    folded = fold(name.text)
    if folded in fold(page.title):
        return "", ""
    if name.kind is not NameKind.TITLE:
        return name.text, _SAID[name.kind].format(name.text)
    if name.is_part:
        return name.text, f"a part of it is called {name.text} in {name.stated_in}"
    titles = [one.title for one in concept.pages.values() if one.edition_title == name.stated_in]
    whole = next((title for title in titles if folded in fold(title)), name.text)
    return whole, f"called {whole} in {name.stated_in}" if name.stated_in else f"called {whole}"


def _with_code(index: Index, typed: str, *, edition: str) -> Iterator[tuple[int, Page]]:
    """Find what has this code or one that starts so, as people write it; newest edition first."""
    match = _CODE.fullmatch(typed) if typed.isascii() else None
    if match is None:
        return
    classification = (match.group(1) or "").upper()
    code = re.sub(r"[\s.-]", "", match.group(2)).upper()
    for known in index.codes_from(code):
        for at, page in index.codes[known]:
            if (not edition or page.edition in {"", edition}) and (
                not classification or page.classification == classification
            ):
                yield at, page


def _named(
    index: Index, folded: str, manner: _Manner, *, kind: Kind | None, edition: str
) -> dict[int, Name]:
    """Give the concepts with such a name, the likeliest first, each with its likeliest name."""
    allowed = [
        ((slips, *_order(index, name, text, folded=folded)), name)
        for name, text, slips in _offers(index, folded, manner)
        if _may_be(index, name, kind=kind, edition=edition)
    ]
    allowed.sort(key=lambda one: one[0])
    best: dict[int, Name] = {}
    for _, name in allowed:
        best.setdefault(name.concept, name)
    return best


def _offers(index: Index, folded: str, manner: _Manner) -> Iterator[tuple[Name, str, int]]:
    """Give the names that are like it in this manner, each folded, and with its slips."""
    if manner is _Manner.IS:
        yield from ((name, folded, 0) for name in index.exact.get(folded, []))
        return
    slipped: dict[int, int] = {}
    if manner is _Manner.BEGINS:
        alike = index.alike.get(tuple(words(folded)), [])
        yield from ((name, fold(name.text), 0) for name in alike)
        slipped = dict.fromkeys(index.starting_with(folded), 0)
    elif manner is _Manner.SPELT:
        slipped = dict(spelt_like(Question(folded, index)))
    elif len(typed := folded.split()) <= _MOST_WORDS:
        slipped = dict.fromkeys(_holding(index, typed, manner), 0)
    for text, slips in slipped.items():
        for name in index.named(text):
            yield name, index.folded[text], slips


def _holding(index: Index, typed: list[str], manner: _Manner) -> list[int]:
    """List the texts of which some words begin with those typed, in whatever order."""
    begun = beginnings_of(index)
    flags = np.ones(len(index.texts), bool)
    for word in words(" ".join(typed)) if manner is _Manner.HOLDS_ALIKE else typed:
        held = begun.held(word)
        if manner is _Manner.MENDED and not held.any():
            for mended in begun.mended(word):
                held |= begun.held(mended)
        flags &= held
        if not flags.any():
            break
    return [int(text) for text in np.flatnonzero(flags)]


def _may_be(index: Index, name: Name, *, kind: Kind | None, edition: str) -> bool:
    """Tell whether a name counts: of what is not current, without an edition, the title alone."""
    concept = index.concepts[name.concept]
    return (
        kind in {None, concept.home.kind}
        and (concept.is_current or bool(edition) or name.kind is NameKind.TITLE)
        and name.is_of(concept.pages.get(edition))
    )


def _order(index: Index, name: Name, text: str, *, folded: str) -> _Order:
    """Order alike names: work before training, titles before other names, short before long."""
    concept = index.concepts[name.concept]
    is_growing = f"{folded} " not in f"{text} "  # the last word typed is no whole one yet
    return (
        not concept.is_current,
        _KIND_ORDER[concept.home.kind],
        _NAME_ORDER[name.kind],
        is_growing,
        name.seq,
        len(text),
        text,
        concept.home.code,
    )

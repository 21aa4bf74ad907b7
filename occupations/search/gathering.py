"""Everything that is searched, read from the catalogue and the words of editors."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from occupations.models import (
    ConfusedCode,
    Country,
    GlossaryTerm,
    GroupSummary,
    IscoCorrespondence,
    LayWord,
    Occupation,
    OccupationSummary,
    OfficialText,
    OtherTitle,
    PublishedLayWord,
    SpecialistTask,
    Task,
    TechnologyTool,
)
from occupations.search.concepts import Concepts
from occupations.search.pages import Gathered, Line, Name, NameKind

_DOUBLE = re.compile(r"\s+[/\\]\s+")
_OF_BOTH_HALVES = 3  # words from which the longer half may hold what belongs to both
_MARK = re.compile(r"\s*\((?:Aus|NZ|General)\)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def gather() -> Gathered:
    """Read what is searched; about twenty queries, whatever the size of the catalogue."""
    concepts = Concepts()
    names = list(_names(concepts))
    lines = list(_lines(concepts))
    lent = _lent(concepts)
    names += [
        replace(name, concept=at, seq=name.seq + 1)
        for name in names
        if name.kind is NameKind.LAY_WORD
        for at in lent.get(name.concept, [])
    ]
    lines += [
        replace(line, concept=at, is_own=False)
        for line in lines
        if not line.is_task
        for at in lent.get(line.concept, [])
    ]
    _tell_apart(concepts)
    tools = TechnologyTool.objects.order_by("pk").values_list("occupation", "group", "tool")
    return Gathered(
        concepts=concepts.every,
        names=names,
        lines=lines,
        tools=list(_of_each(concepts, tools)),
        codes=dict(concepts.codes),
    )


def _tell_apart(concepts: Concepts) -> None:
    """Note which codes the unit group of an occupation is not to be confused with."""
    rows = ConfusedCode.objects.order_by("pk").values_list(
        "group", "other_group__code", "other_occupation__code"
    )
    for group, other_group, other_occupation in rows:
        for at in concepts.in_group[group]:
            concepts.every[at].confused_with.add(other_group or other_occupation)


def _lent(concepts: Concepts) -> dict[int, list[int]]:
    """Find what is said of others and helps to find a concept that splits into them."""
    lent: dict[int, list[int]] = defaultdict(list)
    for at, targets in concepts.stands_for.items():
        for target in targets:
            lent[target].append(at)
    return lent


def _names(concepts: Concepts) -> Iterator[Name]:
    for at, page in concepts.titles:
        is_part = bool(page.edition) and concepts.every[at].pages.get(page.edition) != page
        for name in _named(at, NameKind.TITLE, page.title, stated_in=page.edition_title):
            yield replace(name, is_part=is_part)
    editions = {pk: edition.short_title for pk, edition in concepts.editions.items()}
    rows = Occupation.objects.order_by("pk").values_list(
        "pk", "edition", "title", "unit_group__title"
    )
    for occupation, edition, title, group in rows:
        own = concepts.of(occupation)
        linked = concepts.of_occupation.get(occupation, [])[1:]
        for at in linked:
            yield from _named(at, NameKind.WIDER, title, stated_in=editions[edition])
        if own is not None and concepts.every[own].home.edition == concepts.editions[edition].slug:
            yield from _named(own, NameKind.WIDER, group, stated_in=editions[edition])
    others = OtherTitle.objects.order_by("pk").values_list(
        "occupation", "occupation__edition", "kind", "title"
    )
    for occupation, edition, kind, title in others:
        if (own := concepts.of(occupation)) is not None:
            yield from _named(own, NameKind(kind), title, stated_in=editions[edition])
    for occupation, title in IscoCorrespondence.objects.order_by("pk").values_list(
        "occupation", "isco_group__title"
    ):
        if (own := concepts.of(occupation)) is not None:
            yield Name(concept=own, kind=NameKind.WIDER, text=title, stated_in="ISCO-08")
    yield from _glossary(concepts)
    yield from _lay_words(concepts)


def _glossary(concepts: Concepts) -> Iterator[Name]:
    for term, others in GlossaryTerm.objects.order_by("pk").values_list("pk", "also_called"):
        for text in others:
            yield Name(concept=concepts.of_term[term], kind=NameKind.ALTERNATIVE, text=text)


def _named(at: int, kind: NameKind, title: str, *, stated_in: str) -> Iterator[Name]:
    """Give a title whole and without its marks, and each half of a double one."""
    plain = _MARK.sub("", title)
    for text in dict.fromkeys([title, plain, *_halves(plain)]):
        yield Name(concept=at, kind=kind, text=text, stated_in=stated_in)


def _halves(title: str) -> list[str]:
    """Give both names of a double title; of "Nursing / Midwifery Unit Manager" no lone word."""
    halves = _DOUBLE.split(title)
    longest = max(halves, key=len)
    return [
        half
        for half in halves
        if " " in half or half in longest or len(longest.split()) < _OF_BOTH_HALVES
    ]


def _lay_words(concepts: Concepts) -> Iterator[Name]:
    published = PublishedLayWord.objects.order_by("pk").values_list(
        "occupation", "word", "seq", "said_in"
    )
    for occupation, word, seq, said_in in published:
        if (at := concepts.of(occupation)) is not None:
            said = ", ".join(Country(one).label for one in said_in)
            yield Name(concept=at, kind=NameKind.LAY_WORD, text=word, stated_in=said, seq=seq)
    for word, edition, code in LayWord.objects.values_list("word", "edition", "code"):
        for at, page in concepts.codes.get(code, []):
            if page.edition == edition:
                yield Name(concept=at, kind=NameKind.LAY_WORD, text=word)


def _lines(concepts: Concepts) -> Iterator[Line]:
    for occupation, text in OccupationSummary.objects.values_list("occupation", "text"):
        if (at := concepts.of(occupation)) is not None:
            concepts.every[at].summary = concepts.every[at].summary or text
            yield Line(concept=at, text=text, is_own=True, is_task=False)
    of_groups: list[tuple[int, str]] = [
        *GroupSummary.objects.values_list("group", "text"),
        *Task.objects.filter(is_note=False).values_list("group", "text"),
    ]
    for group, text in of_groups:
        home = concepts.of_group[group]
        for sentence in _SENTENCE.split(text):
            concepts.every[home].summary = concepts.every[home].summary or sentence
            yield Line(concept=home, text=sentence, is_own=True, is_task=False)
            for at in dict.fromkeys(concepts.in_group[group]):
                yield Line(concept=at, text=sentence, is_own=False, is_task=False)
    official = OfficialText.objects.exclude(kind="skill").order_by("pk")
    for occupation, group, text in official.values_list("occupation", "group", "text"):
        if (own := concepts.of(occupation)) is not None:
            yield Line(concept=own, text=text, is_own=True, is_task=False)
        for at in dict.fromkeys(concepts.in_group[group] if group else []):
            yield Line(concept=at, text=text, is_own=False, is_task=False)
    tasks = SpecialistTask.objects.order_by("pk").values_list("occupation", "group", "text")
    for at, text in _of_each(concepts, tasks):
        yield Line(concept=at, text=text, is_own=False, is_task=True)


def _of_each(
    concepts: Concepts, rows: Iterable[tuple[int | None, int | None, str]]
) -> Iterator[tuple[int, str]]:
    """Give what is said of an occupation or of each one in a group, with its concept."""
    for occupation, group, text in rows:
        own = concepts.of(occupation)
        for at in dict.fromkeys(concepts.in_group[group or 0]) if own is None else [own]:
            yield at, text

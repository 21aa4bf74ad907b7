"""One occupation across the editions: same, respelt, renamed, recoded, split, merged, gone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.db.models import Q

from occupations.folding import fold
from occupations.models import Correspondence, Edition, Occupation

OWN_CODES = "ANZSCO"  # the classification whose editions mostly keep a code's meaning
_COUNTRY = re.compile(r"\((?:aus|nz)\)", re.IGNORECASE)


class Change(StrEnum):
    SAME = "same"
    RESPELT = "respelt"
    RENAMED = "renamed"
    RECODED = "recoded"
    SPLIT = "split"
    MERGED = "merged"
    GONE = "gone"


class Origin(StrEnum):
    PUBLISHED = "published"
    DERIVED = "derived"


@dataclass(frozen=True)
class Counterpart:
    """What stands for an occupation in another edition, and how we know."""

    edition: Edition
    occupations: tuple[Occupation, ...]
    change: Change
    origin: Origin | None
    is_partial: bool

    @property
    def only(self) -> Occupation | None:
        return self.occupations[0] if len(self.occupations) == 1 else None


@dataclass(frozen=True)
class _Step:
    found: frozenset[int]
    is_derived: bool
    is_partial: bool


class _Links:
    """The published links around one occupation, and the occupations that share its code."""

    def __init__(self, subject: Occupation) -> None:
        self.occupations = {subject.pk: subject}
        self._forward: dict[int, dict[int, bool]] = defaultdict(dict)
        self._back: dict[int, dict[int, bool]] = defaultdict(dict)
        self._read_published(subject)
        self._read_namesakes(subject)
        self._by_code: dict[tuple[int, str], int] = {}
        self._by_title: dict[tuple[int, str], int] = {}
        for occupation in self.occupations.values():
            if not occupation.retired:
                self._by_code[occupation.edition_id, occupation.code] = occupation.pk
                self._by_title[occupation.edition_id, occupation.title_folded] = occupation.pk

    def _read_published(self, subject: Occupation) -> None:
        links = Correspondence.objects.all()
        starts = Q(from_occupation__code=subject.code) | Q(
            from_occupation__title_folded=subject.title_folded
        )
        ends = Q(to_occupation__code=subject.code) | Q(
            to_occupation__title_folded=subject.title_folded
        )
        near = starts | ends
        for others in (
            links.filter(starts).values("to_occupation"),
            links.filter(ends).values("from_occupation"),
        ):
            near |= Q(from_occupation__in=others) | Q(to_occupation__in=others)
        for link in links.filter(near).select_related(
            "from_occupation__edition", "to_occupation__edition"
        ):
            self.occupations.setdefault(link.from_occupation_id, link.from_occupation)
            self.occupations.setdefault(link.to_occupation_id, link.to_occupation)
            self._forward[link.from_occupation_id][link.to_occupation_id] = link.is_partial
            self._back[link.to_occupation_id][link.from_occupation_id] = link.is_partial

    def _read_namesakes(self, subject: Occupation) -> None:
        codes = {
            occupation.code
            for occupation in self.occupations.values()
            if occupation.edition.classification == OWN_CODES
        }
        namesakes = Occupation.objects.filter(
            Q(code__in=codes) | Q(title_folded=subject.title_folded),
            edition__classification=OWN_CODES,
        )
        for occupation in namesakes.select_related("edition"):
            self.occupations.setdefault(occupation.pk, occupation)

    def step(self, here: frozenset[int], *, to: Edition) -> _Step:
        """Go from these occupations to those of the next edition, newer or older."""
        found: set[int] = set()
        is_derived = is_partial = False
        for pk in here:
            published = {
                other: partial
                for other, partial in (self._forward[pk] | self._back[pk]).items()
                if self.occupations[other].edition_id == to.pk
            }
            if published:
                found |= set(published)
                is_partial = is_partial or any(published.values())
            elif (derived := self._derived(self.occupations[pk], to=to)) is not None:
                found.add(derived)
                is_derived = True
        return _Step(frozenset(found), is_derived, is_partial)

    def _derived(self, occupation: Occupation, *, to: Edition) -> int | None:
        if {occupation.edition.classification, to.classification} != {OWN_CODES}:
            return None
        if occupation.retired:
            return None
        by_code = self._by_code.get((to.pk, occupation.code))
        if by_code is not None:
            return by_code
        return self._by_title.get((to.pk, occupation.title_folded))


def counterparts(occupation: Occupation, *, editions: Sequence[Edition]) -> list[Counterpart]:
    """
    Find what stands for ``occupation`` in each other edition, in the order of ``editions``.

    A published link comes first. Between editions of ANZSCO that nothing published links, the
    same code is taken, else the same title; such a link is marked as derived. Two queries.
    """
    links = _Links(occupation)
    line = sorted(editions, key=lambda edition: edition.released_on)
    here = next(place for place, edition in enumerate(line) if edition == occupation.edition)
    found = {
        counterpart.edition.pk: counterpart
        for way in (line[here:], line[here::-1])
        for counterpart in _walk(occupation, links=links, way=way)
    }
    return [found[edition.pk] for edition in editions if edition.pk in found]


def _walk(
    occupation: Occupation, *, links: _Links, way: Sequence[Edition]
) -> Iterable[Counterpart]:
    here = frozenset({occupation.pk})
    is_derived = is_partial = False
    passed = [way[0]]
    for _, edition in pairwise(way):
        step = links.step(here, to=edition)
        here = step.found
        is_derived, is_partial = is_derived or step.is_derived, is_partial or step.is_partial
        passed.append(edition)
        others = tuple(sorted((links.occupations[pk] for pk in here), key=lambda one: one.code))
        yield Counterpart(
            edition=edition,
            occupations=others,
            change=_change(occupation, others, sources=_back(links, here, way=passed)),
            origin=(Origin.DERIVED if is_derived else Origin.PUBLISHED) if others else None,
            is_partial=is_partial,
        )


def _back(links: _Links, found: frozenset[int], *, way: Sequence[Edition]) -> int:
    """Count the occupations of the first edition that these also stand for."""
    for edition in way[-2::-1]:
        found = links.step(found, to=edition).found
    return len(found)


def _change(occupation: Occupation, others: Sequence[Occupation], *, sources: int) -> Change:
    if not others:
        return Change.GONE
    if len(others) > 1:
        return Change.SPLIT
    if sources > 1:
        return Change.MERGED
    if others[0].code != occupation.code:
        return Change.RECODED
    return _title_change(occupation.title, others[0].title)


def _title_change(title: str, other: str) -> Change:
    if other == title:
        return Change.SAME
    return Change.RESPELT if _spellings(other) == _spellings(title) else Change.RENAMED


def _spellings(title: str) -> set[str]:
    """Fold each of the names that a title such as ``A (Aus) / B (NZ)`` holds."""
    return {fold(_COUNTRY.sub(" ", name)) for name in re.split(r" [/\\] ", title)}

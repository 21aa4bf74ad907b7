"""Every title of an edition from A to Z: occupations, alternative titles, specialisations."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from occupations.correspondence import differences
from occupations.facts.editions import every_edition
from occupations.folding import fold
from occupations.models import Edition, Occupation, OtherTitle, TitleKind
from occupations.views.addresses import moved, tidy_edition
from occupations.views.browse import unknown_edition
from occupations.views.editions import EditionLink, switch

STATES_TITLES = "anzsco-2022"  # the edition whose other titles are published
OTHER = "0-9"  # where titles stand that start with no letter
_KINDS = {
    TitleKind.ALTERNATIVE: "Alternative title of",
    TitleKind.SPECIALISATION: "Specialisation of",
    TitleKind.NEC: "Counted under",
    TitleKind.ASSESSOR: "Title of the assessing authority for",
}


@dataclass(frozen=True)
class Entry:
    """One title, what kind it is, and the occupation that it belongs to."""

    title: str
    folded: str
    code: str
    occupation: str
    kind: str = ""
    stated_in: str = ""

    @property
    def letter(self) -> str:
        first = self.folded[:1]
        return first if first.isalpha() else OTHER


@dataclass(frozen=True)
class Letter:
    """A letter that one may turn to."""

    name: str
    count: int
    is_here: bool


@require_safe
def a_to_z(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the titles of an edition that start with one letter; the address names it."""
    slug = tidy_edition(edition)
    editions = every_edition()
    facts = next((one for one in editions if one.edition.slug == slug), None)
    if facts is None:
        return unknown_edition(request, typed=edition)
    if slug != edition:
        return moved(request, to=_address(facts.edition))
    every = [one.edition for one in editions]
    entries = sorted(_entries(facts.edition, editions=every), key=_place)
    counts = Counter(entry.letter for entry in entries)
    letters = sorted(counts)
    asked = fold(request.GET.get("letter", ""))[:1]
    asked = OTHER if asked.isdecimal() else asked
    first = next((letter for letter in letters if letter != OTHER), OTHER)
    here = asked if asked in counts else first
    context = {
        "facts": facts,
        "here": here,
        "total": f"{len(entries):,}",
        "entries": [entry for entry in entries if entry.letter == here],
        "letters": [Letter(one, counts[one], one == here) for one in letters],
        "switch": switch(
            [
                EditionLink(
                    one,
                    url=f"{_address(one.edition)}?letter={here[:1]}",
                    is_here=one is facts,
                )
                for one in editions
            ]
        ),
    }
    return render(request, "occupations/a_to_z.html", context)


def _address(edition: Edition) -> str:
    return reverse("occupations:a_to_z", args=[edition.slug])


def _place(entry: Entry) -> tuple[str, bool, str]:
    return entry.folded, bool(entry.kind), entry.code


def _entries(edition: Edition, *, editions: Sequence[Edition]) -> Iterator[Entry]:
    """
    List the titles of an edition, and those that another states for its occupations.

    At most five queries.
    """
    occupations = {
        occupation.pk: occupation
        for occupation in Occupation.objects.current().filter(edition=edition, retired=False)
    }
    for one in occupations.values():
        yield Entry(one.title, one.title_folded, one.code, one.title)
    own = _titles(edition)
    for pk, titles in own.items():
        if pk in occupations:
            yield from (_entry(title, occupations[pk]) for title in titles)
    stating = next(one for one in editions if one.slug == STATES_TITLES)
    if edition == stating:
        return
    stated = _titles(stating)
    for pk, counterpart in _single_counterparts(edition, stating, editions=editions).items():
        if pk in occupations and pk not in own:
            yield from (
                _entry(title, occupations[pk], stated_in=stating.short_title)
                for title in stated.get(counterpart, ())
                if title.kind != TitleKind.ASSESSOR
            )


def _entry(title: OtherTitle, occupation: Occupation, *, stated_in: str = "") -> Entry:
    return Entry(
        title=title.title,
        folded=title.title_folded,
        code=occupation.code,
        occupation=occupation.title,
        kind=_KINDS[TitleKind(title.kind)],
        stated_in=stated_in,
    )


def _titles(edition: Edition) -> dict[int, list[OtherTitle]]:
    """Read the other titles that an edition states, by the key of the occupation."""
    found = defaultdict(list)
    for title in OtherTitle.objects.filter(occupation__edition=edition).order_by():
        found[title.occupation_id].append(title)
    return found


def _single_counterparts(
    edition: Edition, other: Edition, *, editions: Sequence[Edition]
) -> Mapping[int, int]:
    """Map occupations of ``edition`` to the only one that stands for each in ``other``."""
    older, newer = sorted((edition, other), key=lambda one: one.released_on)
    found = defaultdict(set)
    for row in differences(older, newer, editions=editions):
        if row.older is not None:
            for place in row.newer:
                here, there = (row.older, place) if edition == older else (place, row.older)
                found[here.pk].add(there.pk)
    return {here: next(iter(there)) for here, there in found.items() if len(there) == 1}

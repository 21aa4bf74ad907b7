"""The visa rows of a comparison: what our copy of the lists says, by the edition a visa reads."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from django.utils.formats import date_format

from occupations.facts.tense import is_history
from occupations.models import Occupation
from occupations.views.editions import EditionFacts, spoken
from occupations.views.occupation_facts import Facts
from occupations.views.side_by_side import Cell, Item, Section, row
from occupations.views.visa_lines import EditionVisas, Standing, VisaLine, visas_by_edition

OFFICIAL_LISTS = "https://immi.homeaffairs.gov.au/visas/working-in-australia/skill-occupation-list"


class Subject(Protocol):
    """What a comparison knows of one of its occupations."""

    @property
    def occupation(self) -> Occupation: ...

    @property
    def standing_in(self) -> Mapping[str, Sequence[Occupation]]: ...

    @property
    def facts(self) -> Mapping[int, Facts]: ...


def visa_sections(
    subjects: Sequence[Subject], *, editions: Sequence[EditionFacts], on: date
) -> list[Section]:
    """Make one section for each edition that visas read, one row for each open visa."""
    found = [
        {
            one.edition.slug: one
            for one in visas_by_edition(
                editions,
                here=subject.occupation.edition,
                standing_in=subject.standing_in,
                facts=subject.facts,
            )
        }
        for subject in subjects
    ]
    return [
        _section(facts, [one[facts.edition.slug] for one in found], on=on)
        for facts in editions
        if facts.visas
    ]


def _section(facts: EditionFacts, visas: Sequence[EditionVisas], *, on: date) -> Section:
    as_at = visas[0].as_at_on
    is_old = is_history(as_at, on=on)
    closed = [visa["subclass"] for visa in facts.visas if not visa["is_open"]]
    rows = [
        row(
            f"{visa['subclass']} {visa['title']}",
            [_cell(one, subclass=visa["subclass"], is_old=is_old) for one in visas],
        )
        for visa in facts.visas
        if visa["is_open"]
    ]
    return Section(
        f"Visas that read {facts.edition.short_title}",
        tuple(rows),
        note=_note(as_at, is_old=is_old, closed=closed),
        source="Unofficial copy. Check the Department of Home Affairs",
        url=OFFICIAL_LISTS,
        term="visa-subclass",
    )


def _note(as_at: date | None, *, is_old: bool, closed: Sequence[str]) -> str:
    if as_at is None:
        said = "We hold no copy of its lists."
    elif is_old:
        said = f"This is what the lists said in {date_format(as_at, 'F Y')}."
    else:
        said = f"Our copy of its lists is as at {date_format(as_at, 'j F Y')}."
    if closed:
        verb = "is" if len(closed) == 1 else "are"
        said += f" {spoken(closed)} {verb} closed to new applications and left out."
    return said


def _cell(visas: EditionVisas, *, subclass: str, is_old: bool) -> Cell:
    if not visas.occupations:
        return Cell(empty="Nothing stands for it in that edition")
    if visas.as_at_on is None:
        return Cell(empty="Not known")
    line = next(line for line in visas.lines if line.visa["subclass"] == subclass)
    codes = " or ".join(one.code for one in visas.occupations)
    return Cell((_item(line, codes=codes, is_old=is_old),))


def _item(line: VisaLine, *, codes: str, is_old: bool) -> Item:
    if line.standing is Standing.NAMED:
        words = "Was named" if is_old else "Named"
        note = f"As {codes}, on the {line.lists}" if line.lists else f"As {codes}"
    else:
        words, note = "Was not named" if is_old else "Not named", f"As {codes}"
    return Item(words, key=words, note=note, mark=line.standing.value)

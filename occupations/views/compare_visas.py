"""The rows of a comparison on lists: what our copy says of each visa, by the edition it reads."""

from collections.abc import Sequence

from django.template.defaultfilters import pluralize
from django.utils.formats import date_format

from occupations.facts import EditionFacts, OccupationFacts, spoken
from occupations.facts.visas import OFFICIAL_LISTS, EditionVisas, Standing, VisaLine
from occupations.views.side_by_side import Cell, Item, Row, Section, row


def visa_sections(
    facts: Sequence[OccupationFacts], *, editions: Sequence[EditionFacts]
) -> list[Section]:
    """Make one section for each edition that visas read, a row for each open visa."""
    found = [{one.edition.slug: one for one in each.visas} for each in facts]
    return [
        _section(one, [visas[one.edition.slug] for visas in found]) for one in editions if one.visas
    ] + [
        Section(
            "Lists and caveats",
            (
                row("Lists that name it", map(_lists, facts), term="occupation-list"),
                row(_caveats_label(facts), map(_caveats, facts), term="caveat"),
            ),
            source="Check the Department of Home Affairs",
            url=OFFICIAL_LISTS,
        )
    ]


def _section(facts: EditionFacts, visas: Sequence[EditionVisas]) -> Section:
    return Section(
        f"Visas that read {facts.edition.short_title}",
        tuple(_rows(facts, visas)),
        note=_note(facts, visas[0]),
        source="Check the Department of Home Affairs",
        url=OFFICIAL_LISTS,
        term="visa-subclass",
    )


def _rows(facts: EditionFacts, visas: Sequence[EditionVisas]) -> list[Row]:
    return [
        row(
            f"{visa['subclass']} {visa['title']}",
            [_cell(one, subclass=visa["subclass"]) for one in visas],
        )
        for visa in facts.visas
        if visa["is_open"]
    ]


def _note(facts: EditionFacts, visas: EditionVisas) -> str:
    said = []
    if facts.list_copy is None:
        said.append("We hold no copy of its lists.")
    elif visas.as_at_on is None:
        said.append("Our copy of its lists has no date, and is told in the past tense.")
    elif visas.is_history:
        said.append(f"This is what the lists said in {date_format(visas.as_at_on, 'F Y')}.")
    else:
        said.append(f"Our copy of its lists is as at {date_format(visas.as_at_on, 'j F Y')}.")
    if not visas.is_whole:
        said.append("It is an unofficial copy.")
    closed = [visa["subclass"] for visa in facts.visas if not visa["is_open"]]
    if closed:
        verb = "is" if len(closed) == 1 else "are"
        said.append(f"{spoken(closed)} {verb} closed to new applications and left out.")
    return " ".join(said)


def _cell(visas: EditionVisas, *, subclass: str) -> Cell:
    if not visas.occupations:
        return Cell(empty="Nothing stands for it in that edition")
    line = next(line for line in visas.lines if line.visa["subclass"] == subclass)
    return Cell((_item(line, visas),))


def _item(line: VisaLine, visas: EditionVisas) -> Item:
    codes = " or ".join(one.code for one in visas.occupations)
    if line.standing is Standing.NAMED:
        streams = f" ({spoken(line.streams)})" if line.streams != (line.visa["subclass"],) else ""
        words = "Was named" if visas.is_history else "Named"
        return Item(words, note=f"As {codes}, on the {line.lists}{streams}", mark="named")
    return Item(_absent(visas), note=f"As {codes}", mark="absent")


def _absent(visas: EditionVisas) -> str:
    """Absence from a sample says nothing of the list itself."""
    if not visas.is_whole:
        return "Not in our copy"
    return "Was not named" if visas.is_history else "Not named"


def _lists(one: OccupationFacts) -> Cell:
    items = tuple(
        Item(
            each.acronym,
            key=f"{each.acronym} {each.place.edition}",
            url=each.url,
            note=f"{each.place.code} of {each.place.edition_name}"
            + (f", for visa{pluralize(each.visas)} {spoken(each.visas)}" if each.visas else ""),
        )
        for each in one.current_lists
    )
    if one.lists_are_history:
        return Cell(items, empty="Our copy of the lists is history")
    return Cell(items, empty="No current list in our copy names it")


def _caveats_label(facts: Sequence[OccupationFacts]) -> str:
    """Nothing of an old copy is said to be in force; the newest day of our copies is told."""
    days = [part.as_at_on for one in facts for part in one.visas if part.as_at_on]
    if not any(one.lists_are_history for one in facts):
        return "Caveats in force"
    return f"Caveats, as they stood in {date_format(max(days), 'F Y')}" if days else "Caveats then"


def _caveats(one: OccupationFacts) -> Cell:
    items = tuple(
        Item(
            caveat.title,
            key=f"{instrument.slug} {caveat.key} {spoken(caveat.programs)}",
            note=f"{caveat.wording} For visas {spoken(caveat.programs)}."
            if caveat.programs
            else caveat.wording,
        )
        for instrument in one.caveats
        if not instrument.has_ended
        for caveat in instrument.caveats
    )
    return Cell(items, empty="None in our copy")

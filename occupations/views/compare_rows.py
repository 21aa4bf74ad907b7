"""The rows of a comparison: what is known of each occupation, one fact a row."""

from collections.abc import Sequence

from occupations.correspondence import Change
from occupations.facts import EditionFacts, OccupationFacts, Place
from occupations.views.compare_visas import visa_sections
from occupations.views.side_by_side import Cell, Item, Row, Section, row, text

_CHANGES = {
    Change.SAME: "Same code and title",
    Change.RESPELT: "Same code, title spelt another way",
    Change.RENAMED: "Same code, another title",
    Change.RECODED: "Another code",
    Change.SPLIT: "Several occupations for its work",
    Change.MERGED: "One wider occupation",
}


def sections(
    facts: Sequence[OccupationFacts], *, editions: Sequence[EditionFacts]
) -> list[Section]:
    """Arrange what is known of these occupations, in their order, under a few headings."""
    return [
        Section("What it is", tuple(_identity(facts))),
        Section(
            "What the work is",
            (row("Tasks of the unit group", map(_tasks, facts), term="task"),),
            note="Our own plain words.",
        ),
        Section("What it asks for", tuple(_demands(facts))),
        *visa_sections(facts, editions=editions),
        Section(
            "In each edition",
            tuple(
                row(one.edition.short_title, [_there(each, facts=one) for each in facts])
                for one in editions
            ),
            term="correspondence",
        ),
    ]


def _identity(facts: Sequence[OccupationFacts]) -> list[Row]:
    return [
        row("Edition", map(_edition, facts), term="edition"),
        row("Code", [text(one.code, key=one.code) for one in facts], term="code"),
        row("Title", [text(one.title) for one in facts]),
        *(
            row(
                f"Skill level in {country}",
                [_level(one, country=country) for one in facts],
                term="skill-level",
            )
            for country in ("Australia", "New Zealand")
        ),
        row("Unit group", map(_unit_group, facts), term="unit-group"),
        row(
            "Alternative titles",
            [_titles(one, one.titles.alternatives) for one in facts],
            term="alternative-title",
        ),
        row(
            "Specialisations",
            [_titles(one, one.titles.specialisations) for one in facts],
            term="specialisation",
        ),
    ]


def _demands(facts: Sequence[OccupationFacts]) -> list[Row]:
    return [
        row("Registration or licence", map(_licences, facts), term="licensing"),
        row("Assessing authority", map(_authorities, facts), term="assessing-authority"),
        row("Shortage in Australia", map(_shortage, facts), term="shortage"),
    ]


def _edition(one: OccupationFacts) -> Cell:
    readers = one.edition.readers
    return text(
        one.place.edition_name,
        url=one.edition.edition.get_absolute_url(),
        note=f"Read by visas {readers}" if readers else "No visa reads it",
    )


def _level(one: OccupationFacts, *, country: str) -> Cell:
    found = next((level for level in one.skill_levels if level.country == country), None)
    if found is None:
        return Cell()
    years = found.substitute_years
    instead = (
        f"; {years} year{'s' if years > 1 else ''} of experience may stand in" if years else ""
    )
    note = f"{found.training}{instead}" if found.training else ""
    return text(f"Level {found.level}", key=str(found.level), note=note)


def _unit_group(one: OccupationFacts) -> Cell:
    group = one.unit_group.place
    return text(group.title, code=group.code, url=group.path)


def _titles(one: OccupationFacts, titles: Sequence[str]) -> Cell:
    stated = f"Stated in {one.titles.stated_in.edition_name}" if one.titles.stated_in else ""
    return Cell(tuple(map(Item, titles)), note=stated if titles else "")


def _tasks(one: OccupationFacts) -> Cell:
    if one.tasks is None:
        return Cell(empty="We have written none yet")
    written = one.tasks.written_for
    return Cell(
        tuple(map(Item, one.tasks.tasks)),
        note=f"Written for {written.edition_name}" if written else "",
    )


def _licences(one: OccupationFacts) -> Cell:
    items = tuple(
        Item("Required" if licence.is_required else "May be required", note=_of(licence.stated_in))
        for licence in one.licences
    )
    return Cell(items, empty="Our copy states none")


def _authorities(one: OccupationFacts) -> Cell:
    for assessment in one.assessments:
        if assessment.authorities:
            items = tuple(
                Item(
                    authority.acronym,
                    key=f"{authority.acronym} {authority.group}",
                    url=authority.url,
                    note=f"{authority.name}, assessment group {authority.group}"
                    if authority.group
                    else authority.name,
                )
                for authority in assessment.authorities
            )
            return Cell(items, note=f"For {_of(assessment.place)}")
    return Cell(empty="Our copy names none")


def _shortage(one: OccupationFacts) -> Cell:
    shortages = one.shortages
    if shortages is None or shortages.national is None:
        return Cell(empty="Not rated in our copy")
    as_at = f", {shortages.source.as_at_on:%Y}" if shortages.source.as_at_on else ""
    return text(
        shortages.national.rating_name,
        key=shortages.national.rating,
        note=f"Unit group {_of(shortages.place)}: {shortages.source.publisher}{as_at}",
    )


def _there(one: OccupationFacts, *, facts: EditionFacts) -> Cell:
    if facts.edition.slug == one.place.edition:
        return Cell((_place(one.place),), note="This one")
    found = next((each for each in one.counterparts if each.edition == facts.edition.slug), None)
    if found is None or not found.occupations:
        return Cell(empty="Nothing stands for it there")
    return Cell(tuple(map(_place, found.occupations)), note=_CHANGES[found.change])


def _place(place: Place) -> Item:
    return Item(place.title, code=place.code, url=place.path)


def _of(place: Place) -> str:
    return f"{place.code} of {place.edition_name}"

"""Two to five occupations side by side, whatever their editions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from occupations.correspondence import OWN_CODES, Counterpart, counterparts
from occupations.models import Occupation, TitleKind
from occupations.views.chosen import edition_options, read_chosen, value, without
from occupations.views.compare_visas import visa_sections
from occupations.views.editions import EditionFacts, every_edition
from occupations.views.occupation_facts import Facts, facts_of
from occupations.views.side_by_side import Cell, Item, Row, Section, row, text

FEWEST, MOST = 2, 5


@dataclass(frozen=True)
class Known:
    """An occupation with its counterparts, and the facts of both."""

    occupation: Occupation
    others: Sequence[Counterpart]
    facts: Mapping[int, Facts]
    editions: Sequence[EditionFacts]

    @property
    def line(self) -> list[Facts]:
        """Its own facts, then those of single counterparts, the newest edition first."""
        newest_first = sorted(self.others, key=lambda one: one.edition.released_on, reverse=True)
        single = [other.only.pk for other in newest_first if other.only is not None]
        return [self.facts[pk] for pk in (self.occupation.pk, *single) if pk in self.facts]

    @property
    def standing_in(self) -> dict[str, Sequence[Occupation]]:
        """Map the editions of ANZSCO, and its own, to what stands there for it."""
        return {self.occupation.edition.slug: (self.occupation,)} | {
            other.edition.slug: other.occupations
            for other in self.others
            if other.edition.classification == OWN_CODES
        }


@dataclass(frozen=True)
class Column:
    """The head of one occupation, and the address of the page without it."""

    occupation: Occupation
    value: str
    remove: str


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the occupations that the address names in columns, and what differs in words."""
    chosen = read_chosen(request.GET, most=MOST)
    here = reverse("occupations:compare")
    if not chosen.is_tidy:
        query = chosen.whole_query
        return HttpResponseRedirect(f"{here}?{query}" if query else here)
    context = {
        "chosen": chosen,
        "columns": [
            Column(one, value(one), without(chosen.occupations, one)) for one in chosen.occupations
        ],
        "sections": _sections(chosen.occupations, on=timezone.localdate())
        if chosen.occupations
        else [],
        "is_comparison": len(chosen.occupations) >= FEWEST,
        "has_room": len(chosen.occupations) < MOST,
        "most": MOST,
        "editions": edition_options(),
    }
    return render(request, "occupations/compare.html", context)


def _sections(occupations: Sequence[Occupation], *, on: date) -> list[Section]:
    editions = every_edition()
    every = [facts.edition for facts in editions]
    others = {one.pk: counterparts(one, editions=every) for one in occupations}
    family = {one.pk: one for one in occupations} | {
        other.pk: other
        for found in others.values()
        for counterpart in found
        for other in counterpart.occupations
    }
    facts = facts_of(*family.values())
    known = [Known(one, others[one.pk], facts, editions) for one in occupations]
    return [
        Section("What it is", tuple(_identity(known))),
        Section("What the work is", (_tasks(known),), note="Our own plain words."),
        *visa_sections(known, editions=editions, on=on),
        Section("Skills assessment", (_authorities(known),)),
        Section("In other editions", tuple(_in_editions(known, editions)), term="correspondence"),
    ]


def _identity(known: Sequence[Known]) -> list[Row]:
    by_edition = {facts.edition.pk: facts for facts in known[0].editions}
    rows = [
        row(
            "Edition",
            [
                text(
                    one.occupation.edition.short_title,
                    url=one.occupation.edition.get_absolute_url(),
                    note=_readers(by_edition[one.occupation.edition_id]),
                )
                for one in known
            ],
            term="edition",
        ),
        row("Code", [text(one.occupation.code, key=one.occupation.code) for one in known]),
        row("Title", [text(one.occupation.title) for one in known]),
    ]
    rows += [
        row(
            f"Skill level in {country}",
            [_level(one, country=country, column=column, by_edition=by_edition) for one in known],
            term="skill-level",
        )
        for country, column in (("Australia", "australia"), ("New Zealand", "new_zealand"))
    ]
    rows.append(row("Unit group", [_unit_group(one) for one in known], term="unit-group"))
    rows += [
        row(label, [_titles(one, kind=kind) for one in known], term=term)
        for label, kind, term in (
            ("Alternative titles", TitleKind.ALTERNATIVE, "alternative-title"),
            ("Specialisations", TitleKind.SPECIALISATION, "specialisation"),
        )
    ]
    return rows


def _readers(facts: EditionFacts) -> str:
    return f"Read by visas {facts.readers}" if facts.readers else "No visa reads it"


def _level(
    one: Known, *, country: str, column: str, by_edition: Mapping[int, EditionFacts]
) -> Cell:
    occupation = one.occupation
    level = occupation.skill_level if country == "Australia" else occupation.skill_level_nz
    if level is None:
        return Cell()
    words = by_edition[occupation.edition_id].skill_levels.get(level)
    return text(f"Level {level}", key=str(level), note=words[column] if words else "")


def _unit_group(one: Known) -> Cell:
    group = one.occupation.unit_group
    url = reverse("occupations:detail", args=[one.occupation.edition.slug, group.code])
    return text(group.title, code=group.code, url=url)


def _titles(one: Known, *, kind: TitleKind) -> Cell:
    """Give the titles of its edition, else those that a single counterpart's edition states."""
    own = one.facts[one.occupation.pk]
    for facts in one.line:
        titles = [title for title in facts["titles"] if title["kind"] != TitleKind.ASSESSOR]
        if titles:
            items = tuple(Item(title["title"]) for title in titles if title["kind"] == kind)
            stated = "" if facts is own or not items else f"Stated in {facts['edition_name']}"
            return Cell(items, note=stated)
    return Cell()


def _tasks(known: Sequence[Known]) -> Row:
    return row("Tasks of the unit group", [_tasks_of(one) for one in known], term="task")


def _tasks_of(one: Known) -> Cell:
    own = one.facts[one.occupation.pk]
    facts = next((facts for facts in one.line if facts["tasks"]), None)
    if facts is None:
        return Cell(empty="We have written none yet")
    items = tuple(Item(task["text"]) for task in facts["tasks"] if not task["is_note"])
    written = "" if facts is own else f"Written for {facts['edition_name']}"
    return Cell(items, note=written)


def _authorities(known: Sequence[Known]) -> Row:
    return row(
        "Assessing authority",
        [_authorities_of(one) for one in known],
        term="assessing-authority",
    )


def _authorities_of(one: Known) -> Cell:
    for facts in one.line:
        if facts["assessments"]:
            items = tuple(
                Item(
                    assessment["acronym"],
                    key=f"{assessment['acronym']} {assessment['group']}",
                    url=assessment["url"],
                    note=f"{assessment['name']}; assessment group {assessment['group']}"
                    if assessment["group"]
                    else assessment["name"],
                )
                for assessment in facts["assessments"]
            )
            return Cell(items, note=f"For {facts['code']} of {facts['edition_name']}")
    return Cell(empty="Our copy names none")


def _in_editions(known: Sequence[Known], editions: Sequence[EditionFacts]) -> list[Row]:
    return [
        row(facts.edition.short_title, [_there(one, facts=facts) for one in known])
        for facts in editions
    ]


def _there(one: Known, *, facts: EditionFacts) -> Cell:
    if facts.edition == one.occupation.edition:
        found: Sequence[Occupation] = (one.occupation,)
        note = "This one"
    else:
        other = next((one for one in one.others if one.edition == facts.edition), None)
        found = other.occupations if other else ()
        note = _CHANGES.get(other.change.value, "") if other else ""
    items = tuple(
        Item(occupation.title, code=occupation.code, url=occupation.get_absolute_url())
        for occupation in found
    )
    return Cell(items, empty="Nothing stands for it there", note=note if items else "")


_CHANGES = {
    "same": "Same code and title",
    "respelt": "Same code, title spelt another way",
    "renamed": "Same code, another title",
    "recoded": "Another code",
    "split": "Several occupations for its work",
    "merged": "One wider occupation",
}

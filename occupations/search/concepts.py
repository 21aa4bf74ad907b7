"""The concepts of the catalogue: one for each occupation, group, qualification, unit and term."""

import re
from collections import defaultdict
from collections.abc import Iterable

from occupations.folding import fold
from occupations.models import (
    Correspondence,
    Edition,
    GlossaryTerm,
    Group,
    GroupLevel,
    Occupation,
    Qualification,
    Unit,
)
from occupations.search.pages import Concept, Kind, Page

KEPT = "ANZSCO"  # whose editions mostly keep a code for the same occupation
_RESIDUAL = re.compile(r"\bnec\b|^Other\b")


class Concepts:
    """
    Which pages are of one concept, across the editions.

    An occupation of the newest ANZSCO edition is a concept; so is every other one that no code
    or link leads to a single such one. Of those ``stands_for`` gives the concepts linked. One that
    is a part of a single such one lends it its names, and is a concept in its own edition besides.
    """

    def __init__(self) -> None:
        self.editions = {edition.pk: edition for edition in Edition.objects.all()}
        self.every: list[Concept] = []
        self.codes: dict[str, list[tuple[int, Page]]] = defaultdict(list)
        self.titles: list[tuple[int, Page]] = []  # each page's title is a name of its concept
        self.of_group: dict[int, int] = {}  # a group's row to its concept
        self.of_occupation: dict[int, list[int]] = {}  # an occupation's row: its own, then linked
        self.in_group: dict[int, list[int]] = defaultdict(list)  # a group's row to occupations'
        self.of_term: dict[int, int] = {}  # a glossary term's row to its concept
        self.stands_for: dict[int, list[int]] = {}
        self._partial: set[int] = set()  # rows of occupations with a link in part
        self._occupations()
        self._groups()
        self._training()
        self._glossary()

    def of(self, occupation: int | None) -> int | None:
        """Give the concept of an occupation's row; none if it is retired or withdrawn."""
        return next(iter(self.of_occupation.get(occupation or 0, [])), None)

    def _occupations(self) -> None:
        rows = list(
            Occupation.objects.current().filter(retired=False).order_by("code").defer("unit_group")
        )
        newest_first = sorted(rows, key=lambda row: self._newness(row.edition_id), reverse=True)
        home = next((row.edition_id for row in newest_first if self._is_kept(row.edition_id)), None)
        links = self._links()
        self._rows = {(row.edition_id, row.code) for row in rows}
        by_code: dict[tuple[str, str], int] = {}
        groups = dict(Occupation.objects.values_list("pk", "unit_group__code"))
        for row in newest_first:
            edition = self.editions[row.edition_id]
            page = self._occupation_page(row, edition)
            key = (edition.classification, row.code)
            targets = _ends(row.pk, links, self.of_occupation)
            if row.edition_id == home:
                at = self._add(page, is_current=True, unit_group=groups[row.pk])
            elif key in by_code and (edition.classification == KEPT or not targets):
                at = by_code[key]
            elif len(targets) == 1 and not self._is_part(row, of=targets[0]):
                at = targets[0]
            else:
                at = self._add(page, is_current=not home)
                self.stands_for[at] = targets
            by_code.setdefault(key, at)
            self.every[at].pages.setdefault(edition.slug, page)
            self.codes[row.code].append((at, page))
            self.titles.append((at, page))
            if len(targets) == 1 and at != targets[0]:
                self.titles.append((targets[0], page))
                self.of_occupation[row.pk] = targets
            else:
                self.of_occupation[row.pk] = [at, *(one for one in targets if one != at)]

    def _is_part(self, row: Occupation, *, of: int) -> bool:
        """Tell whether a row is less than what it is linked to, and has another title."""
        whole = self.every[of].home
        is_beside_it = self._is_kept(row.edition_id) and (row.edition_id, whole.code) in self._rows
        return (row.pk in self._partial or is_beside_it) and fold(row.title) != fold(whole.title)

    def _links(self) -> dict[int, list[int]]:
        links = defaultdict(list)
        rows = Correspondence.objects.order_by().values_list(
            "from_occupation", "to_occupation", "is_partial"
        )
        for start, end, is_partial in rows:
            links[start].append(end)
            if is_partial:
                self._partial.add(start)
        return links

    def _newness(self, edition_id: int) -> tuple[bool, object]:
        edition = self.editions[edition_id]
        return (edition.classification == KEPT, edition.released_on)

    def _is_kept(self, edition_id: int) -> bool:
        return self.editions[edition_id].classification == KEPT

    def _occupation_page(self, row: Occupation, edition: Edition) -> Page:
        row.edition = edition
        return Page(
            kind=Kind.OCCUPATION,
            code=row.code,
            title=row.title,
            url=row.get_absolute_url(),
            edition=edition.slug,
            edition_title=edition.short_title,
            classification=edition.classification,
            kind_name="Occupation",
            skill_level=row.skill_level,
        )

    def _add(self, page: Page, *, is_current: bool, unit_group: str = "") -> int:
        self.every.append(
            Concept(
                home=page,
                pages={page.edition: page},
                is_current=is_current,
                is_residual=bool(_RESIDUAL.search(page.title)),
                unit_group=unit_group,
            )
        )
        return len(self.every) - 1

    def _groups(self) -> None:
        rows = sorted(
            Group.objects.current(), key=lambda row: self._newness(row.edition_id), reverse=True
        )
        by_code: dict[tuple[str, str], int] = {}
        newest = self._newness(rows[0].edition_id) if rows else None
        for row in rows:
            edition = row.edition = self.editions[row.edition_id]
            level = GroupLevel(row.level)
            page = Page(
                kind=Kind.GROUP,
                code=row.code,
                title=row.title,
                url=row.get_absolute_url(),
                edition=edition.slug,
                edition_title=edition.short_title,
                classification=edition.classification,
                level=row.level,
                kind_name=str(level.label),
            )
            key = (edition.classification, row.code)
            if key not in by_code:
                is_current = self._newness(row.edition_id) == newest
                by_code[key] = self._add(page, is_current=is_current)
            at = self.of_group[row.pk] = by_code[key]
            self.every[at].pages.setdefault(edition.slug, page)
            self.codes[row.code].append((at, page))
            self.titles.append((at, page))
        rows_in = Occupation.objects.order_by("pk").values_list("pk", "unit_group")
        for occupation, group in rows_in:
            own = self.of(occupation)
            if own is not None:
                self.in_group[group].append(own)

    def _training(self) -> None:
        kinds: list[tuple[Kind, str, Iterable[Qualification | Unit]]] = [
            (Kind.QUALIFICATION, "Qualification", Qualification.objects.filter(withdrawn_on=None)),
            (Kind.UNIT, "Unit of competency", Unit.objects.filter(withdrawn_on=None)),
        ]
        for kind, kind_name, rows in kinds:
            for row in rows:
                page = Page(
                    kind=kind,
                    code=row.code,
                    title=row.title,
                    url=row.get_absolute_url(),
                    kind_name=kind_name,
                )
                at = self._add(page, is_current=True)
                self.codes[row.code].append((at, page))
                if row.title:
                    self.titles.append((at, page))

    def _glossary(self) -> None:
        for term in GlossaryTerm.objects.all():
            page = Page(
                kind=Kind.GLOSSARY,
                code="",
                title=term.term,
                url=term.get_absolute_url(),
                kind_name="Word of the field",
            )
            at = self.of_term[term.pk] = self._add(page, is_current=True)
            self.every[at].summary = term.text
            self.titles.append((at, page))


def _ends(start: int, links: dict[int, list[int]], known: dict[int, list[int]]) -> list[int]:
    """Follow the links of an occupation to the concepts that stand at their ends."""
    found: dict[int, None] = {}
    for end in links.get(start, []):
        found.update(dict.fromkeys(known.get(end, [])))
    return list(found)

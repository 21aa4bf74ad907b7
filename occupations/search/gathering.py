"""Everything that is searched, read from the catalogue and the words of editors."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from occupations.models import (
    Correspondence,
    Edition,
    Group,
    GroupLevel,
    GroupSummary,
    IscoCorrespondence,
    LayWord,
    Occupation,
    OccupationSummary,
    OfficialText,
    OtherTitle,
    PublishedLayWord,
    Qualification,
    SpecialistTask,
    Task,
    TechnologyTool,
    Unit,
)
from occupations.search.pages import Concept, Gathered, Kind, Line, Name, NameKind, Page

KEPT = "ANZSCO"  # whose editions mostly keep a code for the same occupation
_DOUBLE = re.compile(r"\s+[/\\]\s+")
_MARK = re.compile(r"\s*\((?:Aus|NZ|General)\)")
_RESIDUAL = re.compile(r"\bnec\b|^Other\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def gather() -> Gathered:
    """Read what is searched; about twenty queries, whatever the size of the catalogue."""
    return _Gathering().gathered()


class _Gathering:
    """The concepts under way: which rows became which of them."""

    def __init__(self) -> None:
        self.editions = {edition.pk: edition for edition in Edition.objects.all()}
        self.concepts: list[Concept] = []
        self.names: list[Name] = []
        self.lines: list[Line] = []
        self.tools: list[tuple[int, str]] = []
        self.codes: dict[str, list[tuple[int, Page]]] = defaultdict(list)
        self.of_group: dict[int, int] = {}  # a group's row to its concept
        self.of_occupation: dict[int, list[int]] = {}  # an occupation's row to its concepts
        self.in_group: dict[int, list[int]] = defaultdict(list)  # a group's row to occupations'
        self.stands_for: dict[int, list[int]] = {}  # a concept of no ANZSCO code to those linked

    def gathered(self) -> Gathered:
        self._occupations()
        self._groups()
        self._training()
        self._titles()
        self._lay_words()
        self._isco_titles()
        self._own_words()
        self._skills()
        self._borrow()
        return Gathered(
            concepts=self.concepts,
            names=self.names,
            lines=self.lines,
            tools=self.tools,
            codes=dict(self.codes),
        )

    def _occupations(self) -> None:
        rows = list(
            Occupation.objects.current().filter(retired=False).order_by("code").defer("unit_group")
        )
        newest_first = sorted(rows, key=lambda row: self._newness(row.edition_id), reverse=True)
        home = next(
            (row.edition_id for row in newest_first if self._is_kept(row.edition_id)), None
        )
        links = self._links()
        by_code: dict[tuple[str, str], int] = {}
        wider: list[tuple[Occupation, list[int]]] = []
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
            elif len(targets) == 1:
                at = targets[0]
            else:
                at = self._add(page, is_current=not home)
                self.stands_for[at] = targets
            by_code.setdefault(key, at)
            self.concepts[at].pages.setdefault(edition.slug, page)
            self.codes[row.code].append((at, page))
            self.of_occupation[row.pk] = [at, *(one for one in targets if one != at)]
            self._name_title(at, page)
            wider.append((row, [one for one in targets if one != at]))
        for row, targets in wider:
            for target in targets:
                self._name(target, NameKind.WIDER, row.title, edition_id=row.edition_id)

    def _links(self) -> dict[int, list[int]]:
        links = defaultdict(list)
        rows = Correspondence.objects.order_by().values_list("from_occupation", "to_occupation")
        for start, end in rows:
            links[start].append(end)
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
        self.concepts.append(
            Concept(
                home=page,
                pages={page.edition: page},
                is_current=is_current,
                is_residual=bool(_RESIDUAL.search(page.title)),
                unit_group=unit_group,
            )
        )
        return len(self.concepts) - 1

    def _name_title(self, at: int, page: Page) -> None:
        for text in _ways(page.title):
            self.names.append(
                Name(concept=at, kind=NameKind.TITLE, text=text, stated_in=page.edition_title)
            )

    def _name(
        self, at: int, kind: NameKind, title: str, *, edition_id: int | None = None, seq: int = 1
    ) -> None:
        stated_in = self.editions[edition_id].short_title if edition_id else ""
        for text in _ways(title):
            self.names.append(
                Name(concept=at, kind=kind, text=text, stated_in=stated_in, seq=seq)
            )

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
            self.concepts[at].pages.setdefault(edition.slug, page)
            self.codes[row.code].append((at, page))
            self._name_title(at, page)
        for pk, group_id, title, edition_id in Occupation.objects.order_by("pk").values_list(
            "pk", "unit_group", "unit_group__title", "edition"
        ):
            concepts = self.of_occupation.get(pk, [])
            self.in_group[group_id].extend(concepts[:1])
            if concepts and self.concepts[concepts[0]].home.edition == self.editions[edition_id].slug:
                self._name(concepts[0], NameKind.WIDER, title, edition_id=edition_id)

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
                    self._name_title(at, page)

    def _titles(self) -> None:
        rows = OtherTitle.objects.order_by("pk").values_list(
            "occupation", "occupation__edition", "kind", "title"
        )
        for occupation, edition_id, kind, title in rows:
            for at in self.of_occupation.get(occupation, [])[:1]:
                self._name(at, NameKind(kind), title, edition_id=edition_id)

    def _lay_words(self) -> None:
        published = PublishedLayWord.objects.order_by("pk").values_list(
            "occupation", "word", "seq", "said_in"
        )
        countries = dict(PublishedLayWord._meta.get_field("said_in").base_field.choices)
        for occupation, word, seq, said_in in published:
            for at in self.of_occupation.get(occupation, [])[:1]:
                self.names.append(
                    Name(
                        concept=at,
                        kind=NameKind.LAY_WORD,
                        text=word,
                        stated_in=", ".join(str(countries[one]) for one in said_in),
                        seq=seq,
                    )
                )
        for word, edition, code in LayWord.objects.values_list("word", "edition", "code"):
            for at, page in self.codes.get(code, []):
                if page.edition == edition:
                    self.names.append(Name(concept=at, kind=NameKind.LAY_WORD, text=word))

    def _isco_titles(self) -> None:
        rows = IscoCorrespondence.objects.order_by("pk").values_list(
            "occupation", "isco_group__title"
        )
        for occupation, title in rows:
            for at in self.of_occupation.get(occupation, [])[:1]:
                self.names.append(
                    Name(concept=at, kind=NameKind.WIDER, text=title, stated_in="ISCO-08")
                )

    def _own_words(self) -> None:
        for occupation, text in OccupationSummary.objects.values_list("occupation", "text"):
            for at in self.of_occupation.get(occupation, [])[:1]:
                self._line(at, text, is_own=True)
                self.concepts[at].summary = self.concepts[at].summary or text
        of_groups: list[tuple[int, str]] = [
            *GroupSummary.objects.values_list("group", "text"),
            *Task.objects.filter(is_note=False).values_list("group", "text"),
        ]
        for group, text in of_groups:
            for sentence in _SENTENCE.split(text):
                concept = self.concepts[self.of_group[group]]
                concept.summary = concept.summary or sentence
                self._line(self.of_group[group], sentence, is_own=True)
                for at in dict.fromkeys(self.in_group.get(group, [])):
                    self._line(at, sentence, is_own=False)
        self._official()

    def _official(self) -> None:
        rows = OfficialText.objects.exclude(kind="skill").order_by("pk")
        for occupation, group, text in rows.values_list("occupation", "group", "text"):
            for at in self.of_occupation.get(occupation, [])[:1]:
                self._line(at, text, is_own=True)
            for at in dict.fromkeys(self.in_group.get(group, [])):
                self._line(at, text, is_own=False)

    def _skills(self) -> None:
        tasks = SpecialistTask.objects.order_by("pk").values_list("occupation", "group", "text")
        for at, text in self._of_each(tasks):
            self._line(at, text, is_own=False, is_task=True)
        tools = TechnologyTool.objects.order_by("pk").values_list("occupation", "group", "tool")
        self.tools.extend(self._of_each(tools))

    def _borrow(self) -> None:
        """Give a concept that splits into others what is said of those, for its own edition."""
        lent: dict[int, list[int]] = defaultdict(list)
        for at, targets in self.stands_for.items():
            for target in targets:
                lent[target].append(at)
        for name in list(self.names):
            if name.kind is NameKind.LAY_WORD:
                for at in lent.get(name.concept, []):
                    self.names.append(replace(name, concept=at, seq=name.seq + 1))
        for line in list(self.lines):
            if not line.is_task:
                for at in lent.get(line.concept, []):
                    self._line(at, line.text, is_own=False)

    def _of_each(
        self, rows: Iterable[tuple[int | None, int | None, str]]
    ) -> Iterator[tuple[int, str]]:
        for occupation, group, text in rows:
            found = self.of_occupation.get(occupation, []) if occupation else []
            for at in found or dict.fromkeys(self.in_group.get(group or 0, [])):
                yield at, text

    def _line(self, at: int, text: str, *, is_own: bool, is_task: bool = False) -> None:
        self.lines.append(Line(concept=at, text=text, is_own=is_own, is_task=is_task))


def _ends(start: int, links: dict[int, list[int]], known: dict[int, list[int]]) -> list[int]:
    """Follow the links of an occupation to the concepts that stand at their ends."""
    found: dict[int, None] = {}
    for end in links.get(start, []):
        found.update(dict.fromkeys(known.get(end, [])))
    return list(found)


def _ways(title: str) -> list[str]:
    """Give a title whole and without its marks, and each half of a double one."""
    plain = _MARK.sub("", title)
    return list(dict.fromkeys([title, plain, *_DOUBLE.split(plain)]))

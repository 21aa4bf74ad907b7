"""What a hit leads to, and what stands behind it: pages, and the concepts that they are of."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    OCCUPATION = "occupation"
    GROUP = "group"
    QUALIFICATION = "qualification"
    UNIT = "unit"
    GLOSSARY = "glossary"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page of one edition, of training or of the glossary, as a hit shows it."""

    kind: Kind
    code: str
    title: str
    url: str
    edition: str = ""  # its slug; nothing for training and the glossary
    edition_title: str = ""
    classification: str = ""
    level: str = ""  # of a group
    kind_name: str
    skill_level: int | None = None

    def __hash__(self) -> int:
        return hash((self.edition, self.code))  # all ten fields would take longer than to write it


@dataclass(kw_only=True, slots=True)
class Concept:
    """
    One occupation, group, qualification, unit or term, in all its editions.

    ``pages`` are its pages by the slug of their edition, newest first; of a partial link the
    page is missing, since it stands for more. ``home`` is the page that a hit shows.
    """

    home: Page
    pages: dict[str, Page] = field(default_factory=dict)
    is_current: bool = True  # it stands in the newest ANZSCO edition, or in none
    is_residual: bool = False
    unit_group: str = ""
    summary: str = ""  # our sentence that sets it apart
    confused_with: set[str] = field(default_factory=set)  # codes that its unit group tells apart

    def page_in(self, edition: str) -> Page | None:
        """Give the page to show: in the edition that was asked for, else the newest one."""
        return self.pages.get(edition) if edition and self.home.edition else self.home

    def also_in(self, shown: Page) -> tuple[str, ...]:
        """Name the other editions that have it, with its code there where that differs."""
        others = [page for page in self.pages.values() if page is not shown]
        return tuple(
            page.edition_title
            if page.code == shown.code and page.classification == shown.classification
            else f"{page.edition_title} as {page.code}"
            for page in others
        )


class NameKind(StrEnum):
    """What a name is to its concept, in the words of the API."""

    TITLE = "title"
    ALTERNATIVE = "alternative"
    ASSESSOR = "assessor"
    SPECIALISATION = "specialisation"
    NEC = "nec_occupation"
    LAY_WORD = "lay_word"
    WIDER = "wider"  # a title of ISCO, of the unit group, or of an edition that splits otherwise


OWN_NAMES = frozenset({NameKind.TITLE, NameKind.ALTERNATIVE, NameKind.ASSESSOR})
NARROW_NAMES = frozenset({NameKind.SPECIALISATION, NameKind.NEC})


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """What a concept is called, by whom, and how surely this concept is meant: 1 is surest."""

    concept: int
    kind: NameKind
    text: str
    stated_in: str = ""
    seq: int = 1
    is_part: bool = False  # the title of another edition's occupation that is a part of this one

    @property
    def weight(self) -> float:
        """How far a name stands for its concept: a narrower or wider one less than its own."""
        if self.kind in OWN_NAMES:
            return 1.0
        if self.kind in NARROW_NAMES:
            return 0.95
        if self.kind is NameKind.LAY_WORD:
            return 1.0 if self.seq == 1 else 0.9
        return 0.7

    def is_of(self, page: Page | None) -> bool:
        """Tell whether this page has the name: beside its own page a part is no part of another."""
        return not (self.is_part and page is not None and page.edition_title == self.stated_in)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A sentence or phrase on what the people of a concept do; ``is_own`` if it is of it alone."""

    concept: int
    text: str
    is_own: bool
    is_task: bool  # a phrase of the skills data, which many occupations share


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """All that is searched, as of one state of the database."""

    concepts: list[Concept]
    names: list[Name]
    lines: list[Line]
    tools: list[tuple[int, str]]
    codes: dict[str, list[tuple[int, Page]]]

"""What a visitor keeps the search to, read from the address, and the choices of the form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Max
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from occupations.facts.tense import is_history
from occupations.models import Edition, ListMembership, OccupationList
from occupations.search import Kind, Narrowing, Recent
from occupations.views.addresses import tidy_edition
from occupations.views.list_copies import ListCopy, copies_of

KIND_LABELS = {
    Kind.OCCUPATION: "Occupations",
    Kind.GROUP: "Groups",
    Kind.QUALIFICATION: "Qualifications",
    Kind.UNIT: "Units of competency",
    Kind.GLOSSARY: "Words of the field",
}
_LEVELS = range(1, 6)

_NAMES = ("kind", "edition", "skill_level", "list", "exact")
_LONGEST = 100  # characters of a choice; a longer one is none

type Options = tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, eq=False)
class _Choices:
    """The editions and the lists, each list with the day of its newest copy, as read at once."""

    editions: list[Edition]
    lists: list[tuple[OccupationList, date | None]]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What was chosen, and under each name the options with their labels."""

    kind: Kind | None
    edition: Edition | None
    skill_level: int | None
    list: OccupationList | None
    copy: ListCopy | None  # of the list, the newest
    is_exact: bool
    kinds: Options
    editions: Options
    skill_levels: Options
    lists: Options

    @property
    def narrowing(self) -> Narrowing:
        among = None
        if self.copy is not None:
            among = frozenset((self.copy.edition.slug, code) for code in self.copy.codes)
        return Narrowing(skill_level=self.skill_level, among=among)

    @property
    def is_any(self) -> bool:
        """Tell whether something is left out because of what was chosen."""
        return bool(self.kind or self.edition or self.skill_level or self.list)

    @property
    def fields(self) -> str:
        """The fields of the form, as HTML."""
        return _fields(self.kinds, self.editions, self.skill_levels, self.lists)

    @property
    def list_url(self) -> str:
        return reverse("occupations:list", args=[self.list.slug]) if self.list else ""

    @property
    def state(self) -> dict[str, str]:
        """Write what was chosen as the query of an address does."""
        chosen = {
            "kind": self.kind.value if self.kind else "",
            "edition": self.edition.slug if self.edition else "",
            "skill_level": str(self.skill_level or ""),
            "list": self.list.slug if self.list else "",
            "exact": "1" if self.is_exact else "",
        }
        return {name: value for name, value in chosen.items() if value}


@lru_cache(maxsize=100)
def _fields(kinds: Options, editions: Options, skill_levels: Options, lists: Options) -> str:
    options = {"kinds": kinds, "editions": editions, "skill_levels": skill_levels, "lists": lists}
    return render_to_string("occupations/search.html#fields", options)


def read_filters(typed: QueryDict, *, on: date) -> Filters:
    """Read the filters of an address, vain ones left out; one query for the copy of a list."""
    asked = tuple(typed.get(name, "")[:_LONGEST] for name in _NAMES)
    return _filters(*asked, choices=_choices.read(), on=on)


@lru_cache(maxsize=100)
def _filters(
    kind: str, edition: str, level: str, of_list: str, exact: str, *, choices: _Choices, on: date
) -> Filters:
    slug = tidy_edition(edition)
    editions = choices.editions
    chosen_edition = next((one for one in editions if one.slug == slug), None)
    chosen_kind = next((one for one in Kind if one.value == kind), None)
    chosen_level = next((one for one in _LEVELS if str(one) == level), None)
    # A list of which the newest copy is history is none to look for.
    lists = [one for one, newest_on in choices.lists if not is_history(newest_on, on=on)]
    chosen = next((one for one in lists if one.slug == of_list), None)
    return Filters(
        kind=chosen_kind,
        edition=chosen_edition,
        skill_level=chosen_level,
        list=chosen,
        copy=_newest_copy(chosen, editions=editions, on=on) if chosen else None,
        is_exact=exact == "1",
        kinds=tuple((one.value, label, one is chosen_kind) for one, label in KIND_LABELS.items()),
        editions=tuple((one.slug, one.short_title, one == chosen_edition) for one in editions),
        skill_levels=tuple((str(one), f"Level {one}", one == chosen_level) for one in _LEVELS),
        lists=tuple((one.slug, one.acronym, one == chosen) for one in lists),
    )


def _read_choices() -> _Choices:
    dated = OccupationList.objects.annotate(newest_on=Max("memberships__source__as_at_on"))
    editions = list(Edition.objects.order_by("-released_on"))
    return _Choices(editions, [(one, one.newest_on) for one in dated])


_choices = Recent(_read_choices)


def _newest_copy(of: OccupationList, *, editions: Iterable[Edition], on: date) -> ListCopy:
    rows = ListMembership.objects.filter(occupation_list=of)
    return copies_of(rows, editions={one.pk: one for one in editions}, on=on)[0]

"""Two editions side by side: what became of every occupation of the older one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F

from occupations.correspondence.change import Change, Origin, change_of
from occupations.correspondence.links import Links, Trail
from occupations.models import Correspondence, Edition, Occupation


@dataclass(frozen=True)
class Place:
    """An occupation as one edition places it."""

    pk: int
    edition_id: int
    code: str
    title: str
    title_folded: str
    skill_level: int | None
    skill_level_nz: int | None
    group_code: str
    group_title: str
    group_folded: str


@dataclass(frozen=True)
class LevelChange:
    """A skill level that differs between the editions, in one country."""

    country: str
    older: int
    newer: int


@dataclass(frozen=True)
class Difference:
    """An occupation of the older edition and what stands for it, or one that is new."""

    older: Place | None
    newer: tuple[Place, ...]
    change: Change
    origin: Origin | None
    is_partial: bool
    level_changes: tuple[LevelChange, ...] = ()
    moved: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        return self.newer if self.older is None else (self.older, *self.newer)

    @property
    def is_retitled(self) -> bool:
        """Tell whether one occupation stands for another, under another title."""
        return (
            self.older is not None
            and len(self.newer) == 1
            and self.newer[0].title_folded != self.older.title_folded
        )


def differences(older: Edition, newer: Edition, *, editions: Sequence[Edition]) -> list[Difference]:
    """
    Compare two editions: a row for each occupation of the older one, then those that are new.

    Retired and withdrawn occupations are left out. An occupation has moved if the unit group
    that holds it has another title and, in the same classification, another code as well.
    ``editions`` are all that links may lead through. Two queries.
    """
    line = sorted(editions, key=lambda edition: edition.released_on)
    way = line[line.index(older) : line.index(newer) + 1]
    places = _places(older, newer)
    links = _links(way)
    keys = [edition.pk for edition in way]
    is_one_line = older.classification == newer.classification
    rows: list[Difference] = []
    followed: set[int] = set()
    for place in (one for one in places.values() if one.edition_id == older.pk):
        trail = links.follow(Trail(frozenset({place.pk})), editions=keys[1:])
        back = links.follow(Trail(trail.found), editions=keys[-2::-1])
        others = sorted((places[key] for key in trail.found if key in places), key=_by_code)
        followed |= trail.found
        rows.append(
            Difference(
                older=place,
                newer=tuple(others),
                change=change_of(place, others=others, sources=len(back.found)),
                origin=trail.origin,
                is_partial=trail.is_partial,
                level_changes=tuple(_level_changes(place, others)),
                moved=_moved(place, others, is_one_line=is_one_line),
            )
        )
    return rows + [
        Difference(
            older=None,
            newer=(place,),
            change=Change.NEW,
            origin=None,
            is_partial=False,
        )
        for place in places.values()
        if place.edition_id == newer.pk and place.pk not in followed
    ]


def _by_code(place: Place) -> str:
    return place.code


def _places(*editions: Edition) -> dict[int, Place]:
    rows = (
        Occupation.objects.current()
        .filter(edition__in=editions, retired=False)
        .order_by("code")
        .values(
            "pk",
            "edition_id",
            "code",
            "title",
            "title_folded",
            "skill_level",
            "skill_level_nz",
            group_code=F("unit_group__code"),
            group_title=F("unit_group__title"),
            group_folded=F("unit_group__title_folded"),
        )
    )
    return {row["pk"]: Place(**row) for row in rows}


def _links(way: Sequence[Edition]) -> Links:
    rows = list(
        Correspondence.objects.filter(
            from_occupation__edition__in=way, to_occupation__edition__in=way
        )
        .order_by()
        .values_list(
            "from_occupation",
            "to_occupation",
            "is_partial",
            "origin",
            "from_occupation__edition",
            "to_occupation__edition",
        )
    )
    edition_of = {}
    for one, other, _, _, edition, other_edition in rows:
        edition_of[one], edition_of[other] = edition, other_edition
    links = Links(edition_of)
    for one, other, is_partial, origin, _, _ in rows:
        links.add(one, other, is_derived=origin == Origin.DERIVED, is_partial=is_partial)
    return links


def _level_changes(place: Place, others: Sequence[Place]) -> Iterator[LevelChange]:
    seen = set()
    for other in others:
        for country, older, newer in (
            ("Australia", place.skill_level, other.skill_level),
            ("New Zealand", place.skill_level_nz, other.skill_level_nz),
        ):
            if older is None or newer is None or older == newer or (country, newer) in seen:
                continue
            seen.add((country, newer))
            yield LevelChange(country, older, newer)


def _moved(place: Place, others: Sequence[Place], *, is_one_line: bool) -> tuple[Place, ...]:
    """Give one counterpart for each other unit group that holds the occupation now."""
    by_group = {
        one.group_code: one
        for one in others
        if one.group_folded != place.group_folded
        and not (is_one_line and one.group_code == place.group_code)
    }
    return tuple(by_group.values())

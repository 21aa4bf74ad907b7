"""The stored links between occupations, and one step along them to another edition."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models.expressions import RawSQL

from occupations.correspondence.change import Origin
from occupations.models import Occupation

_NEAR = """
    UNION
    SELECT near.id FROM family CROSS JOIN LATERAL (
        SELECT to_occupation_id AS id FROM occupations_correspondence
        WHERE from_occupation_id = family.id
        UNION ALL
        SELECT from_occupation_id FROM occupations_correspondence
        WHERE to_occupation_id = family.id
    ) AS near
"""
_FAMILY = f"""
WITH RECURSIVE family (id) AS (
    SELECT %s::bigint
    {_NEAR}
)
SELECT occupation.*, (
    SELECT json_agg(json_build_array(to_occupation_id, is_partial, origin))::text
    FROM occupations_correspondence WHERE from_occupation_id = occupation.id
) AS stored_links
FROM occupations_occupation AS occupation JOIN family USING (id)
"""  # noqa: S608 (our own words)
_FAMILIES = f"""
WITH RECURSIVE family (id) AS (
    SELECT occupation.id
    FROM unnest(%s::text[], %s::text[]) AS wanted (edition, code)
    JOIN occupations_edition AS edition ON edition.slug = wanted.edition
    JOIN occupations_occupation AS occupation
        ON occupation.edition_id = edition.id AND occupation.code = wanted.code
    {_NEAR}
)
SELECT id FROM family
"""  # noqa: S608 (our own words)


@dataclass(frozen=True)
class Trail:
    """The occupations, by key, that links lead to, and what is known of the links on the way."""

    found: frozenset[int]
    is_derived: bool = False
    is_partial: bool = False

    @property
    def origin(self) -> Origin | None:
        """Say how we know; one derived link makes the whole way derived."""
        if not self.found:
            return None
        return Origin.DERIVED if self.is_derived else Origin.PUBLISHED


@dataclass(frozen=True)
class _End:
    key: int
    is_derived: bool
    is_partial: bool


@dataclass
class Links:
    """Links to walk along, either way; ``edition_of`` maps an occupation's key to its edition's."""

    edition_of: Mapping[int, int]
    _ends: dict[tuple[int, int], set[_End]] = field(default_factory=lambda: defaultdict(set))

    def add(self, one: int, other: int, *, is_derived: bool, is_partial: bool) -> None:
        """Take up a link between two occupations."""
        for start, end in ((one, other), (other, one)):
            key = (start, self.edition_of[end])
            self._ends[key].add(_End(end, is_derived, is_partial))

    def follow(self, trail: Trail, *, editions: Iterable[int]) -> Trail:
        """Go on from the end of a trail through these editions, one after the other."""
        for edition in editions:
            ends = [end for key in trail.found for end in self._ends.get((key, edition), ())]
            trail = Trail(
                frozenset(end.key for end in ends),
                is_derived=trail.is_derived or any(end.is_derived for end in ends),
                is_partial=trail.is_partial or any(end.is_partial for end in ends),
            )
        return trail


def family_of(occupation: int) -> tuple[dict[int, Occupation], Links]:
    """Read the occupations, by key, that links join to this one, and those links; one query."""
    family = {one.pk: one for one in Occupation.objects.raw(_FAMILY, [occupation])}
    links = Links({key: one.edition_id for key, one in family.items()})
    for key, one in family.items():
        for other, is_partial, origin in json.loads(getattr(one, "stored_links", None) or "[]"):
            links.add(key, other, is_derived=origin == Origin.DERIVED, is_partial=is_partial)
    return family, links


def families_of(places: Iterable[tuple[str, str]]) -> RawSQL:
    """Select the keys of occupations, by edition and code, and of all that links join to them."""
    editions, codes = zip(*places, strict=True)
    return RawSQL(_FAMILIES, [list(editions), list(codes)])  # noqa: S611 (our own words)

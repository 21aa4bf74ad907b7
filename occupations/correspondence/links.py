"""The stored links between occupations, and one step along them to another edition."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from occupations.correspondence.change import Origin
from occupations.models import Correspondence

_FAMILY = """
WITH RECURSIVE family (id) AS (
    SELECT %s::bigint
    UNION
    SELECT near.id FROM family CROSS JOIN LATERAL (
        SELECT to_occupation_id AS id FROM occupations_correspondence
        WHERE from_occupation_id = family.id
        UNION ALL
        SELECT from_occupation_id FROM occupations_correspondence
        WHERE to_occupation_id = family.id
    ) AS near
)
SELECT * FROM occupations_correspondence
WHERE from_occupation_id IN (SELECT id FROM family)
"""


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


def family_of(occupation: int) -> list[Correspondence]:
    """Read every link that leads to an occupation, however many links lie between; one query."""
    return list(Correspondence.objects.raw(_FAMILY, [occupation]))

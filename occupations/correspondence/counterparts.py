"""One occupation in every other edition."""

from collections.abc import Sequence
from dataclasses import dataclass

from occupations.correspondence.change import Change, Origin, change_of
from occupations.correspondence.links import Trail, family_of
from occupations.models import Edition, Occupation


@dataclass(frozen=True)
class Counterpart:
    """What stands for an occupation in another edition, and how we know."""

    edition: Edition
    occupations: tuple[Occupation, ...]
    change: Change
    origin: Origin | None
    is_partial: bool

    @property
    def only(self) -> Occupation | None:
        return self.occupations[0] if len(self.occupations) == 1 else None


def counterparts(occupation: Occupation, *, editions: Sequence[Edition]) -> list[Counterpart]:
    """
    Find what stands for ``occupation`` in each other of ``editions``, which are all we hold.

    The stored links are followed from edition to edition; a way with one derived link is
    derived. A retired code has no link, so nothing stands for it. One query.
    """
    family, links = family_of(occupation.pk)
    known = {edition.pk: edition for edition in editions}
    for one in family.values():
        one.edition = known[one.edition_id]
    line = sorted(editions, key=lambda edition: edition.released_on)
    here = next(place for place, edition in enumerate(line) if edition == occupation.edition)
    found = {}
    for way in (line[here:], line[here::-1]):
        passed, trail = [way[0].pk], Trail(frozenset({occupation.pk}))
        for edition in way[1:]:
            trail = links.follow(trail, editions=[edition.pk])
            back = links.follow(Trail(trail.found), editions=reversed(passed))
            passed.append(edition.pk)
            others = tuple(sorted((family[key] for key in trail.found), key=lambda one: one.code))
            found[edition.pk] = Counterpart(
                edition=edition,
                occupations=others,
                change=change_of(occupation, others=others, sources=len(back.found)),
                origin=trail.origin,
                is_partial=trail.is_partial,
            )
    return [found[edition.pk] for edition in editions if edition.pk in found]

"""Link the editions of ANZSCO that no published table links, each link with its reason."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from occupations.folding import fold

PAIRS = (("anzsco-2013", "anzsco-2019"), ("anzsco-2019", "anzsco-2021"))
TITLES_OF = "anzsco-2022"  # the one edition whose index of titles is published
BY_HAND = Path(__file__).resolve().parent / "resolved_by_hand.csv"

type Row = Mapping[str, str]
type Titles = Mapping[str, str]


class Basis(StrEnum):
    """What a derived link rests on, the strongest first."""

    CODE = "code"
    TITLE = "title"
    INDEX = "index of titles"
    HAND = "by hand"


@dataclass(frozen=True)
class DerivedLink:
    """A link from an occupation to one of the next edition, and what it rests on."""

    from_edition: str
    from_code: str
    to_edition: str
    to_code: str
    is_partial: bool
    basis: Basis

    def row(self) -> tuple[str, ...]:
        """Write the link as a row of ``correspondences.csv``."""
        is_partial = "yes" if self.is_partial else "no"
        return (
            self.from_edition,
            self.from_code,
            self.to_edition,
            self.to_code,
            is_partial,
            "derived",
        )


def derived_links(
    structure: Sequence[Row], *, index: Sequence[Row], by_hand: Sequence[Row]
) -> Iterator[DerivedLink]:
    """
    Link each occupation of an edition to what stands for it in the next one.

    The same code comes first, then the same title, then a title that the index of 2022 states
    for one occupation alone, then what ``by_hand`` says. A retired code has no link; nor has an
    occupation for which all four give nothing.
    """
    titles = _titles(structure)
    indexed = _indexed(index)
    hand = defaultdict(list)
    for row in by_hand:
        hand[row["from_edition"], row["from_code"]].append(row)
    for older, newer in PAIRS:
        found = titles.get(newer, {})
        by_title = _by_title(found)
        for code, title in titles.get(older, {}).items():
            name = fold(title)
            stated = indexed.get(name, "")
            if code in found:
                ends = [(code, False, Basis.CODE)]
            elif name in by_title:
                ends = [(by_title[name], False, Basis.TITLE)]
            elif stated in found:
                ends = [(stated, False, Basis.INDEX)]
            else:
                ends = [
                    (row["to_code"], row["is_partial"] == "yes", Basis.HAND)
                    for row in hand[older, code]
                    if row["to_code"]
                ]
            for end, is_partial, basis in ends:
                yield DerivedLink(older, code, newer, end, is_partial, basis)


def read_by_hand() -> list[Row]:
    """Read what we decided where neither code nor title decides, with the reason for each."""
    with BY_HAND.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _titles(structure: Sequence[Row]) -> Mapping[str, Titles]:
    """Map each edition to its occupations' titles by code, without retired codes."""
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    for row in structure:
        if row["level"] == "occupation":
            titles[row["edition"]][row["code"]] = row["title"]
    return titles


def _by_title(titles: Titles) -> Mapping[str, str]:
    """Map each folded title to its code, unless two occupations share it."""
    return _alone((fold(title), code) for code, title in titles.items())


def _indexed(index: Sequence[Row]) -> Mapping[str, str]:
    return _alone((fold(row["title"]), row["code"]) for row in index if row["edition"] == TITLES_OF)


def _alone(pairs: Iterator[tuple[str, str]]) -> Mapping[str, str]:
    codes: dict[str, set[str]] = defaultdict(set)
    for name, code in pairs:
        codes[name].add(code)
    return {name: next(iter(found)) for name, found in codes.items() if len(found) == 1}

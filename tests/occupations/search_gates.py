"""The titles, slips and sets of questions that search is held against."""

import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from occupations.search import find, gather
from tests.occupations.prose import rows_in, rows_of

SETS = Path(__file__).parent / "search_sets"
NEWEST = "anzsco-2022"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def titles_of_the_newest_edition():
    """Give every title of ANZSCO 2022 with the codes that have it, and what kind it is."""
    codes, kinds = defaultdict(set), {}
    for row in rows_of("occupations"):
        if row["edition"] == NEWEST:
            codes[row["title"]].add(row["code"])
            kinds[row["title"]] = "title"
    for row in rows_of("other_titles"):
        if row["edition"] == NEWEST:
            codes[row["title"]].add(row["occupation"])
            kinds.setdefault(row["title"], row["kind"])
    return codes, kinds


def questions(name):
    """Give the questions of one of our sets, each with its codes and its kind."""
    return [
        (
            row["query"],
            {one.partition(":")[2] for one in (row["expected"] or "").split("|") if one},
            row.get("kind", ""),
        )
        for row in rows_in(SETS / f"{name}.csv")
    ]


def with_slips(text, *, slips, chance):
    """Type a text with so many slips: a letter too many, too few, another, or two swapped."""
    typed = text
    for _ in range(slips):
        typed = _with_a_slip(typed, chance)
    return typed


def _with_a_slip(text, chance):
    while True:
        at, letter = chance.randrange(len(text)), chance.choice(LETTERS)
        slipped = chance.choice(
            [
                text[:at] + letter + text[at:],
                text[:at] + text[at + 1 :],
                text[:at] + letter + text[at + 1 :],
                text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :],
            ]
        )
        if slipped.strip() and slipped != text:
            return slipped


def gather_some(groups):
    """Gather the names and lines of some unit groups alone, for a test that needs no more."""
    whole = gather()
    wanted = [one.unit_group in groups for one in whole.concepts]
    return replace(
        whole,
        names=[one for one in whole.names if wanted[one.concept]],
        lines=[one for one in whole.lines if wanted[one.concept]],
        tools=[(concept, tool) for concept, tool in whole.tools if wanted[concept]],
    )


def not_first(codes_of, *, index):
    """List the titles whose own page, in the newest edition, search does not give first."""
    return [title for title, codes in codes_of.items() if not _is_first(title, codes, index=index)]


def share_first(codes_of, *, slips, seed, index):
    """Say what share of titles comes first though typed with slips, and list the others."""
    chance = random.Random(seed)  # noqa: S311 (the same slips in every run)
    missed = {}
    for title, codes in codes_of.items():
        typed = with_slips(title, slips=slips, chance=chance)
        if not _is_first(typed, codes, index=index):
            missed[title] = typed
    return 1 - len(missed) / len(codes_of), missed


def place_of(hits, codes):
    """Give the place of the first hit, from 1, that has one of these codes or is in its group."""
    for place, hit in enumerate(hits, 1):
        found = [page.code for page in (hit.page, *hit.others) if page.edition == NEWEST]
        if any(code.startswith(tuple(codes)) for code in found):
            return place
    return None


def _is_first(typed, codes, *, index):
    hits = find(typed, index=index).hits
    return bool(hits) and hits[0].page.edition == NEWEST and hits[0].page.code in codes

"""Words and names a slip or two away are found, all of them, among the few worth comparing."""

import random

import pytest
from rapidfuzz.distance import OSA

from occupations.search.slips import Slips
from tests.occupations.search_gates import titles_of_the_newest_edition, with_slips

FOLDED = [title.lower() for title in titles_of_the_newest_edition()[0]]


@pytest.mark.parametrize("slips", [1, 2])
def test_no_name_that_so_many_slips_turn_into_what_was_typed_is_passed_over(slips):
    chance = random.Random(5)  # noqa: S311 (the same slips in every run)
    known = Slips(FOLDED)
    for title in chance.sample(FOLDED, 200):
        typed = with_slips(title, slips=slips, chance=chance)
        near = {at for at, name in enumerate(FOLDED) if OSA.distance(typed, name) <= slips}

        found = known.names_from(typed, most=slips)

        assert {at for at, _ in found} == near
        assert all(OSA.distance(typed, FOLDED[at]) == many for at, many in found)


def test_a_word_is_mended_by_the_fewest_slips_then_by_its_start_then_by_its_frequency():
    known = Slips(["plumber", "number", "number one", "lumber"])

    assert known.word_for("numbre") == "number"
    assert known.word_for("lumbr") == "lumber"
    assert known.word_for("mumber") == "number"
    assert known.word_for("qqqqqq") == ""

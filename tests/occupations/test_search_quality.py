"""Search finds every title, forgives slips, and answers our own sets of questions well enough."""

import pytest

from occupations.search import Index, current_index, find, gather
from tests.occupations.search_gates import (
    not_first,
    place_of,
    questions,
    share_first,
    titles_of_the_newest_edition,
)

pytestmark = pytest.mark.django_db
TITLES, KINDS = titles_of_the_newest_edition()
OTHER_TITLES = {
    title: codes
    for title, codes in TITLES.items()
    if KINDS[title] in {"alternative", "specialisation"}
}


@pytest.fixture
def by_words():
    return current_index()


def test_every_title_is_known():
    assert len(TITLES) == 3269
    assert len(OTHER_TITLES) == 1875


@pytest.mark.no_cover  # a sweep over lines that other tests run too
def test_every_title_comes_first_by_words_alone(by_words):
    assert not_first(TITLES, index=by_words) == []


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize(
    ("slips", "shortest", "floor"),
    [pytest.param(1, 1, 0.99, id="one slip"), pytest.param(2, 8, 0.97, id="two slips")],
)
def test_a_title_typed_with_slips_comes_first(by_words, slips, shortest, floor):
    long_enough = {title: codes for title, codes in OTHER_TITLES.items() if len(title) >= shortest}

    share, missed = share_first(long_enough, slips=slips, seed=slips, index=by_words)

    assert share >= floor, missed


@pytest.mark.slow
def test_search_by_meaning_keeps_its_promises(settings, subtests):
    """One test, since the vectors of everything take the better part of a minute."""
    settings.SEARCH_BY_MEANING = True
    index = Index(gather(), most_new=None)
    assert index.meanings is not None

    with subtests.test("every title comes first"):
        assert not_first(TITLES, index=index) == []

    some = dict(list(OTHER_TITLES.items())[::4])
    with subtests.test("a title typed with a slip comes first"):
        share, missed = share_first(some, slips=1, seed=3, index=index)
        assert share >= 0.99, missed

    with subtests.test("right answers come early, and search stands by them"):
        asked = [
            (query, place_of(results.hits, codes), results.is_confident)
            for query, codes, _ in questions("answers")
            for results in [find(query, index=index)]
        ]
        assert _share(place is not None and place <= 5 for _, place, _ in asked) >= 0.8
        assert _share(place == 1 for _, place, _ in asked) >= 0.55
        assert _share(confident for _, place, confident in asked if place == 1) >= 0.9

    with subtests.test("what no occupation answers is seldom called an answer"):
        believed = [
            query for query, *_ in questions("no_answer") if find(query, index=index).is_confident
        ]
        assert len(believed) <= 0.1 * len(questions("no_answer")), believed

    with subtests.test("a description of one's work finds it"):
        places = [
            place_of(find(text, index=index).hits, codes)
            for text, codes, _ in questions("paragraphs")
        ]
        assert _share(place is not None and place <= 5 for place in places) >= 0.6


def _share(flags):
    flags = list(flags)
    return sum(flags) / len(flags)

"""Texts and their owners are counted as they should be."""

from collections import Counter

import numpy as np
import pytest

from occupations.search.arrays import Grouped, Postings, of_length_one, rarity, saturated


def test_each_concept_gets_the_weighted_score_of_its_best_text():
    grouped = Grouped([(2, 0, 1.0), (0, 1, 0.5), (0, 2, 1.0)], size=4)

    assert grouped.best(np.array([0.3, 0.9, 0.4], np.float32)) == pytest.approx([0.45, 0, 0.3, 0])


@pytest.mark.parametrize("weight", [1.0, 0.5])
def test_the_best_of_many_texts_or_few_is_found_alike(weight):
    chance = np.random.default_rng(3)
    scores = chance.standard_normal(50).astype(np.float32)
    texts = [chance.choice(50, size=size, replace=False) for size in (1, 2, 3, 7, 8, 9, 0, 40)]
    pairs = [(at, int(text), weight) for at, some in enumerate(texts) for text in some]

    best = Grouped(pairs, size=8).best(scores)

    expected = [weight * scores[some].max() if len(some) else 0 for some in texts]
    assert list(best) == pytest.approx(expected)


def test_the_texts_of_a_concept_are_found_again():
    grouped = Grouped([(2, 0, 1.0), (0, 1, 0.5), (0, 2, 1.0)], size=4)

    assert list(grouped.texts[grouped.of(0)]) == [1, 2]
    assert list(grouped.texts[grouped.of(1)]) == []


def test_no_pairs_at_all_give_nothing_to_anyone():
    assert list(Grouped([], size=2).best(np.zeros(0, np.float32))) == [0, 0]


def test_words_are_added_up_text_by_text():
    postings = Postings([Counter("ab"), Counter("b")], weight_of={"a": 2.0})

    assert list(postings.add_up({"a": 1.0, "b": 0.5, "unknown": 9.0})) == [1.5, 0.5]
    assert "a" in postings
    assert "c" not in postings
    assert (postings.weight("a"), postings.weight("c")) == (2.0, 0.0)


def test_a_rare_word_weighs_more_than_a_common_one():
    rare = rarity([Counter("ab"), Counter("b"), Counter("b")])

    assert rare["a"] > rare["b"] > 0


def test_runs_of_letters_make_a_vector_of_length_one():
    vector = of_length_one(Counter({"a": 3, "b": 4}), {"a": 1.0, "b": 1.0})

    assert vector == {"a": 0.6, "b": 0.8}
    assert of_length_one(Counter(), {}) == {}


def test_repeating_a_word_says_ever_less_and_a_long_text_says_it_more_weakly():
    once = saturated(Counter("a"), mean=1)["a"]
    twice = saturated(Counter("aa"), mean=2)["a"]
    in_much = saturated(Counter("abcdefgh"), mean=1)["a"]

    assert once < twice < 2 * once
    assert in_much < once

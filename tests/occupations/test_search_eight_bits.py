"""Reckoning in eight bits answers as reckoning in 32 does, but for a rounding."""

import numpy as np
import pytest

from occupations.search.eight_bits import in_eight_bits
from occupations.search.likeness import Likenesses
from occupations.search.meaning import SIZE, exact_model, language_model
from occupations.search.wire import fields_of, message_of

QUESTIONS = ["call centre supervisor", "someone who shears sheep", "I look after old people"]


def some_vectors(many):
    numbers = np.random.default_rng(4).standard_normal((many, SIZE)).astype(np.float32)
    return numbers / np.linalg.norm(numbers, axis=1, keepdims=True)


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [(1, 0), (1, 127), (2, 128), (15, 2**40)],
        [(8, b"name"), (9, b""), (200, b"x" * 300), (5, 1)],
    ],
)
def test_a_message_is_read_as_it_was_written(fields):
    message = message_of(fields)

    assert [
        (number, value if isinstance(value, int) else bytes(value))
        for number, value in fields_of(message)
    ] == fields


def test_a_field_written_in_another_way_is_refused():
    with pytest.raises(ValueError, match="way 5"):
        list(fields_of(bytes([1 << 3 | 5, 0, 0, 0, 0])))


def test_a_step_where_a_number_stands_is_refused():
    with pytest.raises(TypeError):
        in_eight_bits(message_of([(7, 1)]))


def test_likenesses_are_cosines_to_a_thousandth_or_so():
    vectors = some_vectors(50)
    asked = vectors[:3] * 0.6 + vectors[3:6] * 0.8

    assert np.allclose(Likenesses(vectors).of(asked), asked @ vectors.T, atol=0.004)


def test_a_vector_held_is_given_back_and_one_never_made_is_noughts():
    vectors = some_vectors(3)
    vectors[1] = 0
    held = Likenesses(vectors)

    assert np.allclose(held.vector(0), vectors[0], atol=0.001)
    assert not held.vector(1).any()
    assert not held.of(vectors)[:, 1].any()


def test_nothing_is_like_no_texts():
    assert Likenesses(some_vectors(0)).of(some_vectors(2)).shape == (2, 0)


def test_a_question_means_in_eight_bits_what_it_means_in_32(settings):
    settings.SEARCH_BY_MEANING = True
    quick, exact = language_model(), exact_model()
    assert quick is not None
    assert exact is not None

    for question in QUESTIONS:
        assert quick.read([question])[0] @ exact.read([question])[0] > 0.97

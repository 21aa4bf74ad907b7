"""One more question: anybody can answer it, and no program reads the answer off the page."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from enquiries.challenge import CHOICES, KINDS, LIFETIME, is_solved, new_challenge

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEY = uuid4()


def right_answer(challenge):
    kind = challenge.question.removeprefix("Which of these is ").removesuffix("?")
    [right] = set(KINDS[kind]) & set(challenge.choices)
    return right


def solves(challenge, answer, *, key=KEY, at=NOW):
    return is_solved(challenge.token, answer=answer, submission_key=key, now=at)


def test_one_of_four_choices_is_right():
    for _ in range(50):
        challenge = new_challenge(KEY, now=NOW)
        right = right_answer(challenge)
        assert len(set(challenge.choices)) == CHOICES
        assert right not in challenge.token
        assert [each for each in challenge.choices if solves(challenge, each)] == [right]


def test_the_answer_counts_for_its_form_alone():
    challenge = new_challenge(KEY, now=NOW)
    assert not solves(challenge, right_answer(challenge), key=uuid4())


def test_no_word_belongs_to_two_kinds():
    words = [word for of_kind in KINDS.values() for word in of_kind]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("later", [LIFETIME, -timedelta(seconds=1)])
def test_an_answer_out_of_its_time_is_worth_nothing(later):
    challenge = new_challenge(KEY, now=NOW)
    assert not solves(challenge, right_answer(challenge), at=NOW + later)


@pytest.mark.parametrize("token", ["", "1-2-3", "x.y", "\\0"])
def test_a_token_that_is_not_ours_is_worth_nothing(token):
    assert not is_solved(token, answer="Monday", submission_key=KEY, now=NOW)

"""One more question: anybody can answer it, once, and no program reads the answer off the page."""

from datetime import UTC, datetime, timedelta

import pytest

from enquiries.challenge import CHOICES, KINDS, LIFETIME, is_solved, new_challenge
from enquiries.models import SolvedChallenge

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def right_answer(challenge):
    kind = challenge.question.removeprefix("Which of these is ").removesuffix("?")
    [right] = set(KINDS[kind]) & set(challenge.choices)
    return right


def test_one_of_four_choices_is_right_and_counts_once():
    for _ in range(50):
        challenge = new_challenge(now=NOW)
        right = right_answer(challenge)
        assert len(set(challenge.choices)) == CHOICES
        assert right not in challenge.token
        assert not any(
            is_solved(challenge.token, answer=choice, now=NOW)
            for choice in challenge.choices
            if choice != right
        )
        assert is_solved(challenge.token, answer=right, now=NOW)
        assert not is_solved(challenge.token, answer=right, now=NOW)


def test_no_word_belongs_to_two_kinds():
    words = [word for of_kind in KINDS.values() for word in of_kind]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("later", [LIFETIME, -timedelta(seconds=1)])
def test_an_answer_out_of_its_time_is_worth_nothing(later):
    challenge = new_challenge(now=NOW)
    assert not is_solved(challenge.token, answer=right_answer(challenge), now=NOW + later)


@pytest.mark.parametrize("token", ["", "1-2-3", "x.y", "\0"])
def test_a_token_that_is_not_ours_is_worth_nothing(token):
    assert not is_solved(token, answer="Monday", now=NOW)


def test_solved_ones_are_forgotten_when_they_could_not_be_used_again():
    first = new_challenge(now=NOW)
    is_solved(first.token, answer=right_answer(first), now=NOW)
    later = NOW + LIFETIME
    second = new_challenge(now=later)
    is_solved(second.token, answer=right_answer(second), now=later)
    assert SolvedChallenge.objects.count() == 1

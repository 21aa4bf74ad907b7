"""The labelled submissions: nine in ten of spam are stopped, and no honest one is refused."""

import itertools
from datetime import timedelta
from uuid import uuid4

import pytest

from enquiries import abuse, spam
from enquiries.models import Enquiry
from tests.benchmarks.spam_words import cross_validated, fit, labelled
from tests.enquiries.contact_page import MINE, Page, clock
from tests.enquiries.test_challenge import right_answer
from tests.enquiries.views.form_samples import ADDRESS

SETS = labelled()


def test_the_sets_hold_two_hundred_different_submissions_each():
    for is_spam in (True, False):
        assert len({each.submitted for each in SETS if each.is_spam is is_spam}) == 200


def test_the_rule_stops_nine_in_ten_that_it_was_not_fitted_to():
    passed, honest = cross_validated()
    assert len(passed) <= 20, [each.kind for each in passed]
    assert len(honest) <= 12, [each.kind for each in honest]


def test_the_table_that_ships_is_the_one_that_is_fitted():
    fitted = {word: float(f"{weight:.2f}") for word, weight in fit(SETS).items()}
    assert spam.word_weights() == pytest.approx(fitted, abs=0.011)


@pytest.fixture
def send_honest(client, db):
    """Send an honest submission as it is labelled, and answer one more question if it comes."""

    def send(example, number, *, address):
        honest = example.submitted
        opened = clock() - timedelta(seconds=honest.seconds)
        typed = MINE | {
            "given_name": honest.given_name,
            "family_name": honest.family_name,
            "message": honest.message,
            "website": "x" if honest.filled_the_trap else "",
            "email": f"person{number}@example.org",
            "phone": f"+6140{number:07}",
            "submission_key": str(uuid4()),
            "opened": abuse.sign_time(opened),
        }
        where = {"REMOTE_ADDR": address, "headers": {"accept-language": "en"}}
        answer = client.post(ADDRESS, typed, **where)
        if answer.status_code != 303:
            challenge = Page(answer).challenge()
            typed |= {"challenge": challenge.token, "challenge_answer": right_answer(challenge)}
            answer = client.post(ADDRESS, typed, **where)
            assert answer.status_code == 303, (example.kind, Page(answer).summary)
            return 1
        return 0

    return send


def send_all(send_honest, *, people, behind_one_address):
    """Send so many honest submissions, some from one network; say how many were asked more."""
    honest = itertools.cycle(each for each in SETS if not each.is_spam)
    return sum(
        send_honest(
            example,
            number,
            address="203.0.113.9"
            if number < behind_one_address
            else f"198.51.{number // 250}.{number % 250}",
        )
        for number, example in zip(range(people), honest, strict=False)
    )


@pytest.mark.no_cover  # a sweep over lines that other tests run too
def test_no_honest_person_is_refused_nor_one_of_many_behind_one_address(send_honest, settings):
    settings.ENQUIRY_BUDGET_PER_ADDRESS = 20
    asked = send_all(send_honest, people=60, behind_one_address=40)
    assert Enquiry.objects.count() == 60
    assert 20 <= asked <= 25


@pytest.mark.slow
def test_of_a_thousand_honest_people_a_hundred_behind_one_address_none_is_refused(send_honest):
    asked = send_all(send_honest, people=1000, behind_one_address=100)
    assert Enquiry.objects.count() == 1000
    assert 70 <= asked <= 120

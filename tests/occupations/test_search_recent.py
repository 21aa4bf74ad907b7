"""What the database said is asked again after a second, and at once within a transaction."""

from itertools import count

import pytest
from django.db import transaction

from occupations.search import Recent, ask_anew, recent


@pytest.mark.django_db(transaction=True)
def test_requests_within_a_second_share_an_answer(monkeypatch):
    told = Recent(count().__next__)
    now = iter([0.0, 0.4, 0.9, 1.0, 1.9])
    monkeypatch.setattr("occupations.search.recent.time.monotonic", lambda: next(now))
    monkeypatch.setattr(recent, "_changed_at", -1.0)

    assert [told.read() for _ in range(5)] == [0, 0, 0, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_sees_what_it_wrote():
    told = Recent(count().__next__)

    assert told.read() == told.read() == 0
    with transaction.atomic():
        assert [told.read(), told.read()] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_what_was_told_before_a_change_was_seen_is_not_told_again():
    told = Recent(count().__next__)

    assert told.read() == 0
    ask_anew()
    assert [told.read(), told.read()] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_what_was_asked_before_a_change_was_seen_is_not_told_after_it():
    number = count()

    def ask():
        told = next(number)
        if told == 0:
            ask_anew()  # somebody else saw it, while this was asked
        return told

    told = Recent(ask)

    assert [told.read(), told.read(), told.read()] == [0, 1, 1]

"""What the database said is asked again after a second, and at once within a transaction."""

from itertools import count

import pytest
from django.db import transaction

from occupations.search import Recent


@pytest.mark.django_db(transaction=True)
def test_requests_within_a_second_share_an_answer(monkeypatch):
    told = Recent(count().__next__)
    now = iter([0.0, 0.4, 0.9, 1.0, 1.9])
    monkeypatch.setattr("occupations.search.recent.time.monotonic", lambda: next(now))

    assert [told.read() for _ in range(5)] == [0, 0, 0, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_sees_what_it_wrote():
    told = Recent(count().__next__)

    assert told.read() == told.read() == 0
    with transaction.atomic():
        assert [told.read(), told.read()] == [1, 2]

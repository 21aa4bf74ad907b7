"""A press of a button counts once, until what it did fails."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from enquiries.models import Press
from enquiries.presses import count_press, digest_of, forget_presses, is_counted

KEY = UUID("0b8f2c1e-0000-4000-8000-000000000000")


def test_a_press_is_of_its_page_and_of_all_that_was_sent():
    digests = {
        digest_of(KEY, said=["/note/", "text=Hello"]),
        digest_of(uuid4(), said=["/note/", "text=Hello"]),
        digest_of(KEY, said=["/note/", "text=Hello", ""]),
        digest_of(KEY, said=["/note/text=Hello"]),
        digest_of(KEY, said=["/call/", "text=Hello"]),
    }
    assert len(digests) == 5
    assert digest_of(KEY, said=["/note/", "text=Hello"]) in digests


@pytest.mark.django_db
def test_a_press_counts_once_and_again_if_what_it_did_failed(now):
    press = digest_of(KEY, said=["/note/"])
    with transaction.atomic():
        assert count_press(press, now=now)
        transaction.set_rollback(True)
    assert not is_counted(press)
    assert count_press(press, now=now)
    assert is_counted(press)
    assert not count_press(press, now=now)


@pytest.mark.django_db
def test_presses_of_long_ago_are_forgotten(now):
    for age in (0, 1, 2, 3):
        count_press(str(age), now=now - timedelta(days=age))
    assert forget_presses(now=now) == 2
    assert set(Press.objects.values_list("digest", flat=True)) == {"0", "1"}


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_counts(now):
    together, counted = threading.Barrier(2), []

    def press():
        together.wait(30)
        with transaction.atomic():
            counted.append(count_press("once", now=now))
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert sorted(counted) == [False, True]

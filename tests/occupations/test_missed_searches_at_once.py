"""Counting what is missed costs no search anything, however many search at once."""

import threading

import pytest
from django.db import connection, transaction

from occupations.editorial import missed_searches
from occupations.editorial.missed_searches import _count, _miss
from occupations.models import MissedSearch
from tests.occupations.misses import FIRST, QUESTION, note

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_no_count_and_make_one_row():
    start = threading.Barrier(8)

    def count_in_another_process():
        start.wait()
        miss = _miss(QUESTION, is_near=False, on=FIRST)
        assert miss is not None
        _count([miss] * 5)
        connection.close()

    threads = [threading.Thread(target=count_in_another_process) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    miss = MissedSearch.objects.get()
    assert (miss.times, miss.days, miss.words) == (40, 1, "")


@pytest.mark.django_db(transaction=True)
def test_counting_does_not_wait_for_ever_for_somebody_who_holds_the_row(caplog, monkeypatch):
    monkeypatch.setattr(missed_searches, "PATIENCE", "50ms")
    note()
    waited = threading.Event()

    def ask():
        note()
        connection.close()
        waited.set()

    with transaction.atomic():
        MissedSearch.objects.select_for_update().get()
        asking = threading.Thread(target=ask)
        asking.start()
        assert waited.wait(5)
    asking.join()
    assert MissedSearch.objects.get().times == 1
    assert "Missed searches not counted: 1 (OperationalError)" in caplog.text
    assert QUESTION not in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("setting", ["lock_timeout", "synchronous_commit"])
def test_counting_leaves_the_connection_as_it_was(setting):
    def current():
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {setting}")
            return cursor.fetchone()

    before = current()
    note()
    assert current() == before


@pytest.mark.django_db(transaction=True)
def test_a_count_that_fails_leaves_the_connection_to_the_page(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(missed_searches, "_COUNT", "SELECT 1; SELECT no_such_column")
        note()
    note()
    assert MissedSearch.objects.get().times == 1


def test_what_the_database_refuses_fails_no_search_and_is_logged_without_words(caplog, monkeypatch):
    note(times=4)
    monkeypatch.setattr(missed_searches, "DAYS_BEFORE_WORDS", 1)  # which the database refuses
    note()
    assert MissedSearch.objects.get().times == 4
    assert "Missed searches not counted: 1 (IntegrityError)" in caplog.text
    assert QUESTION not in caplog.text


def test_a_search_is_answered_though_it_cannot_be_counted(client, monkeypatch):
    monkeypatch.setattr(missed_searches, "_COUNT", "SELECT no_such_column")
    assert client.get("/search/?q=zorbwrangler").status_code == 200

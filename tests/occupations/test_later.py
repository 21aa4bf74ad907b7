"""Notes are written together a moment later, none is lost, and none outlives its transaction."""

import threading
from datetime import date

import pytest
from django.db import connection

from occupations.editorial import later
from occupations.editorial.later import Later
from occupations.editorial.missed_searches import _uncounted, note_missed
from occupations.models import MissedSearch
from tests.processes import eventually

TODAY = date(2026, 11, 23)


@pytest.fixture
def written():
    return []


@pytest.fixture
def notes(written):
    return Later(lambda notes: written.append(list(notes)))


def test_notes_are_written_together_when_they_have_waited(notes, written, monkeypatch):
    monkeypatch.setattr(later, "SECONDS", 0.05)
    for note in ("one", "two"):
        notes.add(note)
    assert not written
    eventually(lambda: written == [["one", "two"]], within=10)
    notes.add("three")
    eventually(lambda: written == [["one", "two"], ["three"]], within=10)


def test_what_waits_is_written_at_the_end_and_once(notes, written):
    notes.add("one")
    notes.write_now()
    notes.write_now()
    assert written == [["one"]]


def test_many_are_written_at_once_and_nobody_waits_for_it(notes, written, monkeypatch):
    monkeypatch.setattr(later, "SECONDS", 3600)
    monkeypatch.setattr(later, "MOST", 3)
    for note in range(3):
        notes.add(note)
    eventually(lambda: written == [[0, 1, 2]], within=10)
    notes.add(3)
    notes.write_now()
    assert written[1:] == [[3]]


def test_the_end_waits_for_what_is_just_being_written():
    written, begun, may_end = [], threading.Event(), threading.Event()

    def write(notes):
        begun.set()
        may_end.wait(10)
        written.extend(notes)

    notes = Later(write)
    notes.add("one")
    writing = threading.Thread(target=notes.write_now)
    writing.start()
    assert begun.wait(10)
    ending = threading.Thread(target=notes.write_now)
    ending.start()
    ending.join(0.1)
    assert ending.is_alive()
    may_end.set()
    ending.join(10)
    assert written == ["one"]


@pytest.mark.django_db
def test_within_a_transaction_a_note_shares_its_fate(notes, written):
    notes.add("one")
    assert written == [["one"]]


@pytest.mark.django_db(transaction=True)
def test_searches_missed_at_once_are_counted_in_one_statement(django_assert_num_queries):
    def ask(question):
        for _ in range(5):
            note_missed(question, is_near=True, on=TODAY)

    asking = [threading.Thread(target=ask, args=[f"zorb {one}"]) for one in "abab"]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    connection.ensure_connection()
    with django_assert_num_queries(1):
        _uncounted.write_now()
    assert [miss.times for miss in MissedSearch.objects.all()] == [10, 10]

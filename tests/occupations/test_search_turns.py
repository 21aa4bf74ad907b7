"""Questions wait for each other, but not for long."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from occupations.search import in_turn, turns
from tests.processes import eventually


def work(began, may_end):
    with in_turn():
        began.set()
        assert may_end.wait(30)


def test_a_question_waits_for_the_one_before(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 120)
    began, second_began, may_end = Event(), Event(), Event()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(work, began, may_end)
        assert began.wait(30)
        second = threads.submit(work, second_began, may_end)
        assert not second_began.wait(0.1)
        may_end.set()
        first.result(30)
        second.result(30)


def test_who_came_first_is_first(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 120)
    began, may_end, done = Event(), Event(), []

    def take(number):
        with in_turn():
            done.append(number)

    with ThreadPoolExecutor(9) as threads:
        threads.submit(work, began, may_end)
        assert began.wait(30)
        for number in range(8):
            threads.submit(take, number)
            eventually(lambda: len(turns._waiting) == number + 1, within=120)  # noqa: B023, SLF001
        may_end.set()

    assert done == list(range(8))


def test_whoever_waited_long_enough_works_beside_the_other(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    began, second_began, may_end = Event(), Event(), Event()
    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(work, began, may_end)]
        assert began.wait(30)
        both.append(threads.submit(work, second_began, may_end))
        assert second_began.wait(30)
        may_end.set()
        for one in both:
            one.result(30)


def test_a_question_that_fails_gives_its_turn_up():
    for _ in range(2):
        with pytest.raises(KeyError), in_turn():
            raise KeyError

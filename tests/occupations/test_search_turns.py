"""Questions wait for each other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from occupations.search import in_turn


def test_questions_wait_for_the_one_before():
    began, may_end = Event(), Event()
    done: list[int] = []

    def work():
        began.set()
        assert may_end.wait(30)
        done.append(-1)

    def come(number):
        thread = Thread(target=in_turn, args=(lambda: done.append(number),))
        thread.start()
        thread.join(0.05)  # it has come, and waits
        return thread

    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(in_turn, work)
        assert began.wait(30)
        others = [come(number) for number in range(4)]
        assert not done
        may_end.set()
        first.result(30)
        for one in others:
            one.join(30)

    assert done[0] == -1
    assert sorted(done[1:]) == list(range(4))


def test_a_question_that_fails_says_so_and_gives_its_turn_up():
    def fail():
        raise KeyError

    for _ in range(2):
        with pytest.raises(KeyError):
            in_turn(fail)
    assert in_turn(lambda: "answered") == "answered"

import threading

import pytest

from advisory import only_run as module
from advisory.only_run import AlreadyRunning, only_run


@pytest.fixture(autouse=True)
def little_patience(monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.1)


def test_a_second_run_is_told_which_one_is_there(tmp_path):
    with (
        only_run(tmp_path),
        pytest.raises(AlreadyRunning, match=r"already runs from .* \(process \d+\)"),
        only_run(tmp_path),
    ):
        pass


def test_a_run_that_is_stopping_is_waited_for(tmp_path):
    entered = threading.Event()

    def next_run():
        with only_run(tmp_path):
            entered.set()

    with only_run(tmp_path) as first:
        first.is_stopping()
        waiting = threading.Thread(target=next_run)
        waiting.start()
        assert not entered.wait(0.5)
    assert entered.wait(20)
    waiting.join()


def test_a_run_after_an_orderly_end_does_not_expect_leftovers(tmp_path):
    with only_run(tmp_path):
        pass
    with only_run(tmp_path) as second:
        assert not second.after_crash


def test_a_run_after_a_crash_knows_it(tmp_path):
    (tmp_path / "up.lock").write_text("process 1")
    with only_run(tmp_path) as run:
        assert run.after_crash

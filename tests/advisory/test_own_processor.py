"""A web process keeps to a processor of its own, where there are few."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from advisory import own_processor
from advisory.own_processor import keep_to_own

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="processors cannot be chosen here"
)


@pytest.fixture
def ours(processors):
    return sorted(processors)


def test_a_process_keeps_to_the_processor_of_its_place_with_all_that_it_starts(ours, monkeypatch):
    monkeypatch.setattr(own_processor, "FEW", len(ours))
    keep_to_own(len(ours) + 1)  # counted around
    own = {ours[1 % len(ours)]}
    assert os.sched_getaffinity(0) == own
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(os.sched_getaffinity, 0).result() == own


def test_among_many_processors_a_process_keeps_to_none(ours, monkeypatch):
    monkeypatch.setattr(own_processor, "FEW", len(ours) - 1)
    keep_to_own(1)
    assert sorted(os.sched_getaffinity(0)) == ours


def test_where_the_system_refuses_the_choice_a_process_keeps_to_none(ours, monkeypatch):
    asked = []

    def refuse(*wish):
        asked.append(wish)
        raise PermissionError

    monkeypatch.setattr(own_processor, "FEW", len(ours))
    monkeypatch.setattr(os, "sched_setaffinity", refuse)
    keep_to_own(0)
    monkeypatch.undo()
    assert asked == [(0, {ours[0]})]
    assert sorted(os.sched_getaffinity(0)) == ours

"""Each process holds one index, and builds it anew when what is searched has changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from django.contrib.auth.models import User
from django.db import connection

from occupations.models import CatalogueLoad, LayWord
from occupations.search import answer_headers, current, current_index, find, recent
from tests.occupations.search_gates import gather_some

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
GROUPS = {"1492", "3513", "3514", "4311", "5411"}


@pytest.fixture(autouse=True)
def _small_index(monkeypatch):
    """Search a few unit groups alone: an index of them is built in a moment, and held by none."""
    with monkeypatch.context() as patch:
        patch.setattr(current, "gather", gather_few)
        patch.setattr(current, "_held", None)
        patch.setattr(recent, "SECONDS", 0)
        yield


def gather_few():
    return gather_some(GROUPS)


def add_word(word="Bean queen", code="431112"):
    editor, _ = User.objects.get_or_create(username="editor")
    return LayWord.objects.create(
        word=word,
        word_folded=word.casefold(),
        edition="anzsco-2022",
        code=code,
        written_by=editor,
        written_at=NOW,
    )


@pytest.mark.django_db
def test_the_index_is_kept_while_nothing_changes():
    index = current_index()

    assert current_index() is index


@pytest.mark.django_db
def test_to_ask_for_the_index_held_takes_one_query(django_assert_num_queries):
    current_index()

    with django_assert_num_queries(1):
        current_index()


@pytest.mark.django_db
def test_a_word_of_an_editor_is_found_at_once_and_again_gone_when_it_goes():
    assert not find("bean queen").is_confident

    word = add_word()
    assert find("bean queen").hits[0].page.code == "431112"

    word.code = "351411"
    word.save()
    assert find("bean queen").hits[0].page.code == "351411"

    word.delete()
    assert not find("bean queen").is_confident


@pytest.mark.django_db
def test_a_load_makes_a_new_index():
    index = current_index()
    CatalogueLoad.objects.create(loaded_at=NOW, digest="another")

    assert current_index() is not index


@pytest.mark.django_db(transaction=True)
def test_while_an_index_is_built_the_one_before_answers_and_no_cache_keeps_it(monkeypatch):
    before = current_index()
    add_word()
    is_building, may_end = Event(), Event()

    def gather_slowly():
        is_building.set()
        assert may_end.wait(120)
        return gather_few()

    def build():
        try:
            return current_index()
        finally:
            connection.close()

    monkeypatch.setattr(current, "gather", gather_slowly)
    with ThreadPoolExecutor(1) as threads:
        building = threads.submit(build)
        assert is_building.wait(120)
        assert current_index() is before
        assert "private" in answer_headers(before)["Cache-Control"]
        may_end.set()
        after = building.result(timeout=120)

    assert after is not before
    assert current_index() is after
    assert answer_headers(after) == {}
    assert find("bean queen").hits[0].page.code == "431112"


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_first_wait_for_one_index():
    def ask(_):
        try:
            return current_index()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        indexes = list(threads.map(ask, range(4)))

    assert len({id(index) for index in indexes}) == 1

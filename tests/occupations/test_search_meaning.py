"""Texts that mean much the same lie near, and their vectors are made once."""

import numpy as np
import pytest

from occupations.models import TextVector
from occupations.search import meaning
from occupations.search.meaning import (
    MODEL,
    SIZE,
    exact_model,
    is_a_word,
    keep_vectors,
    lacks_vectors,
    language_model,
    meaning_of,
    vectors_of,
)

TEXTS = ["Cook", "Builds houses of wood."]


@pytest.fixture
def by_meaning(settings):
    settings.SEARCH_BY_MEANING = True
    meaning_of.cache_clear()
    yield
    meaning_of.cache_clear()


def read(*texts):
    model = language_model()
    assert model is not None
    return model.read(texts)


def made(texts, **limits):
    """Tell of each text whether it has a vector."""
    vectors = vectors_of(texts, **limits)
    assert vectors is not None
    return vectors.any(axis=1).tolist()


@pytest.mark.usefixtures("by_meaning")
def test_texts_that_mean_much_the_same_lie_near():
    doctor, physician, welder = read("doctor", "physician", "welder")

    assert float(np.linalg.norm(doctor)) == pytest.approx(1)
    assert doctor @ physician > doctor @ welder + 0.2


@pytest.mark.usefixtures("by_meaning")
def test_a_text_read_among_others_means_what_it_means_alone():
    texts = [f"{word} in a town" for word in ("cook", "driver", "nurse")] + ["baker " * 40]

    for text, vector in zip(texts, read(*texts), strict=True):
        assert vector @ read(text)[0] > 0.98


@pytest.mark.usefixtures("by_meaning")
def test_common_words_are_told_from_slips():
    assert is_a_word("nurse")
    assert is_a_word("diners")  # the model knows it in the singular alone
    assert not is_a_word("nurrse")


def test_without_the_model_nothing_is_known_of_meaning(settings, db):
    settings.SEARCH_BY_MEANING = False
    meaning_of.cache_clear()

    assert language_model() is None
    assert meaning_of("nurse") is None
    assert not is_a_word("nurse")
    assert vectors_of(TEXTS) is None
    assert not lacks_vectors()
    assert keep_vectors(TEXTS) == 0
    assert not TextVector.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("by_meaning")
def test_a_vector_is_made_once_for_each_text():
    assert lacks_vectors()
    assert keep_vectors([*TEXTS, TEXTS[0]]) == 2
    assert not lacks_vectors()
    kept = set(TextVector.objects.values_list("pk", flat=True))

    assert keep_vectors(TEXTS) == 0
    assert set(TextVector.objects.values_list("pk", flat=True)) == kept


@pytest.mark.django_db
@pytest.mark.usefixtures("by_meaning")
def test_only_new_texts_are_made_and_those_that_nothing_has_go():
    keep_vectors(TEXTS)
    (kept,) = [row.pk for row in TextVector.objects.all() if bytes(row.digest) == _digest(TEXTS[0])]

    assert keep_vectors([TEXTS[0], "Shears sheep."]) == 1
    assert TextVector.objects.count() == 2
    assert TextVector.objects.filter(pk=kept).exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("by_meaning")
def test_vectors_of_another_model_go():
    TextVector.objects.create(model="another-1", digest=b"0" * 16, vector=b"00")
    assert lacks_vectors()

    keep_vectors(TEXTS)

    assert set(TextVector.objects.values_list("model", flat=True)) == {MODEL}


@pytest.mark.django_db
@pytest.mark.usefixtures("by_meaning")
def test_kept_vectors_are_read_as_they_were_made():
    keep_vectors(TEXTS)

    kept = vectors_of(TEXTS)

    assert kept is not None
    assert kept.shape == (2, SIZE)
    exact = exact_model()
    assert exact is not None
    assert np.allclose(kept, exact.read(TEXTS), atol=1e-3)


@pytest.mark.django_db
@pytest.mark.usefixtures("by_meaning")
def test_a_few_new_texts_are_made_while_reading_but_not_many():
    keep_vectors(TEXTS)
    new = [f"Word {number}" for number in range(3)]

    assert made([*TEXTS, *new]) == [True] * 5
    assert made([*TEXTS, *new], most_new=2) == [True] * 2 + [False] * 3
    assert made([*TEXTS, *new], most_new=None) == [True] * 5


@pytest.mark.django_db
@pytest.mark.usefixtures("by_meaning")
def test_where_no_load_made_vectors_search_goes_by_words_unless_told_to_make_them():
    assert vectors_of(TEXTS) is None
    assert made(TEXTS, most_new=None) == [True] * 2


@pytest.mark.usefixtures("by_meaning")
def test_a_missing_package_leaves_search_to_words_alone(monkeypatch):
    monkeypatch.setattr(meaning, "find_spec", lambda _name: None)
    meaning._installed_model.cache_clear()  # noqa: SLF001 (as in a process that starts so)
    try:
        assert language_model() is None
        assert meaning_of("a question that nobody asked yet") is None
    finally:
        meaning._installed_model.cache_clear()  # noqa: SLF001


def _digest(text):
    return meaning._digest(text)  # noqa: SLF001 (rows are told apart by it alone)

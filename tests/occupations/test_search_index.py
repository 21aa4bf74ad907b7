"""What stands in the index: every kind of name, lines on the work, and words that are mended."""

import pytest

from occupations.search import Kind, current_index, gather
from occupations.search.index import searched_texts
from occupations.search.pages import NameKind
from occupations.search.signals import SIGNALS, Question, listen, spelt_like

pytestmark = pytest.mark.django_db


def heard(query):
    index = current_index()
    columns = listen(Question(query, index)).columns
    return lambda code: dict(zip(SIGNALS, columns[at(index, code)], strict=True))


def at(index, code):
    return next(one for one, page in index.codes[code] if page.edition in {"anzsco-2022", ""})


def test_names_of_every_kind_and_lines_of_every_kind_are_gathered():
    gathered = gather()

    assert {name.kind for name in gathered.names} == set(NameKind)
    assert {(line.is_own, line.is_task) for line in gathered.lines} == {
        (True, False),
        (False, False),
        (False, True),
    }
    assert gathered.tools
    kinds = {concept.home.kind for concept in gathered.concepts}
    assert {Kind.OCCUPATION, Kind.GROUP, Kind.QUALIFICATION, Kind.UNIT} <= kinds


def test_double_titles_and_marks_stand_there_in_halves_and_without_them():
    texts = {name.text for name in gather().names}

    assert {"Retail Manager (General)", "Retail Manager"} <= texts
    assert {
        "Migration Agent / Immigration Consultant",
        "Migration Agent",
        "Immigration Consultant",
    } <= texts


def test_gathering_takes_as_many_queries_whatever_the_size(django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        gather()


def test_texts_that_need_a_vector_are_those_of_work_each_once():
    gathered = gather()
    texts = searched_texts(gathered)

    assert len(texts) == len(set(texts))
    assert {"Chef", "sparky"} <= set(texts)
    units = {one.home.title for one in gathered.concepts if one.home.kind is Kind.UNIT}
    assert "Manage simple projects" in units
    assert "Manage simple projects" not in texts


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("forkleft", "forklift"),
        ("forklfit", "forklift"),
        ("nurse", ""),
        ("chefs", ""),
        ("qwrtzxcv", ""),
        ("abc", ""),
        ("x123456", ""),
    ],
)
def test_a_word_unknown_to_the_index_is_mended_by_a_slip_or_two(typed, mended):
    assert current_index().mended(typed) == mended


def test_a_question_knows_its_unknown_words_and_those_that_no_slip_explains():
    question = Question("Forkleft qwrtzxcv driver", current_index())

    assert question.mended == "forklift qwrtzxcv driver"
    assert question.unknown == ["forkleft", "qwrtzxcv"]
    assert question.lost == ["qwrtzxcv"]


def test_codes_are_listed_from_their_start():
    assert current_index().codes_from("54111") == ["541111", "541112"]
    assert current_index().codes_from("nothing") == []


def test_a_name_shares_its_words_letters_start_and_end_with_a_question():
    chef, cook = (heard("chef")(code) for code in ("351311", "351411"))

    assert chef["letters"] == pytest.approx(1, abs=1e-3)
    assert chef["held"] == pytest.approx(1, abs=1e-3)
    assert chef["head"] == 1
    assert chef["words"] > cook["words"]
    assert heard("call or contact centre")("541112")["starts"] == 1
    assert cook["meaning"] == 0


def test_what_collects_the_rest_is_marked():
    assert heard("chef")("399999")["residual"] == 1
    assert heard("chef")("351311")["residual"] == 0


@pytest.mark.parametrize(
    ("typed", "title", "slips"),
    [
        ("bakr", "Baker", 1),
        ("bricklayr", "Bricklayer", 1),
        ("brikclayr", "Bricklayer", 2),
        ("resuawer", "Resawyer", 2),
    ],
)
def test_names_that_a_slip_or_two_turn_into_the_question_are_found(typed, title, slips):
    index = current_index()

    found = {index.texts[place]: count for place, count in spelt_like(Question(typed, index))}

    assert found[title] == slips


@pytest.mark.parametrize("typed", ["cok", "bakxr zz", "abcdefgh"])
def test_too_short_or_too_far_is_no_slip(typed):
    index = current_index()

    found = {index.texts[place] for place, _ in spelt_like(Question(typed, index))}

    assert not found & {"Cook", "Baker"}

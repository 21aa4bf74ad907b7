"""Two ways to write the same words are compared as equal."""

import pytest

from occupations.spelling import letters, telling, words


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param("Chefs", "Chef", id="plural"),
        pytest.param("bakeries", "bakery", id="plural in -ies"),
        pytest.param("organizer", "organiser", id="-ize"),
        pytest.param("analyzing", "analysing", id="-yze"),
        pytest.param("color consultant", "colour consultant", id="-or"),
        pytest.param("call center", "call centre", id="-er"),
        pytest.param("counselor", "counsellor", id="one l"),
        pytest.param("jewelry", "jewellery", id="jewelry"),
        pytest.param("pediatrician", "paediatrician", id="pediatric"),
        pytest.param("orthopedic surgeon", "orthopaedic surgeon", id="orthopedic"),
        pytest.param("anesthetist", "anaesthetist", id="anesthetic"),
        pytest.param("archeologist", "archaeologist", id="archeology"),
        pytest.param("aluminum welder", "aluminium welder", id="aluminum"),
        pytest.param("tire fitter", "tyre fitter", id="tire"),
        pytest.param("draftsperson", "draughtsperson", id="draft"),
        pytest.param("financial advisor", "financial adviser", id="advisor"),
        pytest.param("asst mgr", "assistant manager", id="abbreviations"),
        pytest.param("IT manager", "ICT manager", id="ICT"),
        pytest.param("RN", "Registered Nurse", id="RN"),
        pytest.param("GP", "General Practitioner", id="GP"),
        pytest.param("Kaiāwhina Hauora", "kaiawhina hauora", id="macrons"),
        pytest.param("café manager", "CAFE MANAGER", id="accents and case"),
        pytest.param("Café & Restaurant", "cafe and restaurant", id="ampersand"),
        pytest.param("Managers nec", "managers", id="nec"),
        pytest.param("Managers not elsewhere classified", "managers", id="nec in full"),
        pytest.param("manager of a shop", "manager shop", id="words that tell nothing"),
    ],
)
def test_two_ways_to_write_it_are_the_same(typed, written):
    assert words(typed) == words(written)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("nurse", "nursery"),
        ("tutor", "tut"),
        ("water", "watre"),
        ("author", "authour"),
        ("painter", "pain"),
    ],
)
def test_different_words_stay_different(one, another):
    assert words(one) != words(another)


def test_a_question_of_nothing_but_small_words_keeps_them():
    assert words("of the") == ["of", "the"]
    assert telling("of the") == []


def test_letters_are_counted_in_runs_of_three_with_the_ends_of_each_word():
    assert letters("ab a") == {"  a": 2, " ab": 1, "ab ": 1, " a ": 1}
    assert not letters("")

"""A status, a wish or a question about rules is not taken for an occupation."""

import pytest

from occupations.search import current_index, find
from occupations.search.signals import Question
from occupations.search.wanted import is_no_occupation, subject_of, tells_a_story


@pytest.mark.parametrize(
    "text",
    [
        "student",
        "I am retired",
        "stay at home mum",
        "self employed",
        "looking for a job",
        "Volunteer.",
        "any job",
        "how do I get a visa",
        "minimum wage",
        "visa processing time",
        "citizenship",
    ],
)
def test_a_status_or_a_question_about_rules_names_no_occupation(text):
    assert is_no_occupation(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "chef",
        "student counsellor",
        "volunteer coordinator",
        "retirement village manager",
        "visa officer",
        "immigration lawyer",
        "migration agent",
        "payroll and wages clerk",
        "night porter",
    ],
)
def test_work_with_such_people_or_such_rules_may_be_an_occupation(text):
    assert not is_no_occupation(text)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["student", "retired", "volunteer", "any job"])
def test_search_gives_no_answer_to_a_status(text):
    assert not find(text).is_confident


@pytest.mark.django_db
def test_a_name_that_holds_such_a_word_is_still_an_answer():
    results = find("student counsellor")

    assert results.is_confident
    assert results.hits[0].page.code == "272115"


@pytest.mark.parametrize(
    "text",
    ["my gardener was ill", "the cook is angry with us", "our builder", "does the dentist open"],
)
def test_what_speaks_of_someone_or_of_an_event_is_a_story(text):
    assert tells_a_story(text)


@pytest.mark.parametrize("text", ["", "chef", "grow wheat on my own land", "cook in a school"])
def test_work_that_is_only_named_is_no_story(text):
    assert not tells_a_story(text)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("cook on an oil rig", "cook"),
        ("gardener", "gardener"),
        ("tram driver for the council", "tram driver"),
        ("for hire", "for hire"),
    ],
)
def test_the_subject_stands_before_what_is_linked_to_it(text, subject):
    assert subject_of(text) == subject


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "is_work", "is_story"),
    [
        ("gardener on an island", True, False),
        ("gardener gloves", False, False),
        ("my gardener was ill", False, True),
        ("I get up at four, and my first task is to count the cows in my yard", True, False),
    ],
)
def test_a_question_is_told_from_one_that_only_mentions_a_trade(text, is_work, is_story):
    question = Question(text, current_index())

    assert (question.is_about_work, question.is_a_story) == (is_work, is_story)

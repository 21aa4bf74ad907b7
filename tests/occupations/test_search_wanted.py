"""A status, a wish or a question about rules is not taken for an occupation."""

import pytest

from occupations.search import find
from occupations.search.wanted import is_no_occupation


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

"""A name that is what was typed comes first, but for its form or a slip or two."""

import pytest

from occupations.models import Edition
from occupations.search import Kind, find

pytestmark = pytest.mark.django_db


def first(query, **asked):
    results = find(query, **asked)
    assert results.hits, query
    return results.hits[0]


@pytest.mark.parametrize(
    ("query", "code", "why"),
    [
        ("chef", "351311", "Its title is what you typed: Chef (ANZSCO 2022)."),
        (
            "sous chefs",
            "351311",
            "Its specialisation has the words you typed: Sous Chef (ANZSCO 2022).",
        ),
        (
            "contact centre supervisor",
            "541111",
            "Its alternative title is what you typed: Contact Centre Supervisor (ANZSCO 2022).",
        ),
        (
            "call center supervisor",
            "541111",
            "Its alternative title has the words you typed: Call Centre Supervisor (ANZSCO 2022).",
        ),
        (
            "Call or Contact Centre Coach",
            "541111",
            "Its specialisation is what you typed: Call or Contact Centre Coach (ANZSCO 2022).",
        ),
        (
            "customer experience manager",
            "149212",
            "Its title used by the assessing authority alone is what you typed:"
            " Customer Experience Manager (ANZSCO 2013).",
        ),
        (
            "contact centre supervizor",
            "541111",
            "Its alternative title is spelt much like what you typed:"
            " Contact Centre Supervisor (ANZSCO 2022).",
        ),
        ("sparky", "341111", "People also say “sparky” (Australia, New Zealand)."),
    ],
)
def test_a_hit_says_in_words_why_it_is_one(query, code, why):
    results = find(query)

    assert (results.hits[0].page.code, results.hits[0].evidence.why) == (code, why)
    assert results.is_confident


def test_a_title_stands_before_an_alternative_and_that_before_a_specialisation():
    scores = [
        first(query).evidence.score
        for query in ("chef", "contact centre supervisor", "call or contact centre coach")
    ]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        pytest.param("Stevedore", "891113", id="an alternative title"),
        pytest.param("Registered Nurse (Acute Care)", "254415", id="a specialisation"),
        pytest.param("Crushing Machine Operator", "712999", id="one counted elsewhere"),
    ],
)
def test_a_name_of_the_newest_anzsco_edition_stands_before_another_s_title(title, code):
    hits = find(title, kind=Kind.OCCUPATION).hits

    assert (hits[0].page.edition, hits[0].page.code) == ("anzsco-2022", code)
    assert ("osca-2024", title) in {(hit.page.edition, hit.page.title) for hit in hits[:3]}


def test_a_chosen_edition_gives_its_own_title_first():
    osca = Edition.objects.get(slug="osca-2024")

    assert first("stevedore", edition=osca).page.title == "Stevedore"


def test_the_title_of_a_part_is_not_called_the_title_of_the_whole():
    whole = next(hit for hit in find("senior chef").hits if hit.page.title == "Chef")

    assert whole.evidence.why == (
        "The title of a part of it is what you typed: Senior Chef (OSCA 2024)."
    )


def test_beside_the_page_of_a_part_the_whole_does_not_have_its_title():
    osca = Edition.objects.get(slug="osca-2024")
    hits = find("senior chef", edition=osca).hits

    assert hits[0].page.title == "Senior Chef"
    assert "Senior Chef" not in {
        hit.evidence.matched_text for hit in hits if hit.page.title == "Chef"
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("forkleft driver", "721311", id="another letter"),
        pytest.param("bricklayr", "331111", id="a letter too few"),
        pytest.param("hairdressser", "391111", id="a letter too many"),
        pytest.param("dieitcian", "251111", id="two letters swapped"),
        pytest.param("brick layer", "331111", id="a space too many"),
        pytest.param("truckdriver", "733111", id="a space too few"),
        pytest.param("contact center supervizor", "541111", id="American and misspelt"),
        pytest.param("kaiawhina hauora maori health assistant", "411512", id="no macrons"),
    ],
)
def test_a_slip_or_two_are_forgiven(typed, code):
    assert first(typed).page.code == code


def test_a_word_that_is_a_name_is_not_taken_for_a_slip_in_another():
    assert first("cook").page.title == "Cook"
    assert first("tailor").page.title == "Dressmaker or Tailor"
    assert first("baker", kind=Kind.OCCUPATION).page.title == "Baker"


def test_double_titles_and_marks_are_found_by_each_half():
    assert first("immigration consultant").page.code == "224913"
    assert first("electrician").page.code == "341111"
    assert first("retail manager").page.code == "142111"

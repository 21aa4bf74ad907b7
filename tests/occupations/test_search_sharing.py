"""A word that several occupations share has no one answer: they, or their groups, come first."""

from collections import defaultdict

import pytest

from occupations.models import Edition
from occupations.search import Kind, Narrowing, current_index, find
from occupations.search.pages import NameKind

pytestmark = pytest.mark.django_db


def codes(hits):
    return [hit.page.code for hit in hits]


@pytest.fixture
def lay_words():
    """Give each lay word with the occupations of the newest edition that it stands for."""
    found = defaultdict(set)
    index = current_index()
    for name in index.names:
        if name.kind is NameKind.LAY_WORD and index.concepts[name.concept].is_current:
            found[name.text].add(index.concepts[name.concept].home.code)
    return found


@pytest.mark.parametrize("word", ["tradie", "doctor", "engineer", "nurse", "Nurses", "QA"])
def test_a_lay_word_of_several_occupations_answers_with_all_of_them(word, lay_words):
    results = find(word)
    meant = lay_words.get(word, lay_words.get(word.lower().removesuffix("s")))

    assert not results.is_confident
    assert set(codes(results.choices)) == meant
    assert results.hits[: len(results.choices)] == results.choices


def test_where_an_edition_has_only_one_of_them_it_is_the_answer():
    older = Edition.objects.get(slug="anzsco-2013")
    results = find("sparky", edition=older)

    assert results.choices == ()
    assert results.is_confident
    assert results.hits[0].page.title == "Electrician (General)"


@pytest.mark.parametrize(
    ("word", "group"),
    [("doctor", "253"), ("engineer", "233"), ("nurse", "2544"), ("manager", "1"), ("HR", None)],
)
def test_the_group_that_most_of_them_are_in_is_told(word, group):
    told = find(word).group

    assert (told and told.code) == group


@pytest.mark.parametrize("word", ["manager", "technician", "sales", "driver"])
def test_of_a_word_in_many_titles_the_groups_come_first_and_say_why(word):
    results = find(word)

    assert not results.is_confident
    assert len(results.choices) > 1
    assert {hit.page.kind for hit in results.choices} == {Kind.GROUP}
    why = results.choices[0].evidence.why
    assert f"of its occupations have “{word}” in their names" in why
    count = int(why.split()[0])
    assert count > 1
    assert len(set(codes(results.choices))) == len(results.choices)


@pytest.mark.parametrize("word", ["IT", "ICT", "it"])
def test_a_field_in_two_or_three_letters_shows_its_groups_before_the_glossary(word):
    hits = find(word).hits
    kinds = [hit.page.kind for hit in hits]

    assert hits[0].page.title == "ICT Professionals"
    assert Kind.GLOSSARY in kinds
    assert kinds.index(Kind.GLOSSARY) == len(find(word).choices)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        pytest.param("chef", "351311", id="a title"),
        pytest.param("plumber", "334116", id="a title with a mark"),
        pytest.param("accountant", "221111", id="a title and a lay word of others"),
        pytest.param("plumbr", "334116", id="a title with a slip"),
        pytest.param("sparky", "341111", id="a lay word of one"),
        pytest.param("lawyer", "271311", id="a lay word of two"),
        pytest.param("OR nurse", "254423", id="a lay word with a shared word in it"),
        pytest.param("registered nurses", "2544", id="a group's title"),
        pytest.param("cleaner", "811211", id="what the title of a remainder holds"),
    ],
)
def test_what_means_one_thing_is_not_shared(query, code):
    results = find(query)

    assert results.choices == ()
    assert results.group is None
    assert results.is_confident
    assert results.hits[0].page.code == code


def test_a_term_of_the_field_stays_an_answer():
    for term in ("specialisation", "instrument"):
        assert find(term).hits[0].page.kind is Kind.GLOSSARY
        assert find(term).is_confident


@pytest.mark.parametrize("status", ["worker", "professional", "any job"])
def test_a_status_is_not_shared_among_occupations(status):
    assert find(status).choices == ()


@pytest.mark.parametrize("kind", [Kind.GROUP, Kind.QUALIFICATION, Kind.UNIT])
def test_words_are_shared_only_where_occupations_are_looked_for(kind):
    assert find("manager", kind=kind).choices == ()


def test_in_a_chosen_edition_the_choices_are_of_that_edition():
    edition = Edition.objects.get(slug="osca-2024")
    for word in ("engineer", "manager"):
        results = find(word, edition=edition)
        assert results.choices
        assert {hit.page.edition for hit in results.choices} == {"osca-2024"}


def test_where_only_occupations_are_wanted_no_group_is_a_choice():
    for narrowed in (
        find("manager", kind=Kind.OCCUPATION),
        find("manager", narrowing=Narrowing(skill_level=2)),
    ):
        assert narrowed.choices
        assert {hit.page.kind for hit in narrowed.hits} == {Kind.OCCUPATION}


def test_a_slip_that_turns_a_shared_word_into_a_title_is_not_believed():
    titles = [hit.page.title for hit in find("trainer").hits]

    assert "Drainer" not in titles[:5]

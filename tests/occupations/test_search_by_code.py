"""A code is found however it is written, in the classification that was meant."""

import pytest

from occupations.models import Edition
from occupations.search import Kind, find

pytestmark = pytest.mark.django_db


def codes(query, **asked):
    return [(hit.page.edition, hit.page.code) for hit in find(query, **asked).hits]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("121313", "121313"),
        ("12-13-13", "121313"),
        ("12 13 13", "121313"),
        ("1213.13", "121313"),
        ("#733111", "733111"),
        ("(733111)", "733111"),
        ("“541111”.", "541111"),
        ("code 411411", "411411"),
        ("Code: 411411", "411411"),
        ("occupation code 411411", "411411"),
        ("code 411411 enrolled nurse", "411411"),
        ("enrolled nurse (411411)", "411411"),
        ("ANZSCO 411411 - Enrolled Nurse", "411411"),
        ("anzsco 2013 149212", "149212"),
        ("ANZSCO:149212", "149212"),
        ("5411", "5411"),
        ("anzsco 5411", "5411"),
        ("unit group 5411", "5411"),
        ("bsb 40307", "BSB40307"),
        ("bsbcco402a", "BSBCCO402A"),
    ],
)
def test_a_code_is_read_however_it_is_written(typed, code):
    results = find(typed)

    assert results.is_confident
    assert results.hits[0].page.code == code
    assert results.hits[0].evidence.why == f"Its code is {code}."


def test_an_occupation_s_code_gives_that_occupation_once_for_all_its_editions():
    (hit,) = find("541111").hits

    assert hit.page.edition == "anzsco-2022"
    assert {page.edition for page in hit.others} >= {"anzsco-2013", "anzsco-2019", "anzsco-2021"}


def test_the_start_of_a_code_gives_what_lies_below_it_after_what_it_is():
    found = codes("541")

    assert found[0] == ("anzsco-2022", "541")
    assert ("anzsco-2022", "541111") in found
    assert "Its code starts with 541." in {hit.evidence.why for hit in find("541").hits}


@pytest.mark.parametrize("typed", ["54111", "BSB403"])
def test_a_code_that_is_not_whole_is_no_answer(typed):
    results = find(typed)

    assert results.hits
    assert not results.is_confident


@pytest.mark.parametrize(
    ("typed", "edition"),
    [
        ("anzsco 2013 541111", "anzsco-2013"),
        ("541111 (ANZSCO 2019)", "anzsco-2019"),
        pytest.param("anzsco 2006 541111", "anzsco-2022", id="an edition that is not held"),
    ],
)
def test_the_edition_named_with_a_code_is_the_one_shown(typed, edition):
    assert codes(typed) == [(edition, "541111")]


def test_a_code_with_two_meanings_gives_both_unless_one_was_named():
    assert codes("1492")[:2] == [("anzsco-2022", "1492"), ("osca-2024", "1492")]
    assert {edition for edition, _ in codes("osca 1492")} == {"osca-2024"}
    assert {edition for edition, _ in codes("ANZSCO 1492")} == {"anzsco-2022"}


@pytest.mark.parametrize(
    ("slug", "edition"), [("anzsco-2013", "anzsco-2013"), ("osca-2024", "osca-2024")]
)
def test_a_chosen_edition_settles_which_meaning_was_meant(slug, edition):
    chosen = Edition.objects.get(slug=slug)

    assert {one for one, _ in codes("1492", edition=chosen)} == {edition}


def test_a_code_that_a_chosen_edition_lacks_is_not_found_there():
    osca = Edition.objects.get(slug="osca-2024")

    assert not find("541111", edition=osca).is_confident


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        pytest.param("224113", "anzsco-2021", id="one that was split"),
        pytest.param("224115", "anzsco-2022", id="one of those that it was split into"),
        pytest.param("551132", "osca-2024", id="one that OSCA alone has"),
    ],
)
def test_a_code_that_only_some_editions_have_leads_to_the_newest_of_them(code, edition):
    assert codes(code)[0] == (edition, code)


def test_a_kind_that_was_chosen_is_kept_to():
    assert {hit.page.kind for hit in find("5411", kind=Kind.OCCUPATION).hits} == {Kind.OCCUPATION}


@pytest.mark.parametrize("typed", ["٥٤١١", "999999", "call 1300 555 100", "24/7", "0000000"])
def test_numbers_that_are_no_code_are_no_answer(typed):
    assert not find(typed).is_confident


def test_two_codes_in_one_question_are_words_like_any_other():
    assert all(
        hit.evidence.matched_kind != "code" for hit in find("351311 chef or 351411 cook").hits
    )

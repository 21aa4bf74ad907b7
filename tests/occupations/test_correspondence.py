"""One occupation across the editions: what stands for it, and how we know."""

from collections import Counter

import pytest

from occupations.correspondence import Change, Origin, counterparts
from occupations.models import Edition, Occupation

pytestmark = pytest.mark.django_db


def across(edition, code):
    """Map each other edition's slug to what stands there for an occupation."""
    occupation = Occupation.objects.select_related("edition").get(edition__slug=edition, code=code)
    found = counterparts(occupation, editions=list(Edition.objects.all()))
    return {counterpart.edition.slug: counterpart for counterpart in found}


def codes(counterpart):
    return [occupation.code for occupation in counterpart.occupations]


def test_a_published_link_between_2021_and_2022_is_said_to_be_published():
    found = across("anzsco-2022", "149212")["anzsco-2021"]

    assert (found.change, found.origin, codes(found)) == (Change.SAME, Origin.PUBLISHED, ["149212"])


@pytest.mark.parametrize("edition", ["anzsco-2013", "anzsco-2019"])
def test_a_link_that_nobody_published_is_said_to_be_derived(edition):
    found = across("anzsco-2022", "149212")[edition]

    assert (found.change, found.origin, codes(found)) == (Change.SAME, Origin.DERIVED, ["149212"])


def test_a_chain_with_one_derived_link_is_derived():
    found = across("anzsco-2013", "149212")["osca-2024"]

    assert (found.change, found.origin, codes(found)) == (
        Change.RECODED,
        Origin.DERIVED,
        ["172132"],
    )


def test_osca_is_linked_to_every_edition_of_anzsco():
    found = across("osca-2024", "551132")

    assert {slug: codes(one) for slug, one in found.items()} == {
        f"anzsco-{year}": ["541111"] for year in (2013, 2019, 2021, 2022)
    }


def test_the_same_digits_in_osca_are_no_link():
    shared = Occupation.objects.filter(edition__slug="osca-2024").filter(
        code__in=Occupation.objects.filter(edition__slug="anzsco-2022").values("code")
    )
    assert shared.count() == 12

    for occupation in shared:
        found = across("osca-2024", occupation.code)["anzsco-2022"]
        assert found.origin is not Origin.DERIVED


def test_a_split_names_every_part_and_each_part_names_the_whole():
    whole = across("anzsco-2013", "139914")["anzsco-2022"]
    part = across("anzsco-2022", "139917")["anzsco-2013"]

    assert (whole.change, codes(whole)) == (Change.SPLIT, ["139916", "139917"])
    assert whole.only is None
    assert (part.change, codes(part)) == (Change.MERGED, ["139914"])


def test_a_title_that_moved_to_another_code_is_recoded_and_derived():
    found = across("anzsco-2013", "362212")["anzsco-2022"]

    assert (found.change, found.origin, codes(found)) == (
        Change.RECODED,
        Origin.DERIVED,
        ["362511"],
    )


def test_an_occupation_that_nothing_stands_for_is_gone():
    found = across("anzsco-2013", "121216")["anzsco-2022"]

    assert (found.change, found.origin, codes(found)) == (Change.GONE, None, [])


@pytest.mark.parametrize(
    ("code", "change"),
    [
        pytest.param("411512", Change.RESPELT, id="macrons"),
        pytest.param("252712", Change.RESPELT, id="the names of two countries without the marks"),
        pytest.param("334113", Change.RENAMED, id="one of two names dropped"),
        pytest.param("311313", Change.RENAMED, id="another title"),
    ],
)
def test_a_title_that_differs_is_respelt_or_renamed(code, change):
    assert across("anzsco-2013", code)["anzsco-2022"].change is change


@pytest.mark.parametrize(
    ("code", "change", "newer"),
    [
        pytest.param("121211", Change.RECODED, ["121511"], id="the same title"),
        pytest.param("223211", Change.MERGED, ["223311"], id="a title inside a wider occupation"),
        pytest.param("121213", Change.SPLIT, ["121612", "121613"], id="two parts of one title"),
        pytest.param(
            "394111", Change.SPLIT, ["394112", "394113"], id="split in 2022 by its publisher"
        ),
    ],
)
def test_an_occupation_whose_code_left_is_followed_to_2022(code, change, newer):
    found = across("anzsco-2013", code)["anzsco-2022"]

    assert (found.change, codes(found), found.origin) == (change, newer, Origin.DERIVED)


def test_a_partial_link_makes_the_whole_way_partial():
    assert across("anzsco-2013", "121317")["anzsco-2022"].is_partial
    assert not across("anzsco-2013", "121213")["anzsco-2022"].is_partial


def test_a_retired_code_has_no_counterpart():
    assert {one.change for one in across("anzsco-2013", "131111").values()} == {Change.GONE}


def test_between_2013_and_2022_ten_shared_codes_are_renamed_and_twenty_six_respelt(
    django_assert_max_num_queries,
):
    newest = dict(
        Occupation.objects.filter(edition__slug="anzsco-2022").values_list("code", "title")
    )
    older = Occupation.objects.filter(edition__slug="anzsco-2013", retired=False, code__in=newest)
    differing = [one.code for one in older if one.title != newest[one.code]]

    changes = Counter(across("anzsco-2013", code)["anzsco-2022"].change for code in differing)

    assert changes == {Change.RENAMED: 10, Change.RESPELT: 26}


def test_it_takes_one_query_for_any_occupation(django_assert_num_queries):
    editions = list(Edition.objects.all())
    for edition, code in (("anzsco-2013", "139914"), ("osca-2024", "551132")):
        occupation = Occupation.objects.select_related("edition").get(
            edition__slug=edition, code=code
        )
        with django_assert_num_queries(1):
            counterparts(occupation, editions=editions)

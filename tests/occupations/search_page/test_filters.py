"""The search page keeps to what was chosen, a page at a time."""

import pytest

from occupations.facts.tense import FRESH
from occupations.models import Edition, ListMembership, Source
from occupations.search import Kind, Narrowing, find
from tests.occupations.conftest import READ_ON
from tests.occupations.search_page.hits import hits_of

pytestmark = pytest.mark.django_db
NEWEST = "home-affairs-list-2026-09-14"


def test_ten_hits_are_a_page_and_the_pages_keep_what_was_chosen(page):
    chosen = "q=manager&kind=occupation&edition=anzsco-2013&skill_level=1&list=stsol"
    found = page(f"{chosen}&page=2")

    assert len(hits_of(found)) == 10
    assert f"/search/?{chosen}&page=1" in found.links
    assert {text.partition(" ")[0] for text, _ in hits_of(found)}.isdisjoint(
        text.partition(" ")[0] for text, _ in hits_of(page(chosen))
    )


@pytest.mark.parametrize(
    ("query", "is_open"),
    [("q=chef", False), ("q=chef&exact=1", False), ("q=chef&skill_level=2", True)],
)
def test_the_filters_are_folded_away_until_one_is_set(client, query, is_open):
    told = client.get(f"/search/?{query}").text

    assert ('<details class="narrow" open>' in told) is is_open
    assert ('<details class="narrow">' in told) is not is_open


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "٢", "1" * 50])
def test_a_page_that_is_not_there_is_the_first_or_the_last(page, number):
    assert hits_of(page(f"q=manager&page={number}"))


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_skill_level_keeps_to_occupations_of_it(index, level):
    hits = find("worker manager", narrowing=Narrowing(skill_level=level), index=index).hits

    assert hits
    assert {hit.page.skill_level for hit in hits} == {level}
    assert {hit.page.kind for hit in hits} == {Kind.OCCUPATION}


def test_a_skill_level_is_that_of_the_edition_that_was_chosen(index):
    edition = Edition.objects.get(slug="anzsco-2013")
    hits = find("manager", edition=edition, narrowing=Narrowing(skill_level=2), index=index).hits

    assert {(hit.page.edition, hit.page.skill_level) for hit in hits} == {("anzsco-2013", 2)}


def test_a_list_keeps_to_what_its_newest_copy_names(page):
    found = page("q=manager&list=csol&edition=anzsco-2022")
    rows = ListMembership.objects.filter(occupation_list__slug="csol", source__slug=NEWEST)
    named = set(rows.values_list("occupation__code", flat=True))
    codes = {text.partition(" ")[0] for text, _ in hits_of(found)}

    assert codes
    assert codes <= named
    assert "/lists/csol/" in found.links
    notes = [item.text for item in found.items if item.css == "note"]
    assert any("as at 14 September 2026" in text and "ANZSCO 2022" in text for text in notes)


def test_an_occupation_off_a_list_is_not_found_under_it(index):
    found = find("chef", narrowing=Narrowing(among=frozenset()), index=index)

    assert found.hits == ()
    assert find("541111", narrowing=Narrowing(among=frozenset()), index=index).hits == ()


def test_only_lists_with_a_fresh_copy_can_be_chosen(client, read_on):
    read_on(READ_ON)
    fresh = client.get("/search/?q=chef&list=pmsol").text
    copied_on = Source.objects.values_list("as_at_on", flat=True).get(slug=NEWEST)
    assert copied_on is not None
    read_on(copied_on + FRESH + FRESH / 180)
    late = client.get("/search/?q=chef&list=csol").text

    assert '<option value="csol">' in fresh
    assert 'value="pmsol"' not in fresh
    assert "Named by a list" not in late


@pytest.mark.parametrize(
    "vain",
    ["kind=job", "skill_level=9", "skill_level=%00", "list=%27", "edition=x", "list=", "o=1"],
)
def test_a_vain_filter_is_none(page, vain):
    assert hits_of(page(f"q=chef&{vain}"))[0][0] == "351311 Chef"

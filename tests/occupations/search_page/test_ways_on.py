"""Where a search has no good answer the page mends, offers choices and leads on."""

import pytest

from occupations.models import MissedSearch
from occupations.search import find
from occupations.views import search as view
from tests.occupations.conftest import READ_ON
from tests.occupations.hostile import HOSTILE
from tests.occupations.search_page.hits import hits_of

pytestmark = pytest.mark.django_db


def test_a_mended_word_is_told_and_can_be_searched_as_typed(client, page):
    mended = page("q=contact+center+supervizor+manger")
    typed = next(link for link in mended.links if "exact=1" in link)
    told = [item.text for item in mended.items if item.text.startswith("We searched for")]

    assert told[0].startswith("We searched for contact center supervisor")
    assert "as typed" in told[0]
    again = client.get(typed).text
    assert "Let us mend slips of spelling" in again
    assert "Search again without filters" not in again
    assert "contact center supervisor m" not in again


def test_as_typed_no_slip_is_mended(index):
    slipped = find("electrican", index=index)
    exact = find("electrican", is_as_typed=True, index=index)

    assert slipped.hits[0].page.title == "Electrician (General)"
    assert slipped.is_confident
    assert not exact.mended
    assert not exact.is_confident
    assert slipped.hits[0].evidence.score > max(hit.evidence.score for hit in exact.hits)


def test_without_a_good_match_the_nearest_are_labelled_and_there_are_ways_on(page):
    found = page("q=customer+zebra+manager")

    assert ("h2", "Nearest titles") in found.headings
    ways_on = {"/search/describe/", "/occupations/", "/occupations/anzsco-2022/a-z/", "/contact/"}
    assert ways_on <= set(found.links)


def test_a_shared_word_is_told_with_its_choices_first_and_their_group(page):
    found = page("q=doctor")
    notice = next(item for item in found.items if "“doctor” can mean" in item.text)

    assert notice.text.startswith("“doctor” can mean several occupations.")
    assert ("h2", "3 occupations to choose from") in found.headings
    assert "/occupations/anzsco-2022/253/" in found.links
    compared = next(link for link in found.links if link.startswith("/compare/"))
    assert compared.count("o=anzsco-2022:") == 3
    assert [text.partition(" ")[0] for text, _ in hits_of(found)][:2] == ["253111", "253112"]
    assert ("h2", "Other results") in found.headings


def test_a_shared_word_of_many_offers_groups_and_its_meaning_in_the_field(page):
    found = page("q=IT")

    assert [text for tag, text in found.headings if "groups to choose from" in text]
    assert "/glossary/#ict" in found.links
    assert not [link for link in found.links if link.startswith("/compare/?")]


def test_the_choices_stand_on_the_first_page_alone(page):
    first, second = page("q=manager"), page("q=manager&page=2")

    assert "can mean several occupations" in " ".join(item.text for item in second.items)
    assert not [text for tag, text in second.headings if "to choose from" in text]
    assert {text for text, _ in hits_of(first)}.isdisjoint(text for text, _ in hits_of(second))


def test_a_shared_word_is_no_missed_search(client):
    client.get("/search/?q=doctor")
    assert not MissedSearch.objects.exists()
    client.get("/search/?q=customer+zebra+manager")
    assert MissedSearch.objects.count() == 1


def test_a_search_without_a_hit_helps_too(page):
    found = page("q=xyzzyq&kind=unit&edition=osca-2024")

    assert {"/search/describe/", "/occupations/", "/contact/", "/search/?q=xyzzyq"} <= set(
        found.links
    )


@pytest.mark.parametrize("status", ["student", "retired", "visa processing time"])
def test_a_status_is_no_occupation_and_the_page_says_where_to_go(page, status):
    found = page(f"q={status}")
    banner = next(item for item in found.items if "is not the name of an occupation" in item.text)

    assert banner.text.startswith(f"“{status}” is not the name of an occupation")
    assert banner.links == ("/contact/", "/visas/")
    assert not [text for tag, text in found.headings if "result" in text]


def test_a_long_question_is_offered_to_the_page_for_descriptions(client):
    words = "I strip the beds and clean the bath of hotel rooms" + " every day" * 30
    text = client.get("/search/", {"q": words}).text

    assert f'<input type="hidden" name="text" value="{words}">' in text
    assert '<form method="post" action="/search/describe/">' in text
    assert "csrf" not in text
    assert 'name="text"' not in client.get("/search/?q=hotel+cleaner").text


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_typed_is_answered(client, query):
    encoded = query.encode("utf-8", "surrogatepass")
    response = client.get("/search/", query_params={"q": encoded})

    assert response.status_code in {200, 400}
    assert "<script>" not in response.text


@pytest.mark.parametrize(
    ("query", "most"), [("q=chef", 4), ("q=manager", 4), ("q=manager&list=csol&skill_level=1", 5)]
)
def test_a_search_asks_the_database_a_fixed_number_of_times(
    client, read_on, django_assert_max_num_queries, query, most
):
    read_on(READ_ON)
    find("chef")  # whoever asks first builds the index; its state is asked twice in a transaction
    with django_assert_max_num_queries(most + 1):  # and the page cache once for the revision
        client.get(f"/search/?{query}")


def test_the_view_is_the_page(client):
    assert client.get("/search/").resolver_match.func is view

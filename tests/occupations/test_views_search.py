"""The search page: filters, pages, look-alikes, what was mended, and the ways on."""

import re

import pytest

from occupations.facts.tense import FRESH
from occupations.models import Edition, ListMembership, MissedSearch, Source
from occupations.search import Kind, Narrowing, current_index, find, look_alikes
from occupations.views import search as view
from tests.occupations.conftest import READ_ON
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

NEWEST = "home-affairs-list-2026-09-14"
HOSTILE = {
    "ten thousand letters": "x" * 10_000,
    "ten thousand letters in words": "milk the cows " * 700,
    "nothing but NUL": "\0" * 50,
    "control characters": "".join(map(chr, range(32))) + "chef\x7f\x85",
    "right to left": "\u202e\u05d0\u05e0\u05d9 \u05d8\u05d1\u05d7\u202c \u0627\u0644\u0637",
    "emoji": "👩\u200d🍳🍕💩",
    "an SQL injection": "'; DROP TABLE occupations_occupation; --",
    "a slow regular expression": "(a+)+$" * 30,
    "markup": "<script>alert(1)</script>",
    "a lone surrogate": "\ufffd\ud800",
    "wildcards": "%_*?\\",
}


@pytest.fixture
def index():
    return current_index()


@pytest.fixture
def page(client, read_on):
    read_on(READ_ON)
    return lambda query: read(client, f"/search/?{query}")


def hits_of(page):
    """Give what the page says of each hit, in its order."""
    return [
        (item.text, [other.text for other in page.items if item.text in other.under])
        for item in page.items
        if item.tag == "h3"
    ]


def test_a_hit_tells_its_kind_edition_level_what_sets_it_apart_and_why(page):
    title, told = hits_of(page("q=Call+or+Contact+Centre+Team+Leader"))[0]
    found = page("q=Call+or+Contact+Centre+Team+Leader")
    kinds = [item.text for item in found.items if item.css == "kind"]

    assert title == "541111 Call or Contact Centre Team Leader"
    assert kinds[0] == "Occupation · ANZSCO 2022 · skill level 3"
    assert find("541111").hits[0].summary in told
    assert any(text.startswith("Its title is what you typed") for text in told)


def test_a_hit_leads_to_the_same_occupation_in_other_editions(page):
    found = page("q=customer+service+manager&kind=occupation")

    assert "/occupations/anzsco-2013/149212/" in found.links
    also = next(text for _, told in hits_of(found) for text in told if text.startswith("Also in"))
    assert "ANZSCO 2021, ANZSCO 2019" in also
    assert "OSCA 2024 as" in also


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


def test_a_term_of_the_glossary_is_found_by_its_name_and_others(page):
    found = page("q=alternate+title&kind=glossary")

    assert hits_of(found)[0][0] == "Alternative title"
    assert "/glossary/#alternative-title" in found.links
    assert {hit.page.kind for hit in find("skill level", kind=Kind.GLOSSARY).hits} == {
        Kind.GLOSSARY
    }


def test_a_term_is_found_by_its_name_alone_unless_terms_are_asked_for():
    kinds = {hit.page.kind for hit in find("specialisation manager").hits}

    assert Kind.GLOSSARY not in kinds
    assert find("specialisation").hits[0].page.kind is Kind.GLOSSARY
    assert find("published specialisations", kind=Kind.GLOSSARY).hits


def test_training_is_first_only_where_it_was_meant():
    assert find("customer contact").hits[0].page.kind is not Kind.QUALIFICATION
    assert find("certificate iv in customer contact").hits[0].page.kind is Kind.QUALIFICATION


def test_a_group_follows_the_occupation_of_its_name():
    kinds = [hit.page.kind for hit in find("chef").hits]

    assert kinds[:2] == [Kind.OCCUPATION, Kind.GROUP]


def test_hits_that_are_close_are_named_together_and_lead_to_a_comparison(page):
    found = page("q=accountant")
    notice = next(item for item in found.items if item.css == "notice")

    assert notice.text.startswith(
        "Close to each other: 221111 Accountant (General), 221112 Management Accountant"
    )
    assert "Read what sets them apart" in notice.text
    assert notice.links[0].startswith("/compare/?o=anzsco-2022:221111&o=anzsco-2022:221112")


def test_the_nearest_titles_are_not_called_close_to_each_other(page):
    found = page("q=customer+zebra+manager")

    assert not [item for item in found.items if item.text.startswith("Close to each other")]


def test_what_a_group_is_not_to_be_confused_with_is_close(index):
    hits = find("customer service manager", index=index).hits
    close = {hit.page.code for hit in look_alikes(hits)}

    assert "149211" in close  # of the same unit group
    named = [hit for hit in hits if {hit.page.code, hit.unit_group} & hits[0].confused_with]
    assert {hit.page.code for hit in named[:1]} <= close


def test_what_stands_alone_is_close_to_nothing(index):
    assert look_alikes(find("chef", index=index).hits) == ()
    assert look_alikes(()) == ()
    assert look_alikes(find("5411", index=index).hits) == ()


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


def test_no_result_reads_as_advice(client):
    for query in ("student", "xyzzyq", "customer zebra manager", "accountant", "chef"):
        words = client.get(f"/search/?q={query}").text.lower()
        assert not re.search(r"\b(you qualify|you should|eligible|best)\b", words)


def test_the_view_is_the_page(client):
    assert client.get("/search/").resolver_match.func is view

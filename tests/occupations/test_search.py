"""What people type finds the page they mean, and each hit says why."""

import pytest

from occupations.models import Edition
from occupations.search import Kind, find

pytestmark = pytest.mark.django_db


def first(query, **asked):
    results = find(query, **asked)
    assert results.hits, query
    return results.hits[0]


def edition(slug):
    return Edition.objects.get(slug=slug)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        pytest.param("Chef", "351311", id="a title"),
        pytest.param("CHEF ", "351311", id="capitals and spaces"),
        pytest.param("contact centre supervisor", "541111", id="an alternative title"),
        pytest.param("Call or Contact Centre Coach", "541111", id="a specialisation"),
        pytest.param("retail manager", "142111", id="a title with something in brackets after it"),
        pytest.param("customer experience manager", "149212", id="an assessor's own title"),
        pytest.param("contact center supervizor", "541111", id="two slips in a title"),
        pytest.param("brick layer", "331111", id="a space too many"),
        pytest.param("kaiawhina hauora maori health assistant", "411512", id="without macrons"),
        pytest.param("541111", "541111", id="an occupation's code"),
        pytest.param("“541111”.", "541111", id="a code pasted with its punctuation"),
        pytest.param("osca 551132", "551132", id="a code that OSCA alone has"),
        pytest.param("541 111", "541111", id="a code with a space"),
        pytest.param("5411", "5411", id="a group's code"),
        pytest.param("anzsco 5411", "5411", id="a code with its classification"),
        pytest.param("ANZSCO 2013 149212", "149212", id="a code with its edition"),
        pytest.param("BSB40307", "BSB40307", id="a qualification's code"),
        pytest.param("bsb 40307", "BSB40307", id="a qualification's code with a space"),
        pytest.param("cert iv customer contact", "BSB40307", id="a qualification in short"),
        pytest.param("bsbcco402a", "BSBCCO402A", id="a unit's code"),
        pytest.param("Manage simple projects", "PSPPM402B", id="a unit's title"),
    ],
)
def test_what_people_type_finds_what_they_mean(query, code):
    assert first(query).page.code == code


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("chef", "Its title is what you typed: Chef (ANZSCO 2022)."),
        (
            "contact centre supervisor",
            "Its alternative title is what you typed: Contact Centre Supervisor (ANZSCO 2022).",
        ),
        (
            "call or contact centre workforce planner",
            "Its specialisation is what you typed: Call or Contact Centre Workforce Planner"
            " (ANZSCO 2022).",
        ),
        (
            "customer experience manager",
            "Its title used by the assessing authority alone is what you typed:"
            " Customer Experience Manager (ANZSCO 2013).",
        ),
        ("5411", "Its code is 5411."),
    ],
)
def test_every_hit_says_why(query, why):
    assert first(query).evidence.why == why


def test_one_result_stands_for_an_occupation_in_all_its_editions():
    results = find("customer service manager", kind=Kind.OCCUPATION)

    assert [hit.page.code for hit in results.hits].count("149212") == 1
    assert results.hits[0].page.edition_title == "ANZSCO 2022"
    assert set(results.hits[0].also) >= {"ANZSCO 2013", "ANZSCO 2019", "ANZSCO 2021"}


def test_an_edition_that_was_chosen_is_kept_to():
    hit = first("contact centre supervisor", edition=edition("anzsco-2013"))

    assert (hit.page.code, hit.page.edition_title) == ("541111", "ANZSCO 2013")


def test_a_code_in_a_chosen_edition_is_that_edition_s():
    assert first("1492", edition=edition("osca-2024")).page.title.startswith("Commissioned")
    assert first("1492", edition=edition("anzsco-2013")).page.edition_title == "ANZSCO 2013"


def test_a_code_shared_by_two_classifications_gives_both():
    meanings = [hit.page.edition_title for hit in find("1492").hits if hit.page.code == "1492"]

    assert meanings == ["ANZSCO 2022", "OSCA 2024"]


def test_a_title_of_osca_leads_to_the_occupation_that_its_publisher_links():
    hit = first("Call or Contact Centre Team Leader", kind=Kind.OCCUPATION)

    assert hit.page.code == "541111"


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        (Kind.OCCUPATION, "customer service"),
        (Kind.GROUP, "managers"),
        (Kind.QUALIFICATION, "customer contact"),
        (Kind.UNIT, "customer service strategies"),
    ],
)
def test_a_kind_that_was_chosen_is_kept_to(kind, query):
    hits = find(query, kind=kind).hits

    assert hits
    assert {hit.evidence.kind for hit in hits} == {kind}


def test_a_sentence_about_the_work_finds_our_own_words_on_it_without_confidence():
    results = find("I answer phones and help customers with their questions")
    codes = [hit.page.code for hit in results.hits[:3]]

    assert "541112" in codes
    assert "Our words on it" in results.hits[codes.index("541112")].evidence.why
    assert not results.is_confident


@pytest.mark.parametrize("query", ["customer zebra manager", "operations manager"])
def test_a_near_miss_or_a_narrower_name_is_not_called_an_answer(query):
    assert not find(query).is_confident


@pytest.mark.parametrize("query", ["brick", "call or cont", "software eng"])
def test_the_start_of_a_title_is_enough_to_find_it(query):
    assert any(hit.page.title.lower().startswith(query) for hit in find(query).hits)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "xyzzy qwop",
        "\0",
        "'",
        "a'b & | ! ( ) <-> :*",
        "%",
        "_",
        "\\",
        "++",
        "x" * 5000,
        "٥٤١١",
    ],
)
def test_anything_may_be_typed(query):
    assert find(query).hits == () or find(query).hits[0].evidence.why


@pytest.mark.parametrize("query", ["xyzzyq", "qwertyuiop", "\u0665\u0664\u0661\u0661"])
def test_words_unheard_of_find_nothing_rather_than_anything(query):
    assert find(query).hits == ()


@pytest.mark.parametrize("query", ["asdf", "xzqv", "qwe", "wqrt", "kjhgf dsa", "fghj 99", "zzzz"])
def test_keys_struck_at_random_find_nothing_however_few(query):
    assert find(query).hits == ()


@pytest.mark.parametrize(
    "query", ["ayi", "PCW", "KAM", "yaya", "muso", "LVN", "chippy", "Gprs chef"]
)
def test_short_and_rare_words_that_somebody_says_are_found(query):
    assert find(query).hits


def test_where_the_filters_leave_nothing_there_are_no_hits():
    assert find("qwertyuiop", kind=Kind.UNIT).hits == ()
    assert {hit.page.kind for hit in find("elektroniker").hits} <= {Kind.OCCUPATION, Kind.GROUP}


def test_a_double_title_lends_no_lone_word_of_a_longer_name():
    hits = find("nursing", kind=Kind.OCCUPATION).hits

    assert not [hit for hit in hits if hit.evidence.why.startswith("Its title is what you typed")]


def test_a_word_with_digits_that_is_no_code_is_still_searched_for():
    assert find("chef123").hits == () or not find("chef123").is_confident
    assert find("manager1").hits


def test_the_number_of_queries_does_not_grow_with_the_hits(django_assert_max_num_queries):
    find("chef")  # whoever asks first builds the index
    for query in ("chef", "manager", "14", "I answer phones and help customers"):
        with django_assert_max_num_queries(1):
            find(query)

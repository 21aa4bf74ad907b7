"""What is suggested while a person types: pages whose names or codes begin like it."""

import time

import pytest
from django.urls import reverse

from occupations.search import Kind, current_index
from occupations.search import meaning as meaning_module
from occupations.search.suggestions import LONGEST, MOST, suggest

pytestmark = pytest.mark.django_db

ADDRESS = "/search/suggestions/"
HOSTILE = [
    pytest.param("chef" * 2500, id="ten thousand letters"),
    pytest.param(r"^(a+)+$|.*[", id="a regular expression"),
    pytest.param("'; DROP TABLE occupations_occupation; --", id="SQL"),
    pytest.param("%_%\\", id="wildcards of SQL"),
    pytest.param("\x01\x02\x1b[31m\x7f", id="control characters"),
    pytest.param(
        "\u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627", id="right to left"
    ),
    pytest.param("\N{CHICKEN}\N{COOKING}" * 50, id="pictures"),
    pytest.param("chef\0chef", id="a NUL"),
    pytest.param("\ufdfa" * 200, id="letters that unfold into many"),
    pytest.param("ab " * 66, id="many words"),
    pytest.param("<script>alert(1)</script>", id="HTML"),
    pytest.param("\u0665\u0664\u0661", id="digits of another script"),
]


def codes(text, **asked):
    return [one.code for one in suggest(text, **asked)]


def first(text, **asked):
    found = suggest(text, **asked)
    assert found, text
    return found[0]


def told(client, query, **asked):
    response = client.get(ADDRESS, {"q": query, **asked})
    assert response.status_code == 200
    return response.json()["suggestions"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("chef", "351311", id="a whole title"),
        pytest.param("CHEF ", "351311", id="capitals and a space behind"),
        pytest.param("carpen", "331212", id="the start of a title"),
        pytest.param("contact centre sup", "541111", id="the start of an alternative title"),
        pytest.param("call or contact centre coa", "541111", id="the start of a specialisation"),
        pytest.param("spark", "341111", id="the start of a lay word"),
        pytest.param("541111", "541111", id="an occupation's code"),
        pytest.param("541 111", "541111", id="a code with a space"),
        pytest.param("5411", "5411", id="a group's code"),
        pytest.param("54111", "541111", id="the start of a code"),
        pytest.param("osca 551132", "551132", id="a code with its classification"),
        pytest.param("bsb 403", "BSB40307", id="the start of a qualification's code"),
        pytest.param("cert iv in customer con", "BSB40307", id="a qualification by its words"),
        pytest.param("eng soft", "261313", id="the starts of words in another order"),
        pytest.param("contact center", "541111", id="an American spelling"),
        pytest.param("kaiawhina", "411512", id="without its macron"),
        pytest.param("electrisi", "341111", id="a slip in the start of a word"),
        pytest.param("brick layer", "331111", id="a space too many"),
    ],
)
def test_what_is_typed_so_far_suggests_what_it_may_become(text, code):
    assert code in codes(text)[:3]


def test_nothing_is_suggested_from_less_than_two_characters():
    assert suggest("") == suggest("c") == suggest(" c ") == []
    assert suggest("co") != []


def test_a_name_that_begins_so_comes_before_one_that_holds_it():
    titles = [one.title for one in suggest("baker")]
    assert titles.index("Baker") < titles.index("Pastrycook")
    assert first("car").title.startswith("Car")


def test_a_slip_is_believed_only_where_nothing_else_fits():
    assert "Baker" in [one.title for one in suggest("bakker")]
    assert suggest("xqzvw") == []


def test_a_suggestion_says_which_page_it_is():
    chef = first("chef")
    assert (chef.title, chef.code, chef.edition, chef.kind, chef.kind_name) == (
        "Chef",
        "351311",
        "ANZSCO 2022",
        Kind.OCCUPATION,
        "Occupation",
    )
    assert chef.url == "/occupations/anzsco-2022/351311/"
    assert (chef.name, chef.note) == ("", "")


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        (
            "contact centre superv",
            "Contact Centre Supervisor",
            "also called Contact Centre Supervisor",
        ),
        (
            "call or contact centre work",
            "Call or Contact Centre Workforce Planner",
            "includes Call or Contact Centre Workforce Planner",
        ),
        (
            "customer experience man",
            "Customer Experience Manager",
            "called Customer Experience Manager by the assessing authority",
        ),
        ("senior chef", "Senior Chef", "a part of it is called Senior Chef in OSCA 2024"),
        ("sparky", "sparky", "people also say “sparky”"),
    ],
)
def test_another_name_that_matched_is_told_for_what_it_is(text, name, note):
    assert (name, note) in [(one.name, one.note) for one in suggest(text)]


@pytest.mark.parametrize("text", ["co", "ma", "nurse", "manager", "contact centre", "54", "chef"])
def test_a_page_is_suggested_once_and_no_more_than_were_asked_for(text):
    found = suggest(text)
    assert len({one.url for one in found}) == len(found) <= MOST
    assert suggest(text, most=3) == found[:3]


def test_an_occupation_is_suggested_once_for_all_its_editions():
    assert [one.title for one in suggest("carpenter")].count("Carpenter") == 1


def test_a_chosen_edition_gives_its_pages_alone():
    found = suggest("contact centre", edition="anzsco-2013")
    assert {one.edition for one in found} == {"ANZSCO 2013"}
    assert all(one.url.startswith("/occupations/anzsco-2013/") for one in found)
    assert {one.edition for one in suggest("5411", edition="osca-2024")} == {"OSCA 2024"}


def test_an_edition_that_is_not_held_counts_as_none():
    assert suggest("chef", edition="anzsco-1986") == suggest("chef")


def test_a_chosen_kind_gives_its_pages_alone():
    for kind in (Kind.OCCUPATION, Kind.GROUP, Kind.QUALIFICATION, Kind.UNIT):
        found = suggest("man", kind=kind) or suggest("cert", kind=kind)
        assert {one.kind for one in found} == {kind}
    assert {one.kind for one in suggest("5411", kind=Kind.GROUP)} == {Kind.GROUP}


def test_work_comes_before_training_that_is_half_typed():
    kinds = [one.kind for one in suggest("drive")]
    assert Kind.OCCUPATION in kinds
    assert kinds == sorted(kinds, key=[Kind.OCCUPATION, Kind.GROUP, Kind.UNIT].index)


def test_the_language_model_is_never_asked(monkeypatch, settings):
    settings.SEARCH_BY_MEANING = True
    index = current_index()

    def refuse(*_):
        pytest.fail("the language model was asked")

    monkeypatch.setattr(meaning_module, "language_model", refuse)
    for text in ("chef", "someone who cooks", "electrisian", "managr retial", "xqzvw"):
        suggest(text, index=index)


def test_most_suggestions_take_a_few_milliseconds():
    texts = ["co", "ma", "manage", "contact cent", "electrisian", "brick layer", "54", "xqzvw"]
    index = current_index()
    for text in texts:
        suggest(text, index=index)
    taken = []
    for text in texts * 5:
        start = time.perf_counter()
        suggest(text, index=index)
        taken.append(time.perf_counter() - start)
    assert sorted(taken)[len(taken) // 2] < 0.025  # a busy machine takes its time


def test_the_address_answers_with_what_a_search_box_shows(client):
    assert reverse("occupations:suggestions") == ADDRESS
    response = client.get(ADDRESS, {"q": "sparky"})
    assert response["Content-Type"] == "application/json"
    body = response.json()
    assert body["query"] == "sparky"
    assert body["suggestions"][0] == {
        "title": "Electrician (General)",
        "code": "341111",
        "edition": "ANZSCO 2022",
        "kind": "Occupation",
        "name": "sparky",
        "note": "people also say “sparky”",
        "url": "/occupations/anzsco-2022/341111/",
    }


def test_the_address_takes_edition_and_kind_as_the_form_sends_them(client):
    assert {one["edition"] for one in told(client, "5411", edition="osca-2024")} == {"OSCA 2024"}
    assert {one["edition"] for one in told(client, "chef", edition="ANZSCO 2013")} == {
        "ANZSCO 2013"
    }
    assert {one["kind"] for one in told(client, "cert", kind="qualification")} == {"Qualification"}
    assert told(client, "chef", edition="", kind="nonsense") == told(client, "chef")


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("query", ["541111", "chef", "cert", "skill", "nurse", "BSB"])
def test_every_suggestion_leads_to_a_page(client, query):
    for one in told(client, query):
        assert client.get(one["url"]).status_code == 200
        assert one["title"]


def test_suggestions_are_the_same_for_everyone_and_are_kept(client):
    response = client.get(ADDRESS, {"q": "chef"})

    assert response["Cache-Control"].startswith("public")
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies
    known = client.get(ADDRESS, {"q": "chef"}, headers={"If-None-Match": response["ETag"]})
    assert known.status_code == 304


def test_suggestions_ask_the_database_once_at_most(client, django_assert_max_num_queries):
    client.get(ADDRESS, {"q": "chef"})  # which may build the index
    with django_assert_max_num_queries(1):
        suggest("carpenter", edition="anzsco-2013")
    with django_assert_max_num_queries(2):  # the other is the page cache's, once a second
        client.get(ADDRESS, {"q": "carpenter", "edition": "anzsco-2013"})


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_suggestions_are_only_for_reading(client, method):
    assert getattr(client, method)(f"{ADDRESS}?q=chef").status_code == 405


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_text_is_answered_quickly_and_safely(client, query):
    current_index()
    start = time.perf_counter()
    response = client.get(ADDRESS, {"q": query, "edition": query, "kind": query})

    assert time.perf_counter() - start < 0.5
    assert response.status_code == 200
    assert len(response.json()["query"]) <= LONGEST
    assert len(response.json()["suggestions"]) <= MOST


def test_bytes_that_are_no_text_are_answered(client):
    assert client.get(f"{ADDRESS}?q=%ff%fe%00%80chef").status_code == 200
    assert client.get(ADDRESS).json() == {"query": "", "suggestions": []}


@pytest.mark.parametrize("address", ["/", "/about/", "/search/", "/nowhere/"])
def test_a_search_box_names_its_suggestions_and_stays_a_plain_form(client, address):
    text = client.get(address).text
    assert text.count(f'data-suggestions="{ADDRESS}"') == 1
    assert 'action="/search/"' in text
    assert text.count("js/search-box.js") == 1
    assert 'role="combobox"' not in text

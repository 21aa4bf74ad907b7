"""What staff find by typing it into the queue, and what they are told to type instead."""

import re
from urllib.parse import unquote_plus

import pytest
from django.contrib.admin import site

from enquiries.admin.search import (
    ENDS_OTHERWISE,
    NOTHING_TO_FIND,
    TOO_FEW_DIGITS,
    WHOLE_NAMES,
)
from enquiries.admin.searched import FORGOTTEN, MOST_KEPT
from enquiries.models import Enquiry
from enquiries.roles import AUDITOR

QUEUE = "/admin/enquiries/enquiry/"


@pytest.fixture
def search(adviser):
    """Give the given names that are found, and the hint."""

    def search(typed, **query):
        answer = adviser.client.post(f"{QUEUE}find/", {"q": typed, **query}, follow=True)
        assert answer.status_code == 200
        changelist = answer.context["cl"]
        return sorted(row.given_name for row in changelist.result_list), changelist.search_hint

    return search


@pytest.fixture
def people(make_enquiry):
    make_enquiry(
        given_name="Wei",
        family_name="Zhang",
        own_email="wei@example.org",
        own_phone="+61400555777",
        reference="WXYK3467",
    )
    make_enquiry(given_name="Kid", minor=True)
    make_enquiry(given_name="Li", family_name="Bo", own_email="l.b@example.com")
    make_enquiry(given_name="Linus", family_name="Ó Briain", own_email="a_b@example.com")
    make_enquiry(given_name="Дмитро", family_name="Шевченко", own_email="ab@example.com")
    make_enquiry(given_name="小明", family_name="王", own_email="wang@example.com")
    make_enquiry(given_name="Nuala", family_name="O'Sullivan-Smith", own_email="n@example.com")
    make_enquiry(given_name="100% Max", family_name="Back\\Slash", own_email="axb@example.com")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("wei", ["Wei"], id="a name"),
        pytest.param("zhang wei", ["Wei"], id="both names, in any order"),
        pytest.param("zhang li", [], id="two names of two people"),
        pytest.param("  hang  ", ["Wei"], id="a part of a name"),
        pytest.param("WEI@example.org", ["Wei"], id="an e-mail, whatever its case"),
        pytest.param("wei@exam", ["Wei"], id="the beginning of an e-mail"),
        pytest.param("ab@example.com", ["Дмитро"], id="an e-mail, exact before all others"),
        pytest.param("GINA@example.org", ["Kid"], id="a guardian's e-mail"),
        pytest.param("+61 400 555 777", ["Wei"], id="a phone with spaces"),
        pytest.param("0400 555 777", ["Wei"], id="a phone as dialled at home"),
        pytest.param("+61 (0)400-555-777", ["Wei"], id="a phone with its zero in brackets"),
        pytest.param("٤٠٠٥٥٥٧٧٧", ["Wei"], id="a phone in Arabic digits"),
        pytest.param("55777", ["Wei"], id="the last five digits of a phone"),
        pytest.param("0061 400 555 777", ["Wei"], id="a phone as dialled from abroad"),
        pytest.param("0011 61 400 555 777", ["Wei"], id="a phone as dialled out of Australia"),
        pytest.param("\u202a+61\u00a0400 555 777\u202c", ["Wei"], id="a phone copied from a chat"),
        pytest.param("0400\u2011555\u2011777", ["Wei"], id="a phone with hyphens that never break"),
        pytest.param("wxyk 3467", ["Wei"], id="a reference in two parts"),
        pytest.param("WXYK-3467", ["Wei"], id="a reference with a hyphen"),
        pytest.param("wxyk3467", ["Wei"], id="a reference in small letters"),
        pytest.param("wxyk34", ["Wei"], id="the beginning of a reference"),
        pytest.param("axb", ["100% Max"], id="the beginning of an address, which is no name"),
        pytest.param("gina", ["Kid"], id="a guardian's name"),
        pytest.param("400 000 002", ["Kid"], id="a guardian's phone"),
        pytest.param("ДМИТРО", ["Дмитро"], id="a name in capital Cyrillic letters"),
        pytest.param("ó briain", ["Linus"], id="a short part that begins a name, with a long one"),
        pytest.param("o briain", ["Linus"], id="a name without its accents"),
        pytest.param("obriain linus", [], id="but words that are apart stay so"),
        pytest.param("o'sullivan", ["Nuala"], id="a name with an apostrophe"),
        pytest.param("osullivan", ["Nuala"], id="a name without its apostrophe"),
        pytest.param("o\u2019sul", ["Nuala"], id="a part, with another apostrophe"),
        pytest.param("smith", ["Nuala"], id="the second half of a double name"),
        pytest.param("SMITH-O'SULLIVAN", ["Nuala"], id="a double name the other way round"),
        pytest.param("王小明", ["小明"], id="a Chinese name, family name first"),
        pytest.param("小", ["小明"], id="one sign of a Chinese name"),
        pytest.param("100%", ["100% Max"], id="a sign that no name is looked up by"),
        pytest.param("a_b@exa", ["Linus"], id="an underscore stands for itself"),
        pytest.param("a%@exa", [], id="a per cent sign too"),
        pytest.param("back\\slash", ["100% Max"], id="a backslash is between two words"),
        pytest.param("'); DROP TABLE", [], id="signs that mean something to PostgreSQL"),
        pytest.param("wei:* | kid", [], id="signs that mean something to its search"),
        pytest.param("nobody", [], id="nothing"),
    ],
)
def test_search_finds_names_addresses_phones_and_references(search, typed, found):
    assert search(typed) == (found, "")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("typed", "found", "hint"),
    [
        pytest.param("li", ["Li"], WHOLE_NAMES, id="two letters are a whole name"),
        pytest.param("LI bo", ["Li"], WHOLE_NAMES, id="two short names"),
        pytest.param("x", [], WHOLE_NAMES, id="one letter"),
        pytest.param("5557", [], TOO_FEW_DIGITS, id="four digits"),
        pytest.param("000 5557", [], TOO_FEW_DIGITS, id="zeros in front do not count"),
        pytest.param("%%%", [], NOTHING_TO_FIND, id="signs alone"),
        pytest.param("___", [], NOTHING_TO_FIND, id="underscores alone"),
        pytest.param("+61 400 55", [], ENDS_OTHERWISE, id="how a phone begins"),
    ],
)
def test_what_is_too_short_is_answered_with_what_to_type(search, typed, found, hint):
    assert search(typed) == (found, hint)


@pytest.mark.parametrize("typed", ["34678934", "3467 8934"])
def test_a_reference_of_digits_alone_is_no_phone_number(search, make_enquiry, typed):
    make_enquiry(given_name="Dee", reference="34678934")
    assert search(typed) == (["Dee"], "")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        pytest.param("Γιώργος", "ΓΙΩΡΓΟΣ", id="the sigma that ends a Greek name"),
        pytest.param("علی", "علي", id="a Persian yeh and an Arabic one"),
        pytest.param("كريم", "کریم", id="an Arabic kaf and a Persian one"),
        pytest.param("محـــمد", "محمد", id="an Arabic name drawn out"),
        pytest.param("שָׂרָה", "שרה", id="a Hebrew name with points"),
        pytest.param("Guðrún", "gudrun", id="an Icelandic letter"),
    ],
)
def test_a_name_is_found_in_each_way_that_it_is_written(search, make_enquiry, written, typed):
    make_enquiry(given_name=written)
    assert search(typed) == ([written], "")


def test_the_hint_stands_under_the_field(adviser):
    assert TOO_FEW_DIGITS in adviser.client.post(f"{QUEUE}find/", {"q": "123"}, follow=True).text


@pytest.mark.parametrize("typed", ["Zhang Wei", "wei@example.org", "+61 400 555 777"])
def test_what_is_typed_stands_in_no_address_of_any_page(adviser, people, typed):
    answer = adviser.client.post(
        f"{QUEUE}find/", {"q": typed, "country": "AU", "order": "oldest"}, follow=True
    )
    [(address, status)] = answer.redirect_chain
    assert status == 302
    assert re.fullmatch(re.escape(QUEUE) + r"\?country=AU&order=oldest&q=~[0-9a-f]{12}", address)
    page = answer.content.decode()
    assert f'value="{typed}"' in page  # in the box, to be altered
    told = [unquote_plus(each) for each in re.findall(r'(?:href|action)="([^"]*)"', page)]
    assert len(told) > 20
    assert [each for each in told if typed in each] == []
    assert [row.given_name for row in adviser.client.get(address).context["cl"].result_list] == [
        "Wei"
    ]


def test_an_address_that_tells_words_leads_to_one_that_does_not(adviser, people):
    answer = adviser.client.get(QUEUE, {"q": "wei", "state": "all"}, follow=True)
    assert re.fullmatch(
        re.escape(QUEUE) + r"\?state=all&q=~[0-9a-f]{12}", answer.redirect_chain[0][0]
    )
    assert [row.given_name for row in answer.context["cl"].result_list] == ["Wei"]


def test_a_reference_may_stand_in_an_address(adviser, people):
    answer = adviser.client.post(f"{QUEUE}find/", {"q": " wxry3467 "})
    assert answer["Location"] == f"{QUEUE}?q=WXRY3467"
    assert adviser.client.get(f"{QUEUE}?q=wxry3467").status_code == 200


def test_a_reference_that_may_be_a_phone_number_stands_in_none(adviser, people):
    answer = adviser.client.post(f"{QUEUE}find/", {"q": "93746389"})
    assert "93746389" not in answer["Location"]
    led = adviser.client.get(f"{QUEUE}?q=93746389")
    assert led.status_code == 302
    assert "93746389" not in led["Location"]


def test_what_a_session_no_longer_keeps_is_to_be_typed_again(adviser, people):
    address = adviser.client.post(f"{QUEUE}find/", {"q": "wei"})["Location"]
    again = adviser.client.post(f"{QUEUE}find/", {"q": "wei"})["Location"]
    assert again == address
    for number in range(MOST_KEPT):
        adviser.client.post(f"{QUEUE}find/", {"q": f"name{number}"})
    changelist = adviser.client.get(address).context["cl"]
    assert (list(changelist.result_list), changelist.search_hint) == ([], FORGOTTEN)


def test_the_box_is_not_for_who_may_not_see_the_queue(make_staff):
    auditor = make_staff(AUDITOR)
    answer = auditor.client.post(f"{QUEUE}find/", {"q": "wei"}, follow=True)
    assert answer.status_code == 403


def test_nothing_typed_narrows_nothing(search, people):
    assert len(search("   ")[0]) == 8


def test_a_search_also_finds_what_is_closed_unless_told_otherwise(search, make_enquiry, now):
    make_enquiry(given_name="Wei", state="withdrawn", closed_at=now)
    assert search("wei") == (["Wei"], "")
    assert search("wei", state="open") == ([], "")


def test_of_a_long_text_no_more_than_eight_words_are_looked_for(search, make_enquiry):
    make_enquiry(given_name="One Two Three Four Five", family_name="Six Seven Eight")
    eight = "one two three four five six seven eight"
    assert search(f"{eight} nine") == (["One Two Three Four Five"], "")
    assert search(f"nine {eight}") == ([], "")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "typed", ["zhang wei", "wei", "nobody", "wxyk3467", "wxry3467", "l.b@example.com", "55 5777"]
)
@pytest.mark.parametrize("order", ["newest", "urgent"])
def test_no_search_takes_more_than_ten_queries(
    adviser, typed, order, django_assert_max_num_queries
):
    asked = {"q": typed, "order": order}
    address = adviser.client.post(f"{QUEUE}find/", asked)["Location"]
    adviser.client.get(address)  # what a process reads once is read by now
    with django_assert_max_num_queries(10):
        assert adviser.client.get(address).status_code == 200


def test_leafing_through_what_was_found_takes_no_more_than_ten_either(
    adviser, make_enquiry, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(site.get_model_admin(Enquiry), "list_per_page", 1)
    for _ in range(3):
        make_enquiry(given_name="Wei")
    address = adviser.client.post(f"{QUEUE}find/", {"q": "wei"})["Location"]
    adviser.client.get(address)
    for beside in (1, 1, 0, 0):  # to the last page, and back to the first
        with django_assert_max_num_queries(10):
            changelist = adviser.client.get(address).context["cl"]
        assert len(changelist.result_list) == 1
        address = f"{QUEUE}{changelist.neighbours[-1 if beside else 0]['url']}"
    with django_assert_max_num_queries(10):
        assert adviser.client.get(address).status_code == 200

"""A shortlist lives in its address: ordered, tidy, sent on, and carried into the form."""

from html import unescape
from urllib.parse import unquote

import pytest

from occupations.models import Occupation
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

THREE = "o=anzsco-2022:541111&o=anzsco-2013:149212&o=osca-2024:551132"
ADDRESS = f"/shortlist/?{THREE}"


def listed(client, address):
    return [
        item.links[0]
        for item in read(client, address).found(tag="p")
        if item.links and item.links[0].startswith("/occupations/") and item.css == ""
    ]


def many(number):
    rows = Occupation.objects.filter(edition__slug="anzsco-2022", retired=False).order_by("code")
    return "&".join(f"o=anzsco-2022:{one.code}" for one in rows[:number])


def test_the_list_stands_in_the_order_of_its_address(client):
    assert listed(client, ADDRESS) == [
        "/occupations/anzsco-2022/541111/",
        "/occupations/anzsco-2013/149212/",
        "/occupations/osca-2024/551132/",
    ]


def test_an_entry_moves_up_or_is_taken_out_by_a_link(client):
    links = read(client, ADDRESS).links

    assert "/shortlist/?o=anzsco-2013:149212&o=anzsco-2022:541111&o=osca-2024:551132" in links
    assert "/shortlist/?o=anzsco-2022:541111&o=osca-2024:551132&o=anzsco-2013:149212" in links
    assert "/shortlist/?o=anzsco-2022:541111&o=osca-2024:551132" in links
    assert "/shortlist/" in read(client, "/shortlist/?o=anzsco-2022:541111").links


def test_what_is_listed_twice_stands_once(client):
    response = client.get(f"{ADDRESS}&o=anzsco-2022:541111")

    assert (response.status_code, response.headers["Location"]) == (302, ADDRESS)


def test_what_names_nothing_is_named_and_left_out(client):
    text = client.get(f"{ADDRESS}&o=anzsco-2022:000000").text

    assert "“anzsco-2022:000000”: We hold no occupation with this code there." in text
    assert len(listed(client, f"{ADDRESS}&o=anzsco-2022:000000")) == 3


def test_there_is_room_for_twenty(client):
    address = f"/shortlist/?{many(20)}"

    assert len(listed(client, address)) == 20
    assert 'name="code"' not in client.get(address).text
    over = f"/shortlist/?{many(21)}"
    assert len(listed(client, over)) == 20
    assert "A shortlist has room for 20." in client.get(over).text


def test_the_form_adds_one_more_by_code(client):
    response = client.get(f"{ADDRESS}&edition=anzsco-2022&code=351311")

    assert response.headers["Location"] == f"{ADDRESS}&o=anzsco-2022:351311"


def test_the_chosen_go_to_the_comparison(client):
    text = client.get(f"/shortlist/?{many(7)}").text

    assert text.count('type="checkbox" name="o"') == 7
    assert text.count(" checked>") == 5
    assert '<form class="shortlist" action="/compare/"' in text


def test_one_entry_alone_has_nothing_to_compare_with(client):
    assert 'type="checkbox"' not in client.get("/shortlist/?o=anzsco-2022:541111").text


def test_the_list_can_be_sent_by_mail_with_its_whole_address(client, settings):
    settings.SITE_URL = "https://advisory.example"
    link = next(link for link in read(client, ADDRESS).links if link.startswith("mailto:"))
    letter = unquote(link)

    assert f"https://advisory.example{ADDRESS}\r\n" in letter
    assert "149212 Customer Service Manager (ANZSCO 2013)" in letter
    assert f'value="https://advisory.example{ADDRESS}"' in unescape(client.get(ADDRESS).text)


def test_an_empty_list_says_how_to_fill_it(client):
    text = client.get("/shortlist/").text

    assert "The list is empty." in text
    assert 'data-shortlist=""' in text


def test_the_list_is_carried_into_the_form_in_its_order(client):
    link = next(link for link in read(client, ADDRESS).links if link.startswith("/contact/"))
    assert link == f"/contact/?{THREE}"

    form = client.get(link).text

    values = ["anzsco-2022:541111", "anzsco-2013:149212", "osca-2024:551132"]
    places = [form.index(f'name="occupations" value="{value}"') for value in values]
    assert places == sorted(places)
    assert "We do not know some of the codes" not in form


def test_a_full_list_is_carried_whole(client):
    form = client.get(f"/contact/?{many(20)}").text

    assert form.count('name="occupations"') == 20


def test_an_occupation_can_be_kept_and_compared_from_its_page(client):
    page = read(client, "/occupations/anzsco-2022/541111/")

    assert "/shortlist/?o=anzsco-2022:541111" in page.links
    assert "/compare/?o=anzsco-2022:541111" in page.links


def test_the_number_of_queries_does_not_follow_the_length(client, django_assert_max_num_queries):
    address = f"/shortlist/?{many(20)}"
    client.get("/shortlist/")  # reads the revision
    with django_assert_max_num_queries(3):
        client.get(address)

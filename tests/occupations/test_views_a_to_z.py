"""All titles of an edition by letter, in folded order, each with its kind and code."""

import re
from importlib import import_module

import pytest

from occupations.correspondence import differences
from occupations.folding import fold
from occupations.models import Occupation
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

EDITIONS = ["anzsco-2013", "anzsco-2019", "anzsco-2021", "anzsco-2022", "osca-2024"]


def titles(client, address):
    text = client.get(address).text
    part = text[text.index('class="entries"') : text.index("</section>", text.index("entries"))]
    return re.findall(r"<li>\s*<a [^>]*>(.*?)</a>", part)


def entry(client, address, title):
    return next(text for text in read(client, address).under() if text.startswith(title))


@pytest.fixture
def compared_once(monkeypatch):
    """Compare two editions once, not for each letter."""
    found = {}

    def compared(older, newer, *, editions):
        if (older, newer) not in found:
            found[older, newer] = list(differences(older, newer, editions=editions))
        return found[older, newer]

    monkeypatch.setattr(import_module("occupations.views.a_to_z"), "differences", compared)


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_current_occupation_stands_under_its_letter(client, compared_once, edition):
    page = read(client, f"/occupations/{edition}/a-z/")
    letters = [link[-1] for link in page.links if re.fullmatch(r"\?letter=.", link)]
    found = set()
    for letter in letters:
        address = f"/occupations/{edition}/a-z/?letter={letter}"
        found |= set(re.findall(rf"/occupations/{edition}/(\d{{6}})/", client.get(address).text))
    codes = Occupation.objects.filter(edition__slug=edition, retired=False)

    assert found == set(codes.values_list("code", flat=True))


def test_the_titles_of_a_letter_are_in_folded_order(client):
    found = titles(client, "/occupations/anzsco-2022/a-z/?letter=k")

    assert [fold(title) for title in found] == sorted(fold(title) for title in found)
    assert {fold(title)[0] for title in found} == {"k"}
    assert any("ā" in title for title in found)


def test_a_letter_with_a_macron_is_its_plain_letter(client):
    assert titles(client, "/occupations/anzsco-2022/a-z/?letter=%C4%80") == titles(
        client, "/occupations/anzsco-2022/a-z/?letter=A"
    )


def test_each_title_says_what_kind_it_is_and_whose(client):
    address = "/occupations/anzsco-2022/a-z/?letter=c"

    assert entry(client, address, "Call or Contact Centre Team Leader").endswith(
        "541111 Occupation"
    )
    assert entry(client, address, "Call Centre Supervisor").endswith(
        "Alternative title of 541111 Call or Contact Centre Team Leader"
    )
    assert entry(client, address, "Call or Contact Centre Coach").endswith(
        "Specialisation of 541111 Call or Contact Centre Team Leader"
    )


@pytest.mark.parametrize(
    ("edition", "code"),
    [("anzsco-2013", "541111"), ("anzsco-2021", "541111"), ("osca-2024", "551132")],
)
def test_titles_of_another_edition_say_where_they_are_stated(client, edition, code):
    found = entry(client, f"/occupations/{edition}/a-z/?letter=c", "Call Centre Supervisor")

    assert f"Alternative title of {code}" in found
    assert found.endswith(", stated in ANZSCO 2022")


def test_the_edition_that_states_the_titles_marks_none(client):
    assert "stated in" not in client.get("/occupations/anzsco-2022/a-z/?letter=c").text


def test_a_title_that_an_edition_states_itself_is_not_marked(client):
    found = entry(client, "/occupations/anzsco-2013/a-z/?letter=c", "Client Service Manager")

    assert found.endswith("Alternative title of 149212 Customer Service Manager")


def test_the_title_of_an_assessor_is_labelled(client):
    found = entry(client, "/occupations/anzsco-2013/a-z/?letter=c", "Customer Experience Manager")

    assert found.endswith("Title of the assessing authority for 149212 Customer Service Manager")


@pytest.mark.parametrize("query", ["", "?letter=", "?letter=7", "?letter=%3C", "?letter=nothing9"])
def test_what_is_no_letter_shows_a_letter_all_the_same(client, query):
    page = read(client, f"/occupations/anzsco-2022/a-z/{query}")

    assert page.names("h2")[0][0] == ("N" if "nothing" in query else "A")


def test_the_letter_is_kept_when_the_edition_is_switched(client):
    links = read(client, "/occupations/anzsco-2022/a-z/?letter=k").links

    assert "/occupations/anzsco-2013/a-z/?letter=k" in links


def test_the_name_of_an_edition_is_forgiven_and_an_unknown_one_helped(client):
    moved = client.get("/occupations/ANZSCO 2022/a-z/?letter=b")

    assert (moved.status_code, moved.headers["Location"]) == (
        301,
        "/occupations/anzsco-2022/a-z/?letter=b",
    )
    assert client.get("/occupations/anzsco-1066/a-z/").status_code == 404


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_longest_letter_is_light(client, edition):
    response = client.get(
        f"/occupations/{edition}/a-z/?letter=c", headers={"Accept-Encoding": "gzip"}
    )

    assert len(response.content) < 60 * 1024


@pytest.mark.parametrize("letter", ["c", "k"])
def test_the_number_of_queries_is_the_same_for_every_letter(
    client, django_assert_max_num_queries, letter
):
    client.get("/occupations/osca-2024/a-z/?letter=z")  # reads the revision
    with django_assert_max_num_queries(7):
        client.get(f"/occupations/osca-2024/a-z/?letter={letter}")

"""The page of two editions side by side, and the links that lead to it."""

from itertools import combinations

import pytest

from occupations.models import Edition
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

PAGE = "/occupations/anzsco-2022/changes-from/anzsco-2013/"
TITLE = "ANZSCO 2022 compared with ANZSCO 2013"


def cells(page):
    """Give the rows of the table, each as the texts of its cells."""
    found = [item.text for item in page.items if item.tag == "td"]
    return list(zip(found[::3], found[1::3], found[2::3], strict=True))


def shown(client, query):
    return cells(read(client, PAGE + query))


def test_every_two_editions_have_a_page(client):
    for older, newer in combinations(Edition.objects.order_by("released_on"), 2):
        page = read(client, f"/occupations/{newer.slug}/changes-from/{older.slug}/")

        assert page.names("h1") == [f"{newer} compared with {older}"]


def test_the_counts_of_each_kind_stand_on_top(client):
    counts = read(client, PAGE).under(TITLE, "How many of each")

    assert counts == [
        "All that changed: 234",
        "Renamed: 10",
        "Respelt: 26",
        "New code: 40",
        "Split: 12",
        "Merged: 2",
        "No counterpart: 1",
        "New: 40",
        "Another skill level: 114",
        "Another unit group: 22",
        "Same code and title: 932",
        "Every occupation: 1063",
    ]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (
            "renamed",
            (
                "323315 Saw Maker and Repairer",
                "Renamed. Derived by us.",
                "323315 Saw Doctor",
            ),
        ),
        (
            "recoded",
            (
                "311111 Agricultural Technician",
                "New code and title. Derived by us.",
                "311112 Agricultural and Agritech Technician",
            ),
        ),
        (
            "split",
            (
                "394111 Cabinetmaker",
                "Split into 2. Derived by us.",
                "394112 Cabinet Maker394113 Furniture Maker",
            ),
        ),
        (
            "gone",
            (
                "121216 Mixed Crop Farmer",
                "No counterpart. We hold no published link and found no single counterpart.",
                "None",
            ),
        ),
        ("new", ("None", "New.", "261316 Devops Engineer")),
        (
            "level",
            (
                "521111 Personal Assistant",
                "Same code and title. Skill level in Australia: 3 before, 2 now. "
                "Skill level in New Zealand: 3 before, 2 now. Derived by us.",
                "521111 Personal Assistant",
            ),
        ),
        (
            "moved",
            (
                "361211 Shearer",
                "New code. Now in unit group 3633 Shearers and Wool Classers. Derived by us.",
                "363311 Shearer",
            ),
        ),
    ],
)
def test_a_kind_of_change_shows_its_rows_and_says_what_happened(client, kind, row):
    pages = [shown(client, f"?change={kind}&page={number}") for number in (1, 2, 3)]

    assert row in [one for page in pages for one in page]


def test_a_partial_link_and_a_published_one_are_marked(client):
    partial = shown(client, "?change=recoded")
    published = cells(read(client, "/occupations/osca-2024/changes-from/anzsco-2022/"))

    assert any(row[1].endswith("Derived by us, for a part of the work.") for row in partial)
    assert {row[1].rsplit(". ", 1)[1].split(",")[0].rstrip(".") for row in published} == {
        "Published link"
    }


def test_a_major_group_narrows_the_rows_and_their_counts(client):
    page = read(client, PAGE + "?change=split&group=8")
    counts = page.under(TITLE, "How many of each, in 8 Labourers")

    assert [row[0][:6] for row in cells(page)] == ["841211", "841611"]
    assert "Split: 2" in counts
    assert f"{PAGE}?change=gone&group=8" in page.links


def test_the_pages_turn_and_keep_what_was_chosen(client):
    page = read(client, PAGE + "?change=level&page=2")
    text = client.get(PAGE + "?change=level&page=2").text

    assert '<span class="count">51\N{EN DASH}100 of 114</span>' in text
    assert '<option value="level" selected>' in text
    assert {f"{PAGE}?change=level", f"{PAGE}?change=level&page=3"} <= set(page.links)
    assert len(cells(page)) == 50


@pytest.mark.parametrize("query", ["?change=nothing", "?group=x", "?page=nought", "?page=0"])
def test_what_the_address_asks_in_vain_is_as_if_not_asked(client, query):
    page = read(client, PAGE + query)

    assert "All that changed" in page.names("h2")
    assert len(cells(page)) > 0


def test_each_row_leads_to_both_sides(client):
    page = read(client, PAGE + "?change=recoded")

    assert "/occupations/anzsco-2013/121211/" in page.links
    assert "/occupations/anzsco-2022/121511/" in page.links


def test_a_kind_that_nothing_is_of_says_so(client):
    text = client.get("/occupations/anzsco-2019/changes-from/anzsco-2013/?change=new").text

    assert "No occupation is of this kind." in text


def test_two_classifications_are_said_to_be_two(client):
    said = "These are two classifications."

    assert said in client.get("/occupations/osca-2024/changes-from/anzsco-2013/").text
    assert said not in client.get(PAGE).text


@pytest.mark.parametrize(
    "address",
    [
        "/occupations/anzsco-2013/changes-from/anzsco-2022/",
        "/occupations/ANZSCO-2022/changes-from/anzsco 2013/",
    ],
)
def test_a_forgiving_address_leads_to_the_newer_edition_s_page(client, address):
    response = client.get(address + "?change=new")

    assert (response.status_code, response["Location"]) == (301, PAGE + "?change=new")


@pytest.mark.parametrize(
    ("address", "said", "link"),
    [
        (
            "/occupations/anzsco-2022/changes-from/anzsco-1999/",
            "no edition named",
            "/occupations/anzsco-2013/",
        ),
        ("/occupations/anzsco-2022/changes-from/anzsco-2022/", "does not differ", PAGE),
    ],
)
def test_what_cannot_be_compared_is_a_404_that_helps(client, address, said, link):
    response = client.get(address)

    assert response.status_code == 404
    assert said in response.text
    assert f'href="{link}"' in response.text


def test_it_asks_the_database_a_fixed_number_of_times(client, django_assert_max_num_queries):
    for address in (PAGE, PAGE + "?change=all&page=3"):
        with django_assert_max_num_queries(5):
            client.get(address)


def test_an_edition_leads_to_its_comparison_with_each_other_one(client):
    page = read(client, "/occupations/anzsco-2019/")

    for newer, older in (
        ("anzsco-2019", "anzsco-2013"),
        ("anzsco-2021", "anzsco-2019"),
        ("anzsco-2022", "anzsco-2019"),
        ("osca-2024", "anzsco-2019"),
    ):
        assert f"/occupations/{newer}/changes-from/{older}/" in page.links


def test_an_occupation_leads_to_the_comparison_of_its_edition_with_each_other_one(client):
    page = read(client, "/occupations/anzsco-2019/541111/")

    for newer, older in (
        ("anzsco-2019", "anzsco-2013"),
        ("anzsco-2021", "anzsco-2019"),
        ("anzsco-2022", "anzsco-2019"),
        ("osca-2024", "anzsco-2019"),
    ):
        assert f"/occupations/{newer}/changes-from/{older}/" in page.links

"""Two to five occupations side by side: what differs in words, and addresses that forgive."""

import re
from datetime import date

import pytest

from occupations.models import Occupation, Source
from tests.occupations.page_reader import read

pytestmark = pytest.mark.django_db

PAIR = "/compare/?o=anzsco-2022:541111&o=anzsco-2022:149212"
FIVE = (
    "/compare/?o=anzsco-2022:541111&o=anzsco-2013:149212&o=osca-2024:551132"
    "&o=anzsco-2022:221111&o=anzsco-2013:149211"
)


def rows(client, address):
    """Read the table: each label with its verdict and the words of its cells."""
    text = client.get(address).text
    found = {}
    for part in re.findall(
        r"<tr(?: class=\"\w+\")?>\s*<th scope=\"row\">.*?</tr>", text, re.DOTALL
    ):
        head, *cells = [
            " ".join(re.sub(r"<[^>]*>", " ", one).split())
            for one in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", part, re.DOTALL)
        ]
        label, verdict = re.findall(r"^(.*?) ?(Same|Partly the same|Different|Not stated|)$", head)[
            0
        ]
        found[label] = (verdict, cells)
    return found


def test_each_row_says_in_words_whether_the_occupations_differ(client):
    found = rows(client, PAIR)

    assert found["Edition"][0] == "Same"
    assert found["Code"] == ("Different", ["541111", "149212"])
    assert found["Skill level in Australia"][0] == "Different"
    assert found["Skill level in Australia"][1][0].startswith("Level 3")
    assert found["Unit group"][1][0] == "5411 Call or Contact Centre Workers"
    assert "Contact Centre Supervisor" in found["Alternative titles"][1][0]
    assert found["Tasks of the unit group"][0] == "Different"


def test_visas_are_told_by_the_edition_that_each_one_reads(client):
    found = rows(client, PAIR)

    assert found["190 Skilled Nominated"] == (
        "Different",
        ["Not named As 541111", "Named As 149212, on the STSOL"],
    )
    assert found["482 Skills in Demand"] == ("Same", ["Not named As 541111", "Not named As 149212"])
    assert found["494 Skilled Employer Sponsored Regional (Provisional)"][1] == [
        "Named As 541111, on the ROL",
        "Named As 149212, on the STSOL",
    ]
    text = client.get(PAIR).text
    assert "Our copy of its lists is as at 14 September 2026." in text
    assert "187 and 489 are closed to new applications and left out." in text


def test_only_what_differs_is_shown_if_asked_for(client):
    link = f"{PAIR}&show=differences"
    assert link in read(client, PAIR).links

    found = rows(client, link)

    assert {verdict for verdict, _ in found.values()} <= {"Different", "Partly the same"}
    assert "Edition" not in found
    assert "190 Skilled Nominated" in found
    assert PAIR in read(client, link).links


def test_caveats_are_told_with_their_visas(client):
    found = rows(client, "/compare/?o=anzsco-2022:221111&o=anzsco-2022:541111")
    accountant, team_leader = found["Caveats in force"][1]

    assert "Low skilled tasks" in accountant
    assert (
        accountant.count("For visas 186 and 482.") + accountant.count("For visas 482 and 186.") == 3
    )
    assert team_leader == "None in our copy"


def test_licences_and_shortages_are_told(client):
    found = rows(client, "/compare/?o=anzsco-2022:221111&o=anzsco-2022:254411")

    assert found["Registration or licence"][1][0].startswith("May be required")
    assert found["Registration or licence"][1][1].startswith("Required")
    assert "Jobs and Skills Australia" in found["Shortage in Australia"][1][0]


def test_old_lists_are_told_in_the_past_tense(client):
    Source.objects.update(as_at_on=date(2024, 10, 1))

    found = rows(client, PAIR)

    assert found["Lists that name it"][1] == ["Our copy of the lists is history"] * 2
    assert "Caveats, as they stood in October 2024" in found
    assert "Caveats in force" not in found
    assert found["190 Skilled Nominated"][1] == [
        "Was not named As 541111",
        "Was named As 149212, on the STSOL",
    ]
    assert "This is what the lists said in October 2024." in client.get(PAIR).text


def test_absence_from_a_sample_is_not_absence_from_the_list(client):
    Source.objects.update(is_official=False)

    assert rows(client, PAIR)["190 Skilled Nominated"][1][0] == "Not in our copy As 541111"
    assert "It is an unofficial copy." in client.get(PAIR).text


def test_editions_may_mix_and_the_same_occupation_is_known_again(client):
    found = rows(client, "/compare/?o=anzsco-2022:541111&o=osca-2024:551132")

    assert found["Edition"][0] == "Different"
    assert found["Title"][0] == "Same"
    assert found["Alternative titles"][0] == "Same"
    assert "Stated in ANZSCO 2022" in found["Alternative titles"][1][1]
    assert found["ANZSCO 2022"][0] == "Same"


def test_an_assessing_authority_stands_with_its_group(client):
    found = rows(client, PAIR)["Assessing authority"][1]

    assert "VETASSESS" in found[0]
    assert "assessment group D" in found[0]
    assert "assessment group C" in found[1]


def test_the_number_of_queries_follows_the_number_of_occupations(
    client, django_assert_max_num_queries
):
    client.get("/compare/")  # reads the revision
    with django_assert_max_num_queries(3 + 4 * 2):
        client.get(PAIR)
    with django_assert_max_num_queries(3 + 4 * 5):
        client.get(FIVE)


def test_an_empty_comparison_says_how_to_fill_it(client):
    page = read(client, "/compare/")

    assert page.names("h1") == ["Compare occupations"]
    assert "Nothing is chosen yet." in client.get("/compare/").text
    assert page.tags["table"] == 0


def test_one_occupation_alone_gets_no_verdicts(client):
    text = client.get("/compare/?o=anzsco-2022:541111").text

    assert "Add another to see what differs." in text
    assert "verdict" not in text


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("anzsco-2022:999999", "“anzsco-2022:999999”: We hold no occupation with this code there."),
        ("anzsco-1066:541111", "“anzsco-1066:541111”: We hold no occupation with this code there."),
        ("541111", "“541111”: A code means nothing without its edition."),
        ("anzsco-2022:5411", "An occupation is named by its edition and a code of six digits."),
        ("%00<b>", "“&lt;b&gt;”: An occupation is named by"),
        ("x" * 300, "x…”: An occupation is named by"),
    ],
)
def test_what_names_no_occupation_is_named_and_left_out_without_losing_the_others(
    client, entry, why
):
    response = client.get(f"{PAIR}&o={entry}")
    text = " ".join(response.text.split())

    assert response.status_code == 200
    assert "We could not use a part of this address." in text
    assert why in text
    assert 'data-label="149212, ANZSCO 2022"' in text
    assert f'href="{PAIR.replace("/compare/", "/shortlist/").replace("&", "&amp;")}"' in text


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        (f"{PAIR}&o=anzsco-2022:541111", PAIR),
        ("/compare/?o=ANZSCO+2022:+541+111&o=anzsco-2022%3A149212", PAIR),
        (f"{PAIR}&utm_source=mail", PAIR),
        (f"/compare/?show=differences&{PAIR[10:]}", f"{PAIR}&show=differences"),
        (f"{PAIR}&show=everything", PAIR),
        ("/compare/?o=", "/compare/"),
        ("/compare/?o=anzsco-2022:541111&edition=anzsco-2022&code=149212", PAIR),
        (
            "/compare/?o=anzsco-2022:541111&edition=anzsco-2022&code=541111",
            "/compare/?o=anzsco-2022:541111",
        ),
    ],
)
def test_an_address_is_tidied_with_its_order_kept(client, typed, tidy):
    response = client.get(typed)

    assert (response.status_code, response.headers["Location"]) == (302, tidy)
    assert client.get(tidy).status_code == 200


def test_a_code_that_the_form_cannot_add_is_named(client):
    text = client.get("/compare/?o=anzsco-2022:541111&edition=osca-2024&code=541111").text

    assert "“osca-2024:541111”: We hold no occupation with this code there." in text
    assert "Call or Contact Centre Team Leader" in text


def test_a_sixth_occupation_is_named_and_waits_in_the_shortlist(client):
    sixth = "&o=anzsco-2022:351311"
    page = read(client, FIVE + sixth)

    assert "A comparison has room for 5." in client.get(FIVE + sixth).text
    assert FIVE.replace("/compare/", "/shortlist/") + sixth in page.links
    assert page.tags["form"] == 1  # the search; nothing more can be added


def test_taking_one_out_keeps_the_others(client):
    page = read(client, PAIR)

    assert "/compare/?o=anzsco-2022:149212" in page.links
    assert "/compare/?o=anzsco-2022:541111" in page.links


def test_a_comparison_goes_with_the_call(client):
    assert PAIR.replace("/compare/", "/contact/") in read(client, PAIR).links


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        ({"withdrawn_on": date(2026, 1, 2)}, "Withdrawn on 2 January 2026."),
        ({"retired": True, "skill_level": None}, "A retired code"),
    ],
)
def test_what_is_no_longer_in_use_says_so(client, facts, note):
    Occupation.objects.filter(edition__slug="anzsco-2022", code="541111").update(**facts)

    assert note in client.get(PAIR).text


def test_the_page_is_light_and_its_headings_are_in_order(client):
    page = read(client, FIVE)

    assert [tag for tag, _ in page.headings if tag == "h1"] == ["h1"]
    response = client.get(FIVE, headers={"Accept-Encoding": "gzip"})
    assert len(response.content) < 60 * 1024

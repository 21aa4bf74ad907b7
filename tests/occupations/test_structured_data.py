"""JSON-LD in pages: what it says, that it cannot break out, and the head that stands around it."""

import json
import re

import pytest

from occupations.models import GlossaryTerm, Occupation, OtherTitle
from occupations.structured_data import script
from tests.occupations.embedded_data import nodes_of

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
DESCRIPTION = re.compile(r'<meta name="description" content="(.*?)">')
LEADER = "/occupations/anzsco-2022/541111/"
PAGES = [
    "/",
    "/occupations/",
    LEADER,
    "/occupations/anzsco-2022/5411/",
    "/qualifications/BSB40307/",
    "/units/BSBCCO402A/",
    "/glossary/",
    "/download/",
    "/search/",
]


def test_an_occupation_has_a_node_for_each_country(client):
    nodes = nodes_of(client.get(LEADER).text, "Occupation")
    australia, new_zealand = nodes
    category = australia["occupationalCategory"]

    assert [one["occupationLocation"]["name"] for one in nodes] == ["Australia", "New Zealand"]
    assert australia["@id"] != new_zealand["@id"]
    assert {one["name"] for one in nodes} == {"Call or Contact Centre Team Leader"}
    assert australia["alternateName"] == ["Call Centre Supervisor", "Contact Centre Supervisor"]
    assert (category["@type"], category["codeValue"]) == ("CategoryCode", "541111")
    assert category["inCodeSet"]["@type"] == "CategoryCodeSet"
    assert category["inCodeSet"]["version"] == "2022"
    assert len(australia["responsibilities"]) == 11
    assert len(australia["skills"]) == 10
    assert australia["experienceRequirements"]["monthsOfExperience"] == 36
    assert "Certificate IV" in australia["educationRequirements"]["credentialCategory"]


def test_osca_has_no_node_for_new_zealand(client):
    nodes = nodes_of(client.get("/occupations/osca-2024/551132/").text, "Occupation")

    assert [one["occupationLocation"]["name"] for one in nodes] == ["Australia"]


def test_an_occupation_without_a_level_has_one_node_and_claims_none(client):
    retired = Occupation.objects.filter(retired=True, skill_level=None)[0]

    (node,) = nodes_of(client.get(retired.get_absolute_url()).text, "Occupation")

    assert "occupationLocation" not in node
    assert "educationRequirements" not in node
    assert "" not in node.values()


def test_a_qualification_is_a_credential_with_its_core_units(client):
    (node,) = nodes_of(
        client.get("/qualifications/BSB40307/").text, "EducationalOccupationalCredential"
    )

    assert (node["identifier"], node["name"]) == ("BSB40307", "Certificate IV in Customer Contact")
    assert node["credentialCategory"] == "Certificate IV"
    assert len(node["competencyRequired"]) == 7
    assert {one["@type"] for one in node["competencyRequired"]} == {"DefinedTerm"}


def test_a_unit_and_the_words_of_the_glossary_are_terms(client):
    (unit,) = nodes_of(client.get("/units/BSBCCO402A/").text, "DefinedTerm")
    (glossary,) = nodes_of(client.get("/glossary/").text, "DefinedTermSet")

    assert unit["termCode"] == "BSBCCO402A"
    assert len(glossary["hasDefinedTerm"]) == GlossaryTerm.objects.count()
    assert all(one["description"] for one in glossary["hasDefinedTerm"])


@pytest.mark.parametrize("address", [LEADER, "/occupations/anzsco-2022/5411/"])
def test_the_way_down_to_a_page_has_an_address_at_each_step(client, address):
    (way,) = nodes_of(client.get(address).text, "BreadcrumbList")
    steps = way["itemListElement"]

    assert [one["position"] for one in steps] == list(range(1, len(steps) + 1))
    assert steps[0]["item"] == f"{SITE}/"
    assert steps[-1]["item"] == f"{SITE}{address}"
    for step in steps:
        assert client.get(step["item"].removeprefix(SITE)).status_code == 200


def test_nothing_in_the_data_ends_the_element_early():
    text = '</script><script>alert("1")</script><!-- & -->'

    element = script({"@type": "Thing", "name": text})

    assert element.count("<") == 2
    assert element.lower().count("</script>") == 1
    (node,) = nodes_of(element)
    assert node["name"] == text


def test_a_hostile_title_stays_data_on_the_page(client):
    occupation = Occupation.objects.get(edition__slug="anzsco-2022", code="541111")
    text = "</script><img src=x onerror=alert(1)>"
    OtherTitle.objects.create(
        occupation=occupation, kind="alternative", title=text, title_folded="x"
    )

    html = client.get(LEADER).text

    assert text not in html
    assert text in nodes_of(html, "Occupation")[0]["alternateName"]


def test_the_policy_lets_no_element_of_a_page_run_but_our_own_files(client):
    response = client.get(LEADER)

    assert "script-src 'self';" in response["Content-Security-Policy"]
    for attributes in re.findall(r"<script([^>]*)>", response.text):
        assert "src=" in attributes or 'type="application/ld+json"' in attributes


def test_what_is_not_known_is_left_out():
    (node,) = nodes_of(script({"@type": "Thing", "a": "", "b": [], "c": {"d": None}, "e": 0}))

    assert node == {"@type": "Thing", "e": 0}
    assert json.dumps(node)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_names_its_one_address_and_how_to_show_a_link_to_it(client, address):
    head = client.get(address).text.partition("</head>")[0]
    (title,) = re.findall(r"<title>(.*?)</title>", head)
    (description,) = DESCRIPTION.findall(head)

    assert f'<link rel="canonical" href="{SITE}{address}">' in head
    assert f'<meta property="og:url" content="{SITE}{address}">' in head
    assert f'<meta property="og:title" content="{title}">' in head
    assert f'<meta property="og:description" content="{description}">' in head
    assert '<html lang="en-AU">' in head
    assert "noindex" not in head
    assert 20 < len(description) < 300


def test_no_two_kinds_of_page_share_a_description(client):
    descriptions = [text for one in PAGES for text in DESCRIPTION.findall(client.get(one).text)]

    assert len(set(descriptions)) == len(descriptions) == len(PAGES)


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=chef",
        "/compare/?o=anzsco-2022:541111&o=anzsco-2022:149212",
        "/shortlist/?o=anzsco-2022:541111",
    ],
)
def test_a_page_made_for_one_question_is_not_indexed(client, address):
    head = client.get(address).text.partition("</head>")[0]

    assert '<meta name="robots" content="noindex, follow">' in head
    assert f'<link rel="canonical" href="{SITE}{address.partition("?")[0]}">' in head


def test_a_page_that_is_not_there_has_no_address_of_its_own(client):
    head = client.get("/occupations/anzsco-2022/999999/").text.partition("</head>")[0]

    assert "canonical" not in head
    assert '<meta name="robots" content="noindex">' in head

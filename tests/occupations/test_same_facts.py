"""Page, API and JSON-LD say the same of the same occupation."""

import random
import re

import pytest

from occupations.models import Edition, Group, Occupation
from tests.occupations.embedded_data import nodes_of
from tests.occupations.page_reader import PageReader

pytestmark = pytest.mark.django_db

QUICK, ALL = 3, 50  # codes of each edition
EDITIONS = ["anzsco-2013", "anzsco-2019", "anzsco-2021", "anzsco-2022", "osca-2024"]
LEVEL = re.compile(r"(Australia|New Zealand): skill level (\d)\.")
MARKS = {
    "named": {"Named", "Was named"},
    "absent": {"Not named", "Was not named", "Not in our copy"},
    "ended": {"Closed"},
}


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("count", [QUICK, pytest.param(ALL, marks=pytest.mark.slow)])
def test_page_api_and_json_ld_say_the_same(client, edition, count):
    codes = list(
        Occupation.objects.current()
        .filter(edition__slug=edition)
        .order_by("code")
        .values_list("code", flat=True)
    )
    # A fixed seed, so that a failure can be had again.
    for code in random.Random(f"{edition} {count}").sample(codes, count):  # noqa: S311
        compare_all(client, edition, code)


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("edition", ["anzsco-2013", "anzsco-2019"])
def test_page_api_and_json_ld_say_the_same_of_retired_codes(client, edition):
    retired = Occupation.objects.filter(edition__slug=edition, retired=True)
    for code in retired.values_list("code", flat=True):
        compare_all(client, edition, code)


def compare_all(client, edition, code):
    html = client.get(f"/occupations/{edition}/{code}/").text
    page, told = PageReader(html), client.get(f"/api/v1/occupations/{edition}/{code}").json()
    nodes = nodes_of(html, "Occupation")
    for compare in (titles, levels, words, visas, lists, counterparts, training):
        compare(page, told, nodes)


def titles(page, told, nodes):
    if told["is_retired"]:
        assert page.names("h1") == [f"Retired code {told['code']}"]
        assert any(f"“{told['title']}”" in item.text for item in page.items)
    else:
        assert page.names("h1") == [told["title"]]
    assert {node["name"] for node in nodes} == {told["title"]}
    for node in nodes:
        category = node["occupationalCategory"]
        assert category["codeValue"] == told["code"]
        assert category["inCodeSet"]["url"].endswith(f"/occupations/{told['edition']}/")
        assert node["url"] == told["url"]
        assert node.get("alternateName", []) == told["titles"]["alternatives"]
    assert page.under("At a glance", "Alternative titles") == told["titles"]["alternatives"]
    assert page.under("At a glance", "Specialisations") == told["titles"]["specialisations"]


def levels(page, told, nodes):
    stated = [(one["country"], one["level"]) for one in told["skill_levels"]]
    text = " ".join(page.under("At a glance", "Skill level", tag="p"))
    months = {
        one["country"]: one["substitute_years"] * 12
        for one in told["skill_levels"]
        if one["substitute_years"]
    }

    assert [(country, int(level)) for country, level in LEVEL.findall(text)] == stated
    assert [
        (
            node["occupationLocation"]["name"],
            int(node["qualifications"].removeprefix("Skill level ")),
        )
        for node in nodes
        if "occupationLocation" in node
    ] == stated
    assert {
        node["occupationLocation"]["name"]: node["experienceRequirements"]["monthsOfExperience"]
        for node in nodes
        if "experienceRequirements" in node
    } == months


def words(page, told, nodes):
    summary = told["summary"]["text"] if told["summary"] else ""
    tasks = told["tasks"]["tasks"] if told["tasks"] else []
    leads = [item.text for item in page.items if "lead" in item.css.split()]

    assert leads[:1] == ([summary] if summary else [])
    for node in nodes:
        assert node.get("description", "") == summary
        assert node.get("responsibilities", []) == tasks
    if tasks:
        assert set(tasks) <= {item.text for item in page.items if item.tag == "li"}
    paragraphs = {item.text for item in page.items if item.tag == "p"}
    if told["group_summary"]:
        assert told["group_summary"]["text"] in paragraphs
    assert_the_difference_is_told(page, told)


def assert_the_difference_is_told(page, told):
    shown = [
        item
        for item in page.items
        if item.tag == "p" and item.text.startswith("Not to be confused with")
    ]
    confused = told["not_to_be_confused"]

    assert len(shown) == bool(confused)
    for item in shown:
        assert item.text.endswith(f": {confused['text']}")
        assert set(item.links) == {
            f"/occupations/{one['edition']}/{one['code']}/" for one in confused["places"]
        }
        for_another = confused["written_for"]
        assert ("(codes of ANZSCO 2022)" in item.text) is bool(for_another)


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("count", [QUICK, pytest.param(ALL, marks=pytest.mark.slow)])
def test_page_api_and_json_ld_say_the_same_of_a_unit_group(client, edition, count):
    groups = Group.objects.current().filter(edition__slug=edition, level="unit").order_by("code")
    codes = list(groups.values_list("code", flat=True))
    # A fixed seed, so that a failure can be had again.
    for code in random.Random(f"{edition} {count}").sample(codes, count):  # noqa: S311
        compare_group(client, edition, code)


def compare_group(client, edition, code):
    html = client.get(f"/occupations/{edition}/{code}/").text
    page, told = PageReader(html), client.get(f"/api/v1/groups/{edition}/{code}").json()
    (node,) = nodes_of(html, "CategoryCode")
    summary = told["summary"]["text"] if told["summary"] else ""
    tasks = told["tasks"]["tasks"] if told["tasks"] else []
    sentences = [one["summary"] for one in told["occupations"] if one["summary"]]
    paragraphs = [item.text for item in page.items if item.tag == "p"]

    assert page.under(tag="p", css="lead") == ([summary] if summary else [])
    assert node.get("description", "") == summary
    assert page.under("Tasks") == tasks
    assert [text for text in paragraphs if text in sentences] == sentences
    if summary:
        label = next(text for text in paragraphs if text.startswith("Plain-English summary"))
        written_for = told["summary"]["written_for"]
        assert ("Written for" in label) is bool(written_for)
        assert any(told["summary"]["official_url"] in item.links for item in page.items)
    assert_the_difference_is_told(page, told)


def visas(page, told, nodes):
    editions = dict(Edition.objects.values_list("slug", "short_title"))
    shown: dict[str, list[str]] = {}
    for item in page.items:
        heading = next((text for text in item.under if re.match(r"(ANZSCO|OSCA) \d+: ", text)), "")
        if item.tag == "li" and heading and "Visas and the edition" in " ".join(item.under):
            shown.setdefault(heading.partition(":")[0], []).append(item.text)
    stated = {editions[part["edition"]]: part["visas"] for part in told["visas"]}

    if told["is_retired"]:
        assert shown == {}
        assert not any(line["lists"] for lines in stated.values() for line in lines)
        return
    assert set(shown) == set(stated)
    for edition, lines in stated.items():
        assert len(shown[edition]) == len(lines)
        for text, line in zip(shown[edition], lines, strict=True):
            assert f"{line['subclass']} {line['title']}" in text
            assert any(text.startswith(mark) for mark in MARKS[line["standing"]]), text
            assert all(acronym in text for acronym in line["lists"])


def lists(page, told, nodes):
    shown = page.under("Occupation lists")
    current = [one for one in told["lists"] if one["is_current"]]
    earlier = [one for one in told["lists"] if not one["is_current"]]

    assert len(shown) == len(told["lists"])
    for text, one in zip(shown, [*current, *earlier], strict=True):
        assert one["acronym"] in text
        assert one["place"]["code"] in text
        assert ", ".join(one["visas"]) in text
        assert ("it was on the" in text or "it was" in text) is not one["is_current"], text


def counterparts(page, told, nodes):
    inside = {
        link
        for item in page.found("In other editions", tag="dd")
        for link in item.links
        if re.fullmatch(r"/occupations/[a-z0-9-]+/\d{6}/", link)
    }
    stated = {
        one["url"].removeprefix("http://localhost:8000")
        for other in told["counterparts"]
        for one in other["occupations"]
    }

    assert inside == stated


def training(page, told, nodes):
    shown = {
        link.split("/")[2]
        for item in page.items
        for link in item.links
        if re.fullmatch(r"/qualifications/[A-Z0-9]+/", link)
    }

    assert {one["qualification"] for one in told["qualifications"]} <= shown

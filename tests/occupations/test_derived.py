"""Links that we derive between editions of ANZSCO: what each one rests on."""

import csv
from collections import Counter, defaultdict

import pytest

from occupations.catalogue.convert.derived import Basis, derived_links, read_by_hand
from occupations.catalogue.load import EMBEDDED

EMBEDDED_LINKS = EMBEDDED / "correspondences.csv"


def read(name):
    with (EMBEDDED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def structure():
    """Give the embedded occupations as the published structure writes them."""
    return [
        row | {"level": "retired" if row["retired"] == "yes" else "occupation"}
        for row in read("occupations")
    ]


@pytest.fixture(scope="module")
def links(structure):
    index = [row | {"code": row["occupation"]} for row in read("other_titles")]
    return list(derived_links(structure, index=index, by_hand=read_by_hand()))


def edition(structure, slug):
    return {
        row["code"]: row["title"]
        for row in structure
        if (row["edition"], row["level"]) == (slug, "occupation")
    }


def starting(links, code):
    """Map what an occupation of 2019 became in 2021 to whether the link is partial."""
    return {
        link.to_code: link.is_partial
        for link in links
        if (link.from_edition, link.from_code) == ("anzsco-2019", code)
    }


def test_the_shipped_links_are_what_the_converter_derives(links):
    shipped = [tuple(row.values()) for row in read("correspondences") if row["origin"] == "derived"]

    assert sorted(link.row() for link in links) == shipped


def test_each_link_rests_on_the_strongest_ground_there_is(links):
    counted = Counter((link.from_edition, link.basis) for link in links)

    assert counted == {
        ("anzsco-2013", Basis.CODE): 1023,
        ("anzsco-2019", Basis.CODE): 974,
        ("anzsco-2019", Basis.TITLE): 30,
        ("anzsco-2019", Basis.INDEX): 4,
        ("anzsco-2019", Basis.HAND): 24,
    }


def test_every_title_that_left_between_2019_and_2021_is_linked_or_said_to_be_unresolved(
    links, structure
):
    left = edition(structure, "anzsco-2019").keys() - edition(structure, "anzsco-2021").keys()
    linked = {link.from_code for link in links if link.from_edition == "anzsco-2019"}
    unresolved = {row["from_code"] for row in read_by_hand() if not row["to_code"]}

    assert len(left) == 49
    assert left - linked == unresolved == {"121216"}


def test_a_retired_code_starts_and_ends_no_link(links, structure):
    retired = {row["code"] for row in structure if row["level"] == "retired"}

    assert len(retired) == 9
    assert not retired & {code for link in links for code in (link.from_code, link.to_code)}


@pytest.mark.parametrize(
    ("code", "became"),
    [
        pytest.param("362212", {"362511": False}, id="the same title"),
        pytest.param("234112", {"234114": False}, id="an alternative title of 2022"),
        pytest.param("223211", {"223311": False}, id="a specialisation of 2022"),
        pytest.param("121213", {"121612": False, "121613": False}, id="two parts of one title"),
        pytest.param("121317", {"121323": True}, id="a part alone"),
        pytest.param("121216", {}, id="nothing sure"),
    ],
)
def test_an_occupation_that_lost_its_code_became(links, code, became):
    assert starting(links, code) == became


def test_each_resolution_by_hand_is_needed_and_gives_its_reason(structure):
    older, newer = edition(structure, "anzsco-2019"), edition(structure, "anzsco-2021")
    rows = read_by_hand()

    for row in rows:
        assert (row["from_edition"], row["to_edition"]) == ("anzsco-2019", "anzsco-2021")
        assert row["from_code"] in older
        assert row["from_code"] not in newer
        assert row["to_code"] == "" or row["to_code"] in newer
        assert row["is_partial"] in ({"yes", "no"} if row["to_code"] else {""})
        said = row["reason"].split(":")[0]
        ends = [one for one in rows if one["from_code"] == row["from_code"]]
        if not row["to_code"]:
            assert said == "Unresolved"
        elif len(ends) > 1:
            assert said == "Split"
        else:
            assert said == ("Recoded in part" if row["is_partial"] == "yes" else "Recoded")


def test_a_resolution_by_hand_yields_to_code_and_title(structure):
    never = [
        {
            "from_edition": "anzsco-2019",
            "from_code": code,
            "to_edition": "anzsco-2021",
            "to_code": "149212",
            "is_partial": "no",
        }
        for code in ("541111", "362212")
    ]

    links = list(derived_links(structure, index=[], by_hand=never))

    assert starting(links, "541111") == {"541111": False}
    assert starting(links, "362212") == {"362511": False}


def test_a_title_that_two_occupations_share_decides_nothing():
    structure = [
        {"edition": slug, "level": "occupation", "code": code, "title": "Grower"}
        for slug, code in (
            ("anzsco-2019", "111111"),
            ("anzsco-2021", "222222"),
            ("anzsco-2021", "333333"),
        )
    ]

    assert list(derived_links(structure, index=[], by_hand=[])) == []


@pytest.mark.parametrize(
    ("code", "newer"),
    [
        ("362212", "362511"),
        ("121212", "121611"),
        ("362213", "362711"),
        ("224711", "224713"),
        ("334111", "334116"),
        ("139914", "139916"),
        ("224113", "224116"),
        ("234518", "234522"),
    ],
)
def test_the_links_agree_with_the_codes_that_the_department_puts_side_by_side(code, newer):
    """The department's list of 14 September 2026 names both codes of these eight."""
    steps = defaultdict(list)
    for row in read("correspondences"):
        steps[row["from_edition"], row["from_code"]].append(row["to_code"])
    here = {code}
    for slug in ("anzsco-2013", "anzsco-2019", "anzsco-2021"):
        here = {end for start in here for end in steps[slug, start]}

    assert newer in here

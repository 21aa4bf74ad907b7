"""Facts of the embedded tables, counted from the files alone."""

from collections import Counter

import pytest

from occupations.folding import fold

ANZSCO = ("anzsco-2013", "anzsco-2019", "anzsco-2021", "anzsco-2022")


def codes(rows, edition):
    return {row["code"]: row for row in rows if row["edition"] == edition}


@pytest.mark.parametrize(
    ("edition", "groups", "occupations", "retired"),
    [
        ("anzsco-2013", {"major": 8, "sub_major": 43, "minor": 97, "unit": 358}, 1023, 9),
        ("anzsco-2019", {"major": 8, "sub_major": 43, "minor": 97, "unit": 358}, 1023, 9),
        ("anzsco-2021", {"major": 8, "sub_major": 43, "minor": 99, "unit": 364}, 1070, 0),
        ("anzsco-2022", {"major": 8, "sub_major": 43, "minor": 99, "unit": 364}, 1076, 0),
        ("osca-2024", {"major": 8, "sub_major": 53, "minor": 111, "unit": 421}, 1156, 0),
    ],
)
def test_an_edition_is_whole(tables, edition, groups, occupations, retired):
    levels = Counter(row["level"] for row in tables["groups"] if row["edition"] == edition)
    found = codes(tables["occupations"], edition).values()

    assert levels == groups
    assert Counter(row["retired"] for row in found) == Counter(
        {False: occupations, **({True: retired} if retired else {})}
    )


def test_every_occupation_but_the_retired_states_its_skill_level(tables):
    without = {row["code"] for row in tables["occupations"] if row["skill_level"] is None}

    assert without == {row["code"] for row in tables["occupations"] if row["retired"]}
    assert len(without) == 9


@pytest.mark.parametrize(
    ("edition", "differences"),
    [("anzsco-2013", 0), ("anzsco-2019", 56), ("anzsco-2021", 56), ("anzsco-2022", 56)],
)
def test_skill_levels_differ_between_the_countries_from_2019_on(tables, edition, differences):
    found = codes(tables["occupations"], edition).values()

    assert sum(row["skill_level"] != row["skill_level_nz"] for row in found) == differences


def test_osca_states_nothing_for_new_zealand(tables):
    for table, blank in (("groups", ""), ("occupations", None), ("skill_levels", "")):
        column = "new_zealand" if table == "skill_levels" else "skill_level_nz"
        osca = [row for row in tables[table] if row["edition"] == "osca-2024"]

        assert osca
        assert {row[column] for row in osca} == {blank}


def test_group_skill_levels_are_published_for_2013_and_2022_only(tables):
    stated = Counter(row["edition"] for row in tables["groups"] if row["skill_level"])

    assert stated == {"anzsco-2013": 506, "anzsco-2022": 513}
    assert codes(tables["groups"], "anzsco-2022")["3111"]["skill_level"] == ""


def test_osca_and_anzsco_2022_share_codes(tables):
    groups = codes(tables["groups"], "anzsco-2022"), codes(tables["groups"], "osca-2024")
    occupations = (
        codes(tables["occupations"], "anzsco-2022"),
        codes(tables["occupations"], "osca-2024"),
    )

    assert len(occupations[0].keys() & occupations[1].keys()) == 12
    assert sum(len(code) == 4 for code in groups[0].keys() & groups[1].keys()) == 192
    assert (
        groups[0]["1492"]["title"]
        != groups[1]["1492"]["title"]
        == "Commissioned Officers (Management)"
    )


def test_2013_and_2022_share_most_codes(tables):
    first = {
        code: row
        for code, row in codes(tables["occupations"], "anzsco-2013").items()
        if not row["retired"]
    }
    last = codes(tables["occupations"], "anzsco-2022")
    shared = first.keys() & last.keys()

    assert (len(shared), len(last.keys() - shared), len(first.keys() - shared)) == (969, 107, 54)
    assert sum(first[code]["title"] != last[code]["title"] for code in shared) >= 31


def test_titles_are_published_for_2022_and_stated_for_149212_elsewhere(tables):
    counted = Counter((row["edition"], row["kind"]) for row in tables["other_titles"])

    assert counted == {
        ("anzsco-2022", "specialisation"): 1408,
        ("anzsco-2022", "alternative"): 467,
        ("anzsco-2022", "nec_occupation"): 318,
        ("anzsco-2013", "alternative"): 2,
        ("anzsco-2013", "assessor"): 1,
        ("anzsco-2021", "alternative"): 2,
    }


def test_titles_of_541111_are_two_alternatives_and_two_specialisations(tables):
    titles = {
        (row["kind"], row["title"])
        for row in tables["other_titles"]
        if (row["edition"], row["occupation"]) == ("anzsco-2022", "541111")
    }

    assert titles == {
        ("alternative", "Call Centre Supervisor"),
        ("alternative", "Contact Centre Supervisor"),
        ("specialisation", "Call or Contact Centre Coach"),
        ("specialisation", "Call or Contact Centre Workforce Planner"),
    }
    assert not any(row["occupation"] == "541112" for row in tables["other_titles"])


def test_published_correspondences_are_whole(tables):
    counted = Counter(
        (row["from_edition"], row["to_edition"], row["is_partial"])
        for row in tables["correspondences"]
        if row["origin"] == "published"
    )

    assert counted == {
        ("anzsco-2021", "anzsco-2022", False): 1076,
        ("osca-2024", "anzsco-2022", False): 898,
        ("osca-2024", "anzsco-2022", True): 450,
    }
    assert {
        row["from_edition"] for row in tables["correspondences"] if row["origin"] == "derived"
    } == {
        "anzsco-2013",
        "anzsco-2019",
    }
    assert Counter(row["is_partial"] for row in tables["isco_correspondences"]) == {
        True: 1197,
        False: 143,
    }


def test_skill_level_wording_follows_the_edition(tables):
    wording = {(row["edition"], row["level"]): row for row in tables["skill_levels"]}

    assert wording["anzsco-2013", 2]["new_zealand"] == "NZ Register Diploma"
    assert wording["anzsco-2021", 2]["new_zealand"] == "NZQF Diploma"
    for edition in ANZSCO:
        years = [wording[edition, level]["substitute_years"] for level in range(1, 6)]
        assert years == [5, 3, 3, 1, None]


def test_folded_titles_stand_beside_published_ones(tables):
    maori = codes(tables["occupations"], "anzsco-2022")["411512"]

    assert "ā" in maori["title"]
    assert maori["title_folded"] == fold(maori["title"])
    assert maori["title_folded"].isascii()

"""Facts of the embedded tables of migration and skills, counted from the files alone."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from occupations.catalogue.tables import TABLES

TODAY = "home-affairs-list-2026-09-14"
CSOL_2024 = "csol-2024-12-07"
EARLIER = "skilled-lists-2024-10"
NUMBERED, TITLED = "caveats-2022-03", "caveats-2026-09-14"
WRITTEN_ON = date(2026, 11, 21)


def is_of(source, row):
    return row["source"] == source


def test_visas_read_their_editions_and_two_are_closed(tables):
    reads = {row["subclass"]: row["reads_edition"] for row in tables["visas"]}

    assert {subclass for subclass, edition in reads.items() if edition == "anzsco-2022"} == {
        "186",
        "482",
    }
    assert reads.keys() == {"186", "187", "189", "190", "407", "482", "485", "489", "491", "494"}
    assert {row["subclass"] for row in tables["visas"] if not row["is_open"]} == {"187", "489"}


def test_the_lists_of_september_2026_are_whole(tables):
    counted = Counter(
        (row["list"], row["edition"]) for row in tables["list_memberships"] if is_of(TODAY, row)
    )

    assert counted == {
        ("csol", "anzsco-2022"): 457,
        ("mltssl", "anzsco-2013"): 216,
        ("stsol", "anzsco-2013"): 216,
        ("rol", "anzsco-2013"): 220,
        ("rsms-rol", "anzsco-2013"): 23,
    }


@pytest.mark.parametrize(
    ("code", "memberships"),
    [
        ("149211", {"rol": ("494",)}),
        ("541111", {"rol": ("494",)}),
        ("541112", {}),
        ("149212", {"stsol": ("190", "407", "489S", "491S", "494")}),
        (
            "263311",
            {"mltssl": ("189", "190", "407", "485", "489F", "489S", "491F", "491S", "494")},
        ),
        ("111212", {"rsms-rol": ()}),
        (
            "233912",  # one row names both lists, with the visas of both together
            {
                "csol": ("186", "482"),
                "mltssl": ("189", "190", "407", "485", "489F", "489S", "491F", "491S", "494"),
                "rol": ("407", "489S", "491S", "494"),
            },
        ),
    ],
)
def test_an_occupation_is_on_these_lists_for_these_visas(tables, code, memberships):
    found = {
        row["list"]: row["visas"]
        for row in tables["list_memberships"]
        if row["occupation"] == code and is_of(TODAY, row)
    }

    assert found == memberships


def test_vetassess_assesses_149212_in_group_c(tables):
    found = [row for row in tables["assessments"] if row["occupation"] == "149212"]

    assert [(row["edition"], row["authority"], row["group"]) for row in found] == [
        ("anzsco-2013", "vetassess", "C")
    ]


def test_every_member_of_a_list_is_on_an_edition_that_its_visas_read(tables):
    reads = {row["subclass"]: row["reads_edition"] for row in tables["visas"]}

    for row in tables["list_memberships"]:
        if not is_of(TODAY, row):
            continue  # in 2024 other visas read the edition of 2013
        assert {reads[visa[:3]] for visa in row["visas"]} <= {row["edition"]}


def test_a_note_on_a_source_does_not_name_the_source_once_more(tables):
    assert [row["slug"] for row in tables["sources"] if "Source:" in row["note"]] == []


def test_every_authority_assesses_something(tables):
    authorities = {row["authority"] for row in tables["assessments"]}

    assert authorities == {row["slug"] for row in tables["assessing_authorities"]}


def test_the_core_list_has_kept_its_codes_since_december_2024_and_gained_three(tables):
    csol = {
        source: {
            row["occupation"]
            for row in tables["list_memberships"]
            if row["list"] == "csol" and is_of(source, row)
        }
        for source in (CSOL_2024, TODAY)
    }

    assert len(csol[CSOL_2024]) == 454
    assert csol[CSOL_2024] < csol[TODAY]
    assert csol[TODAY] - csol[CSOL_2024] == {"149914", "211212", "231212"}


def test_the_lists_of_october_2024_are_history_and_a_priority_list_gave_no_visa(tables):
    earlier = [row for row in tables["list_memberships"] if is_of(EARLIER, row)]

    assert Counter(row["list"] for row in earlier) == {
        "mltssl": 216,
        "pmsol": 18,
        "rol": 452,
        "stsol": 215,
    }
    assert {row["edition"] for row in earlier} == {"anzsco-2013"}
    assert {row["visas"] for row in earlier if row["list"] == "pmsol"} == {()}
    assert {
        (row["list"], row["authority_named"]) for row in earlier if row["occupation"] == "149212"
    } == {("stsol", "VETASSESS"), ("rol", "VETASSESS")}


def caveats_on(tables, code, instrument):
    return {
        row["caveat_key"]: row["programs"]
        for row in tables["caveat_memberships"]
        if (row["occupation"], row["instrument"]) == (code, instrument)
    }


def test_every_caveat_of_both_instruments_has_our_wording_and_an_occupation(tables):
    worded = {(row["instrument"], row["key"]) for row in tables["caveats"]}
    named = {(row["instrument"], row["caveat_key"]) for row in tables["caveat_memberships"]}

    assert worded == named
    assert Counter(row["instrument"] for row in tables["caveats"]) == {NUMBERED: 24, TITLED: 16}
    assert Counter((row["instrument"], row["edition"]) for row in tables["caveat_memberships"]) == {
        (NUMBERED, "anzsco-2013"): 220,
        (TITLED, "anzsco-2022"): 47,
    }


def test_numbered_caveats_ended_on_7_december_2024(tables):
    ends = {row["slug"]: row["in_force_to_on"] for row in tables["instruments"]}

    assert ends == {NUMBERED: date(2024, 12, 7), TITLED: None}
    assert caveats_on(tables, "149212", NUMBERED) == dict.fromkeys(
        ("2", "11", "19"), ("TSS", "ENS")
    )
    assert caveats_on(tables, "149212", TITLED) == {}


def test_a_general_accountant_has_three_titled_caveats_for_two_visas(tables):
    assert caveats_on(tables, "221111", TITLED) == dict.fromkeys(
        (
            "business-size-staff-5",
            "business-size-turnover-1000000",
            "low-skilled-tasks-clerical",
        ),
        ("186", "482"),
    )


def test_a_caveat_printed_beside_the_wrong_occupation_is_kept_and_said_so(tables):
    key = "low-skilled-tasks-farm-as-printed"
    wording = {row["key"]: row["wording"] for row in tables["caveats"]}

    assert caveats_on(tables, "223113", TITLED) == {key: ("186", "482")}
    assert caveats_on(tables, "141311", TITLED) == {key: ("186", "482")}
    assert "do not fit this occupation" in wording[key]


def test_amounts_are_written_in_full(tables):
    amounts = {
        word.strip(".,")
        for row in tables["caveats"]
        for word in row["wording"].split()
        if "$" in word
    }

    assert amounts == {
        "A$65,000",
        "A$80,000",
        "A$90,000",
        "A$120,000",
        "A$180,001",
        "A$1,000,000",
    }


def test_criteria_are_shipped_for_the_groups_whose_rows_are_quoted(tables):
    counted = Counter(row["group"] for row in tables["assessment_criteria"])

    assert counted == {"A": 1, "B": 4, "C": 4}


@pytest.mark.parametrize(
    ("table", "edition", "rows"),
    [
        ("occupation_licences", "anzsco-2022", 311),
        ("specialist_tasks", "anzsco-2019", 10_963),
        ("core_competencies", "anzsco-2019", 6_000),
        ("technology_tools", "anzsco-2019", 1_989),
        ("shortage_ratings", "anzsco-2022", 311 * 9),
        ("state_nominations", "anzsco-2013", 4_417),
        ("expression_counts", "anzsco-2013", 29_565),
    ],
)
def test_a_table_is_whole_and_stands_on_one_edition(tables, table, edition, rows):
    assert Counter(row["edition"] for row in tables[table]) == {edition: rows}


def test_licences_are_required_or_may_be(tables):
    counted = Counter(row["requirement"] for row in tables["occupation_licences"])

    assert counted == {"required": 174, "may_be_required": 137}


def test_shares_of_time_add_up_to_the_whole_at_most(tables):
    shares: Counter[tuple[str, str]] = Counter()
    for row in tables["specialist_tasks"]:
        shares[row["group"], row["occupation"]] += row["share_of_time"]

    assert len(shares) == 600
    assert max(shares.values()) <= Decimal("1.01")


def test_every_subject_has_ten_competencies(tables):
    counted = Counter((row["group"], row["occupation"]) for row in tables["core_competencies"])

    assert set(counted.values()) == {10}


def test_a_driver_stands_beside_a_national_shortage_alone(tables):
    for row in tables["shortage_ratings"]:
        short = row["place"] == "national" and row["rating"] != "none"
        assert bool(row["driver"]) is short


def test_expressions_count_whole_people_and_ten_stands_for_fewer_than_twenty(tables):
    counts = [row["count"] for row in tables["expression_counts"]]

    assert min(counts) == 10
    assert not set(counts) & set(range(11, 20))


def test_the_points_table_has_one_cap_and_one_pass_mark(tables):
    lines = tables["points_criteria"]

    assert Counter(row["kind"] for row in lines) == {"criterion": 30, "cap": 1, "pass_mark": 1}
    assert {row["key"]: row["points"] for row in lines if row["kind"] != "criterion"} == {
        "employment-cap": 20,
        "pass-mark": 65,
    }
    assert {row["visas"] for row in lines if row["part"] == "6D.12"} == {("190",)}
    assert {row["visas"] for row in lines if row["part"] == "6D.13"} == {("491",)}


def test_every_table_says_where_it_comes_from(tables):
    sources = {row["slug"] for row in tables["sources"]}

    assert {row["table"] for row in tables["table_sources"]} == {table.name for table in TABLES}
    assert {row["source"] for row in tables["table_sources"]} == sources


def test_a_source_is_checked_again_or_does_not_change(tables):
    for row in tables["sources"]:
        never = "does not change" in row["note"]
        assert (row["next_check_on"] is None) is never, row["slug"]
        assert never or row["next_check_on"] > WRITTEN_ON

"""The packaging rules, held against the units of a real release and against choices that fail."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

import occupations
from occupations.packaging import (
    PackagingRules,
    RuleKind,
    RuleState,
    check_packaging,
    read_rules,
)

DATA = Path(occupations.__file__).parent / "catalogue" / "data"


def rows(table):
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def certificate_iv():
    """Read the rules of BSB40307, release 1, from the embedded catalogue."""
    return read_rules(
        numbers={
            row["kind"]: int(row["number"])
            for row in rows("packaging_rules")
            if row["qualification"] == "BSB40307" and row["number"]
        },
        unit_kinds={
            row["unit"]: row["kind"]
            for row in rows("packaged_units")
            if row["qualification"] == "BSB40307"
        },
        aqf_type="Certificate IV",
    )


@pytest.fixture
def make_rules():
    """Make the rules of a small qualification: one core unit and two of three listed electives."""

    def make(*, aqf_type="Certificate IV", **unknown):
        rules = PackagingRules(
            core=frozenset({"CORE1"}),
            electives=frozenset({"LIST1", "LIST2", "LIST3"}),
            total=3,
            elective_count=2,
            other_level_most=1,
            aqf_type=aqf_type,
        )
        return replace(rules, **unknown)

    return make


def states(check):
    return {rule.kind: rule.state for rule in check.rules}


def test_the_rules_of_the_catalogue_read_as_published(certificate_iv):
    assert len(certificate_iv.core) == 7
    assert len(certificate_iv.electives) == 21
    assert certificate_iv.total == 13
    assert certificate_iv.elective_count == 6
    assert certificate_iv.other_level_most == 2
    assert certificate_iv.neighbouring_types == {"Certificate III", "Diploma"}


@pytest.mark.parametrize(
    ("seq", "name", "still"),
    [
        ("1", "Analyst", 2),
        ("2", "Scheduler", 3),
        ("3", "Quality Assurance Coordinator or Manager", 5),
    ],
)
def test_each_example_selection_leaves_electives_to_choose(certificate_iv, seq, name, still):
    [selection] = [row for row in rows("example_selections") if row["seq"] == seq]
    examples = {row["unit"] for row in rows("example_units") if row["selection_seq"] == seq}

    check = check_packaging(certificate_iv, chosen=certificate_iv.core | examples, levels={})

    assert selection["name"] == name
    assert check.electives_to_choose == still
    assert check.core_to_choose == ()
    assert check.broken == ()
    assert not check.is_complete


def test_a_unit_that_stands_only_in_an_example_is_not_a_listed_elective(certificate_iv):
    check = check_packaging(certificate_iv, chosen={"THHGLE05B", "CHCPOL3A"}, levels={})

    assert check.level_not_stated == ("THHGLE05B",)


def test_listed_electives_with_codes_of_another_level_count_as_listed(certificate_iv):
    listed = {"BSBINN301A", "BSBSUS301A", "BSBPMG510A", "BSBSLS501A", "BSBSLS502A"}

    check = check_packaging(
        certificate_iv, chosen=certificate_iv.core | listed | {"BSBWOR401A"}, levels={}
    )

    assert check.is_complete
    assert check.level_not_stated == ()


def test_nothing_chosen_is_short_of_everything_and_breaks_nothing(certificate_iv):
    check = check_packaging(certificate_iv, chosen=(), levels={})

    assert check.core_to_choose == tuple(sorted(certificate_iv.core))
    assert check.electives_to_choose == 6
    assert check.broken == ()
    assert states(check)[RuleKind.TOTAL] is RuleState.SHORT


def test_a_full_choice_meets_every_rule(make_rules):
    check = check_packaging(make_rules(), chosen=["CORE1", "LIST1", "LIST2"], levels={})

    assert check.is_complete
    assert set(states(check).values()) == {RuleState.MET}


def test_a_missing_core_unit_cannot_be_made_up_by_an_elective(make_rules):
    check = check_packaging(make_rules(), chosen=["LIST1", "LIST2", "LIST3"], levels={})

    assert check.core_to_choose == ("CORE1",)
    assert states(check)[RuleKind.TOTAL] is RuleState.MET
    assert states(check)[RuleKind.CORE] is RuleState.SHORT
    assert [rule.kind for rule in check.broken] == [RuleKind.ELECTIVE]


def test_too_many_units_break_the_total_and_the_electives(make_rules):
    check = check_packaging(make_rules(), chosen=["CORE1", "LIST1", "LIST2", "LIST3"], levels={})

    assert [(rule.kind, rule.limit, rule.counted) for rule in check.broken] == [
        (RuleKind.TOTAL, 3, 4),
        (RuleKind.ELECTIVE, 2, 3),
    ]
    assert check.electives_to_choose == 0


def test_a_unit_named_twice_counts_once(make_rules):
    check = check_packaging(make_rules(), chosen=["CORE1", "LIST1", "LIST1"], levels={})

    assert check.electives_to_choose == 1


@pytest.mark.parametrize(
    ("levels", "state"),
    [
        pytest.param({"OUT1": "Certificate IV", "OUT2": "Certificate IV"}, "met", id="same level"),
        pytest.param({"OUT1": "Diploma", "OUT2": "Certificate IV"}, "met", id="one of another"),
        pytest.param({"OUT1": "Diploma", "OUT2": "Certificate III"}, "broken", id="two of another"),
    ],
)
def test_few_units_from_outside_may_be_of_a_neighbouring_level(make_rules, levels, state):
    check = check_packaging(make_rules(), chosen=["CORE1", "OUT1", "OUT2"], levels=levels)

    assert states(check)[RuleKind.OTHER_LEVEL_MOST] == state
    assert states(check)[RuleKind.ELECTIVE_SOURCE] is RuleState.MET


@pytest.mark.parametrize("aqf_type", ["Certificate II", "Advanced Diploma"])
def test_a_unit_from_a_level_further_away_is_not_accepted(make_rules, aqf_type):
    check = check_packaging(make_rules(), chosen=["CORE1", "OUT1"], levels={"OUT1": aqf_type})

    [broken] = check.broken
    assert (broken.kind, broken.units) == (RuleKind.ELECTIVE_SOURCE, ("OUT1",))


def test_the_level_of_a_listed_unit_is_never_asked(make_rules):
    check = check_packaging(
        make_rules(), chosen=["CORE1", "LIST1", "LIST2"], levels={"LIST1": "Certificate I"}
    )

    assert check.is_complete


@pytest.mark.parametrize(
    ("aqf_type", "neighbours"),
    [
        ("Certificate I", {"Certificate II"}),
        ("Certificate III", {"Certificate II", "Certificate IV"}),
        ("Advanced Diploma", {"Diploma"}),
    ],
)
def test_neighbouring_types_are_one_level_below_and_above(make_rules, aqf_type, neighbours):
    assert make_rules(aqf_type=aqf_type).neighbouring_types == neighbours


def test_a_type_that_is_no_vocational_one_has_no_neighbours(make_rules):
    assert make_rules(aqf_type="Bachelor Degree").neighbouring_types == frozenset()


def test_chosen_units_are_told_apart_by_their_place_in_the_list(make_rules):
    check = check_packaging(make_rules(), chosen=["OUT1", "LIST2", "CORE1", "LIST1"], levels={})

    assert (check.core, check.listed, check.outside) == (
        ("CORE1",),
        ("LIST1", "LIST2"),
        ("OUT1",),
    )


def test_three_units_of_another_level_break_only_the_rule_of_two(certificate_iv):
    listed = {"BSBINN301A", "BSBSUS301A", "BSBPMG510A"}
    levels = dict.fromkeys(("OUT1", "OUT2", "OUT3"), "Certificate III")

    check = check_packaging(
        certificate_iv, chosen=certificate_iv.core | listed | levels.keys(), levels=levels
    )

    [broken] = check.broken
    assert broken.kind is RuleKind.OTHER_LEVEL_MOST
    assert (broken.limit, broken.counted, broken.units) == (2, 3, ("OUT1", "OUT2", "OUT3"))


def test_rules_read_without_their_numbers_are_not_known():
    rules = read_rules(
        numbers={"total": 2}, unit_kinds={"CORE1": "core", "LIST1": "elective"}, aqf_type=""
    )

    assert (rules.total, rules.elective_count, rules.other_level_most) == (2, None, None)


@pytest.mark.parametrize(
    ("unknown", "kinds"),
    [
        ("total", ["core", "elective", "elective_source", "other_level_most"]),
        ("elective_count", ["total", "core", "elective_source", "other_level_most"]),
        ("other_level_most", ["total", "core", "elective"]),
    ],
)
def test_a_rule_that_is_not_known_is_neither_met_nor_broken(make_rules, unknown, kinds):
    rules = make_rules(**{unknown: None})
    check = check_packaging(rules, chosen=["CORE1", "OUT1"], levels={"OUT1": "Certificate I"})

    assert [rule.kind for rule in check.rules] == kinds
    assert (check.electives_to_choose is None) == (unknown == "elective_count")

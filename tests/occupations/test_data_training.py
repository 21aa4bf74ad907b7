"""Facts of the embedded tables of training, counted from the files alone."""

from collections import Counter, defaultdict


def test_the_sample_is_whole_beside_what_is_written_by_hand(tables):
    assert Counter(row["is_held"] for row in tables["qualifications"]) == {True: 40, False: 3}
    assert len(tables["packaged_units"]) == 2597 + 31
    assert Counter(row["is_held"] for row in tables["units"]) == {True: 1499 + 31, False: 1447}
    assert len(tables["unit_mappings"]) == 1499


def test_each_release_lists_as_many_core_units_as_its_rule_says(tables):
    listed = defaultdict(set)
    for row in tables["packaged_units"]:
        if row["kind"] == "core":
            listed[row["qualification"]].add(row["unit"])
    stated = {
        row["qualification"]: row["number"]
        for row in tables["packaging_rules"]
        if row["kind"] == "core"
    }

    assert len(stated) == 40
    assert {code: len(units) for code, units in listed.items()} == stated


def test_core_units_and_electives_make_the_total_wherever_one_is_stated(tables):
    numbers: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in tables["packaging_rules"]:
        if row["kind"] in {"total", "core", "elective"}:
            numbers[row["qualification"]][row["kind"]] = row["number"]

    assert {code for code, found in numbers.items() if "total" not in found} == {"RII32020"}
    assert {code for code, found in numbers.items() if "elective" not in found} == {"CPP20218"}
    for found in numbers.values():
        if "total" in found:
            assert found["total"] == found["core"] + found.get("elective", 0)


def test_no_unit_is_both_core_and_elective(tables):
    kinds = defaultdict(set)
    for row in tables["packaged_units"]:
        kinds[row["qualification"], row["unit"]].add(row["kind"])

    assert {len(found) for found in kinds.values()} == {1}
    places = Counter((row["qualification"], row["unit"]) for row in tables["packaged_units"])
    assert sum(count > 1 for count in places.values()) == 167


def test_units_without_a_title_are_those_that_are_only_named(tables):
    assert {row["is_held"] for row in tables["units"] if not row["title"]} == {False}
    assert {row["is_held"] for row in tables["units"] if row["title"]} == {True}


def test_two_titles_are_cut(tables):
    cut = {row["code"] for row in tables["qualifications"] if row["is_title_cut"]}

    assert cut == {"ICT30419", "RII20120"}


def test_a_superseded_unit_names_what_took_its_place(tables):
    replaced = {row["from_unit"] for row in tables["unit_mappings"]}
    superseded = {
        row["code"]
        for row in tables["units"]
        if row["usage_recommendation"] == "Superseded" and row["release"]
    }

    assert len(superseded) == 91
    assert superseded <= replaced


def test_fields_of_education_hold_each_other(tables):
    codes = {row["code"] for row in tables["fields_of_education"]}

    assert Counter(len(code) for code in codes)[2] == 12
    assert {code[:-2] for code in codes if len(code) > 2} <= codes

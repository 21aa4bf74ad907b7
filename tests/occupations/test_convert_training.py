import csv

import pytest

from occupations.catalogue.convert.training import HEADERS, training_tables
from occupations.catalogue.load import EMBEDDED
from tests.occupations.published_training import TRAINING
from tests.occupations.small_catalogue import write_tables


@pytest.fixture
def tables(tmp_path):
    """Convert the small tables, beside the rows that the catalogue keeps by hand."""
    made = training_tables(write_tables(tmp_path / "published", TRAINING), kept=EMBEDDED)
    return {name: [",".join(row) for row in rows] for name, rows in made.items()}


@pytest.mark.parametrize("name", ["qualifications", "packaging_rules", "packaged_units", "units"])
def test_rows_written_by_hand_stay_as_they_are(tables, name):
    with (EMBEDDED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = [",".join(row) for row in csv.reader(file)]

    assert header == HEADERS[name]
    about = "BSB40307"
    if name == "units":
        about = "BSBRES401A"
    by_hand = [row for row in rows if about in row]
    assert by_hand
    assert [row for row in tables[name] if about in row] == by_hand


def test_without_rows_by_hand_only_the_published_ones_are_made(tmp_path):
    made = training_tables(write_tables(tmp_path / "published", TRAINING), kept=tmp_path)

    assert [code for code, *_ in made["qualifications"]] == [
        "CPP20218",
        "ICT30419",
        "RII32020",
        "TLI40122",
    ]


def test_a_cut_title_is_marked(tables):
    assert (
        "ICT30419,Certificate III in Network,ICT,Certificate III,3,yes,,yes"
        in tables["qualifications"]
    )


def test_a_release_states_its_number_and_no_date(tables):
    address = "https://training.gov.au/training/details/ICT30419"

    assert f"ICT30419,2,,,{address}" in tables["qualification_releases"]


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        pytest.param(
            "CPP20218",
            ["total,1,1,1 units in all.", "core,2,1,All 1 are core units."],
            id="core units only",
        ),
        pytest.param(
            "ICT30419",
            [
                "total,1,3,3 units in all.",
                "core,2,1,1 of them are core units.",
                "elective,3,2,2 of them are electives.",
            ],
            id="all three stated",
        ),
        pytest.param(
            "RII32020", ["core,1,1,1 core units.", "elective,2,4,4 electives."], id="no total"
        ),
        pytest.param(
            "TLI40122",
            [
                "total,1,12,12 units in all.",
                "core,2,1,1 of them are core units.",
                "elective,3,11,The other 11 are electives.",
            ],
            id="electives fill the rest",
        ),
    ],
)
def test_counts_become_rules_in_our_words(tables, code, rules):
    found = [row for row in tables["packaging_rules"] if row.startswith(code)]

    assert [row.split(",", 2)[2] for row in found] == rules


def test_units_stand_in_the_order_of_their_list_and_in_each_of_their_groups(tables):
    assert [row for row in tables["packaged_units"] if row.startswith("ICT30419")] == [
        "ICT30419,2,ICTNET301,core,,1,,,",
        "ICT30419,2,ICTNET302,elective,Group B,2,,,",
        "ICT30419,2,ICTNET302,elective,Group A,3,,,",
    ]


def test_a_garbled_heading_is_put_right(tables):
    assert (
        "TLI40122,2,TLIC0033,elective,Driver awareness elective units,2,,,"
        in (tables["packaged_units"])
    )


def test_prerequisites_come_from_their_table_and_from_titles(tables):
    assert tables["unit_prerequisites"] == [
        "ICT30419,2,ICTNET302,ICTNET301",
        "TLI40122,2,TLIC0022,TLILIC0001",
        "TLI40122,2,TLIC0022,XYZ0001",
    ]


def test_replacements_are_matched_with_their_equivalence_in_order(tables):
    assert tables["unit_mappings"] == [
        "CPPSEC100,CPPSEC101,yes",
        "ICTNET101,ICTNET301,yes",
        "ICTNET201,ICTNET301,no",
        "ICTNET302,ICTNET402,no",
    ]


def test_a_list_without_its_equivalences_is_refused(tmp_path):
    broken = TRAINING["units"].replace("False;True", "False")
    published = write_tables(tmp_path / "published", TRAINING | {"units": broken})

    with pytest.raises(ValueError, match="shorter"):
        training_tables(published, kept=tmp_path)


def test_units_that_are_only_named_stand_without_a_title(tables):
    named = [row for row in tables["units"] if row.endswith(",no")]

    assert [row.rstrip(",no") for row in named] == [
        "CPPSEC100",
        "ICTNET101",
        "ICTNET201",
        "ICTNET402",
        "XYZ0001",
    ]


def test_a_training_package_whose_title_we_do_not_know_keeps_its_code(tables):
    assert tables["training_packages"] == [
        "BSB,Business Services",
        "CPP,Property Services",
        "ICT,Information and Communications Technology",
        "QQQ,QQQ",
        "RII,Resources and Infrastructure Industry",
        "TLI,Transport and Logistics",
    ]

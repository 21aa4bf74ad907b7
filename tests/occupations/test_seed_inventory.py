"""The catalogue says all that its source documents say: remove any one item and it shows."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest

import occupations
from tests.occupations.seed_counts import A21, A22, ANZSCO, COUNTS
from tests.occupations.seed_inventory import (
    column,
    facts,
    heading_of,
    miscounted,
    missing,
    untrue,
)

DATA = Path(occupations.__file__).parent / "catalogue" / "data"
SUBJECTS = {"5411", "1492", "541111", "541112", "149211", "149212", "BSB40307"}


def read(table):
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


CATALOGUE = {table: read(table) for table in COUNTS}


def test_the_catalogue_states_every_item_of_the_source_documents():
    assert list(missing(CATALOGUE)) == []


def test_every_row_about_a_source_document_is_in_the_inventory():
    for table, rows in CATALOGUE.items():
        about = [
            row
            for row in rows
            if SUBJECTS & set(row.values()) and row.get("edition", A22) in ANZSCO
        ]
        assert {heading_of(table, row) for row in about} <= COUNTS[table][1].keys()


def test_removing_any_one_item_is_noticed():
    items = [
        (table, place)
        for table, rows in CATALOGUE.items()
        for place, row in enumerate(rows)
        if heading_of(table, row) in COUNTS[table][1]
    ]

    assert len(items) == 295
    assert [item for item in items if not any(missing_without(*item))] == []


def missing_without(table, place):
    """Name what is missing if a table lacks the row at one place; the other tables are whole."""
    rows = CATALOGUE[table][:place] + CATALOGUE[table][place + 1 :]
    yield from miscounted(table, rows)
    yield from untrue(CATALOGUE | {table: rows})


@pytest.mark.parametrize("table", [table for table, rows in CATALOGUE.items() if "seq" in rows[0]])
def test_items_are_numbered_in_the_order_of_the_file(table):
    for row, after in pairwise(CATALOGUE[table]):
        assert after["seq"] == "1" or int(after["seq"]) == int(row["seq"]) + 1


def test_the_numbers_of_units_are_those_of_the_document():
    release = facts(CATALOGUE)

    assert len(release["unit titles"][0]) == 31
    assert len(release["core units"][0]) == 6
    assert len(release["listed electives"][0]) == 11
    assert len(release["rows of the unit table"][0]) == 10


def test_tasks_called_highly_relevant_are_the_group_tasks_without_running_the_centre():
    group = column(CATALOGUE["tasks"], "text", edition=A21, group="1492", is_note="no")
    relevant = column(CATALOGUE["assessment_notes"], "text", section="task")

    assert relevant == group[:1] + group[2:]


def test_both_later_editions_of_1492_tell_the_same_tasks():
    tasks = CATALOGUE["tasks"]

    assert column(tasks, "text", edition=A21) == column(tasks, "text", edition=A22, group="1492")


@pytest.mark.parametrize(("number", "amount"), [("2", "A$65,000"), ("19", "A$1,000,000")])
def test_amounts_in_caveats_are_written_in_full(number, amount):
    [wording] = column(CATALOGUE["caveats"], "wording", number=number)

    assert amount in wording

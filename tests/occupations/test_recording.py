from datetime import date
from decimal import Decimal

import pytest

from occupations.catalogue.changes import TableChanges
from occupations.catalogue.recording import recorded_changes
from occupations.catalogue.tables import TABLES

BY_NAME = {table.name: table for table in TABLES}


def added(name, **cells):
    """Record one added row of a table; cells that are not given are empty."""
    table = BY_NAME[name]
    row = tuple(cells.get(column, "") for column in table.names)
    key = table.key_of(row)
    changes = TableChanges(added=(key,))
    (fact,) = recorded_changes(table, changes, stored={}, published={key: row})
    return fact


@pytest.mark.parametrize(
    ("name", "cells", "subject"),
    [
        ("occupations", {"edition": "first", "code": "149212"}, ("first", "149212")),
        ("groups", {"edition": "first", "code": "14", "parent": "1"}, ("first", "14")),
        ("tasks", {"edition": "first", "group": "1492", "seq": 1}, ("first", "1492")),
        ("specialist_tasks", {"edition": "first", "group": "1492"}, ("first", "1492")),
        ("specialist_tasks", {"edition": "first", "occupation": "149212"}, ("first", "149212")),
        (
            "correspondences",
            {"from_edition": "first", "from_code": "1", "to_edition": "second", "to_code": "2"},
            ("first", "1"),
        ),
        ("skill_levels", {"edition": "first", "level": 1}, ("first", "")),
        ("qualifications", {"code": "BSB40307"}, ("", "BSB40307")),
        ("packaged_units", {"qualification": "BSB40307", "unit": "BSBX"}, ("", "BSB40307")),
        ("qualification_mappings", {"from_qualification": "BSB40307"}, ("", "BSB40307")),
        ("units", {"code": "BSBX"}, ("", "BSBX")),
        ("unit_mappings", {"from_unit": "BSBX", "to_unit": "BSBY"}, ("", "BSBX")),
        ("training_packages", {"code": "BSB"}, ("", "")),
        ("isco_groups", {"code": "1439"}, ("", "")),
        ("visas", {"subclass": "482", "reads_edition": "first"}, ("", "")),
    ],
)
def test_a_change_knows_what_it_is_about(name, cells, subject):
    fact = added(name, **cells)

    assert (fact.edition, fact.code) == subject


def test_values_are_such_as_json_can_hold():
    task = added("specialist_tasks", edition="first", share_of_time=Decimal("0.25"))
    instrument = added("instruments", slug="x", in_force_from_on=date(2024, 12, 7))
    visas = added("list_memberships", visas=("190", "407"))

    assert task.after["share_of_time"] == "0.25"
    assert instrument.after["in_force_from_on"] == "2024-12-07"
    assert visas.after["visas"] == ["190", "407"]


def test_an_altered_row_keeps_only_the_cells_that_differ():
    units = BY_NAME["units"]
    before = ("A1", "One", "Current", None, 1, None, "", "", True, "one")
    after = ("A1", "Two", "Current", None, 1, None, "", "", True, "two")
    changes = TableChanges(altered={("A1",): ("title", "title_folded")})

    (fact,) = recorded_changes(units, changes, stored={("A1",): before}, published={("A1",): after})

    assert (fact.kind, fact.key) == ("altered", {"code": "A1"})
    assert (fact.before, fact.after) == ({"title": "One"}, {"title": "Two"})


def test_a_title_that_only_folds_otherwise_is_no_change_of_a_fact():
    units = BY_NAME["units"]
    before = ("A1", "One", "Current", None, 1, None, "", "", True, "one")
    after = (*before[:-1], "uno")
    changes = TableChanges(altered={("A1",): ("title_folded",)})

    facts = recorded_changes(units, changes, stored={("A1",): before}, published={("A1",): after})

    assert list(facts) == []

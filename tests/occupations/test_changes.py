import pytest

from occupations.catalogue.changes import TableChanges, compare, implausible_shrinks, still_named
from occupations.catalogue.tables.classification import OCCUPATIONS, OTHER_TITLES
from occupations.catalogue.tables.training import UNITS


def units(**titles):
    rest = [column.empty for column in UNITS.columns[2:]]
    return {(code,): (code, title, *rest, title.lower()) for code, title in titles.items()}


def test_equal_rows_are_no_change():
    changes = compare(UNITS, stored=units(A1="One"), published=units(A1="One"))

    assert changes == TableChanges()
    assert not changes


def test_rows_are_added_altered_and_withdrawn():
    changes = compare(
        UNITS,
        stored=units(A1="One", A2="Two", A3="Three"),
        published=units(A2="II", A3="Three", B="X"),
    )

    assert changes.added == (("B",),)
    assert changes.altered == {("A2",): ("title", "title_folded")}
    assert changes.withdrawn == (("A1",),)
    assert changes.counts() == {"added": 1, "altered": 1, "withdrawn": 1}
    assert changes


@pytest.mark.parametrize(
    ("stored", "withdrawn", "shrinks"),
    [
        pytest.param(100, 5, [], id="a twentieth of a table"),
        pytest.param(100, 6, ["6 of 100 units would be withdrawn"], id="more than a twentieth"),
        pytest.param(19, 19, [], id="all of a table of fewer than twenty rows"),
        pytest.param(20, 2, ["2 of 20 units would be withdrawn"], id="a tenth of twenty rows"),
    ],
)
def test_more_than_a_twentieth_of_a_table_is_implausible(stored, withdrawn, shrinks):
    keys = [(f"U{number}",) for number in range(stored)]

    assert list(implausible_shrinks(UNITS, stored=keys, withdrawn=keys[:withdrawn])) == shrinks


def test_each_edition_is_measured_by_itself():
    stored = [(edition, f"{number}") for edition in ("first", "second") for number in range(100)]
    withdrawn = [("first", f"{number}") for number in range(6)]

    assert list(implausible_shrinks(OCCUPATIONS, stored=stored, withdrawn=withdrawn)) == [
        "6 of 100 occupations of first would be withdrawn"
    ]
    assert list(implausible_shrinks(OCCUPATIONS, stored=stored, withdrawn=withdrawn[1:])) == []


def test_the_occupations_of_a_small_edition_count_too():
    stored = [("small", "111111"), ("small", "111112")]

    assert list(implausible_shrinks(OCCUPATIONS, stored=stored, withdrawn=stored[:1])) == [
        "1 of 2 occupations of small would be withdrawn"
    ]


def test_a_key_that_leaves_is_found_in_the_rows_that_name_it():
    rows = [
        ("first", "149211", "alternative", "Boss", "boss"),
        ("first", "149212", "alternative", "Chief", "chief"),
    ]

    named = still_named(
        OTHER_TITLES, rows=rows, target="occupations", leaving={("first", "149212")}
    )

    assert list(named) == [("first", "149212")]


def test_rows_that_name_another_table_stand_in_nobodys_way():
    rows = [("first", "149211", "alternative", "Boss", "boss")]

    assert list(still_named(OTHER_TITLES, rows=rows, target="units", leaving={("A1",)})) == []

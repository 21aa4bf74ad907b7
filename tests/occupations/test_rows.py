from datetime import date

import pytest

from occupations.catalogue.rows import CatalogueRejected, read_folder, read_table
from occupations.catalogue.tables import TABLES
from tests.occupations.broken_rows import BROKEN_ROWS, with_change, with_row
from tests.occupations.small_catalogue import SMALL, write_tables


@pytest.fixture
def read(tmp_path):
    def read(stored=None, **tables):
        return read_folder(write_tables(tmp_path / "tables", tables), stored=stored or {})

    return read


def problems_of(read, **tables):
    with pytest.raises(CatalogueRejected) as rejected:
        read(**tables)
    return str(rejected.value).splitlines()


def test_cells_become_values_of_their_kind(read):
    published = read(**SMALL)

    assert published["editions"].rows["second",] == (
        "second",
        "ANZSCO",
        "Second edition",
        "Second",
        "Statistics",
        "CC BY 4.0",
        date(2022, 11, 22),
        "",
        "Visas",
        "",
    )
    assert published["occupations"].rows["second", "149212"] == (
        "second",
        "149212",
        "Customer Service Manager",
        "1492",
        2,
        None,
        False,
        "customer service manager",
    )
    key = ("csol", "second", "149212", "anzsco")
    assert published["list_memberships"].rows[key] == (*key, ("482", "482S"), "")


def test_a_table_without_a_file_is_left_out(read):
    published = read(units=SMALL["units"])

    assert list(published) == ["units"]


def test_columns_may_stand_in_any_order(read):
    published = read(training_packages="title,code\nBusiness Services,BSB\n")

    assert published["training_packages"].rows == {("BSB",): ("BSB", "Business Services")}


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(read):
    text = SMALL["units"].replace("\n", "\r\n").encode()

    published = read(units=b"\xef\xbb\xbf" + text)

    assert published["units"].rows == read(units=SMALL["units"])["units"].rows


def test_a_comma_and_quotes_may_stand_in_a_quoted_cell(read):
    published = read(training_packages='code,title\nA1,"Read, ""write"""\n')

    assert published["training_packages"].rows["A1",][1] == 'Read, "write"'


def test_a_reference_may_name_a_stored_row_of_a_table_without_a_file(read):
    stored = {"occupations": {("second", "149212")}}

    published = read(stored=stored, other_titles=SMALL["other_titles"])

    assert len(published["other_titles"].rows) == 1


@pytest.mark.parametrize(("tables", "problem"), BROKEN_ROWS)
def test_a_broken_row_is_reported_with_its_place(read, tables, problem):
    assert problem in problems_of(read, **tables)


CELLS = [
    pytest.param(table, place, id=f"{table.name}-{column.name}")
    for table in TABLES
    for place, column in enumerate(table.columns, start=1)
]


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize(("table", "place"), CELLS)
def test_a_spoilt_cell_of_any_column_is_reported(tmp_path, table, place):
    cells = ["" for _ in table.columns]
    cells[place - 1] = "\x07"
    path = tmp_path / table.file_name
    path.write_text(f"{','.join(table.by_name)}\n{','.join(cells)}\n", encoding="utf-8")

    found = {str(problem) for problem in read_table(path, table).problems}

    name = table.columns[place - 1].name
    assert f"{table.file_name}:2:{place}: {name} holds U+0007, which does not print" in found


def test_every_error_of_every_file_is_reported_at_once(read):
    tables = with_row("units", "x,,,,,,,,") | {"visas": "subclass\n482\n", "odd": ""}
    tables["sources"] = with_change("sources", "yes", "maybe")["sources"]

    assert problems_of(read, **tables) == [
        "odd.csv:1:1: no table of the catalogue has this name",
        "sources.csv:2:6: is_official 'maybe' is neither yes nor no",
        "units.csv:4:1: code 'x' is not a code of at most 14 capitals and digits",
        "units.csv:4:9: is_held is empty",
        "visas.csv:1:2: the column is_open is missing",
        "visas.csv:1:2: the column reads_edition is missing",
        "visas.csv:1:2: the column title is missing",
        "visas.csv:1:2: the column url is missing",
    ]


def test_a_record_is_placed_by_the_line_it_begins_on(read):
    packages = 'code,title\nA1,"One\ntwo\nthree"\nA1x,Four\n'

    assert problems_of(read, training_packages=packages) == [
        "training_packages.csv:2:2: title holds U+000A, which does not print",
        "training_packages.csv:5:1: code 'A1x' is not a code of at most 10 capitals and digits",
    ]


def test_a_row_with_an_error_may_still_be_named(read):
    tables = with_change("occupations", "Customer Service Manager,1492,2", "Manager,1492,9")

    assert problems_of(read, **tables) == [
        "occupations.csv:4:5: skill_level '9' is not a whole number from 1 to 5"
    ]


def test_rows_do_not_dangle_from_a_table_that_cannot_be_read(read):
    tables = with_change("occupations", "retired", "is_retired")

    assert problems_of(read, **tables) == [
        "occupations.csv:1:7: there is no column 'is_retired'",
        "occupations.csv:1:8: the column retired is missing",
    ]


def test_a_chain_of_editions_is_no_circle(read):
    third = "third,ANZSCO,Third,Third,Statistics,CC BY 4.0,2024-11-22,,,\n"
    editions = SMALL["editions"].replace("2022-11-22,,", "2022-11-22,third,") + third

    assert len(read(**{**SMALL, "editions": editions})["editions"].rows) == 3


def test_a_row_that_leads_into_a_circle_is_not_blamed_for_it(read):
    third = "third,ANZSCO,Third,Third,Statistics,CC BY 4.0,2024-11-22,first,,\n"
    editions = SMALL["editions"].replace("2022-11-22,,", "2022-11-22,first,") + third

    assert problems_of(read, **{**SMALL, "editions": editions}) == [
        "editions.csv:2:8: superseded_by leads back to its own row",
        "editions.csv:3:8: superseded_by leads back to its own row",
    ]


def test_a_folder_without_a_table_is_rejected(read, tmp_path):
    assert problems_of(read) == [
        f"{tmp_path}/tables:1:1: there is no table of the catalogue in this folder"
    ]


def test_a_file_that_cannot_be_opened_is_reported(read, tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "units.csv").mkdir()

    assert problems_of(read) == ["units.csv:1:1: the file cannot be read: Is a directory"]

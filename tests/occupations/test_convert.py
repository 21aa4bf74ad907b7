import os
from functools import partial
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from occupations.catalogue.convert import convert as convert_folder
from occupations.catalogue.load import EMBEDDED
from tests.occupations.published_tables import COLUMNS, converted


@pytest.fixture
def convert(tmp_path):
    return partial(converted, tmp_path)


def test_groups_keep_their_levels_and_osca_states_nothing_for_new_zealand(convert):
    assert convert("groups") == [
        "anzsco-2013,14,sub_major,Service Managers,1,2,2",
        "osca-2024,14,sub_major,Other Managers,1,2/3,",
    ]


def test_retired_codes_stand_among_the_occupations(convert):
    assert convert("occupations") == [
        "anzsco-2013,131111,code retired,1311,,,yes",
        "anzsco-2013,149212,Customer Service Manager,1492,2,3,no",
        "osca-2024,149231,Officer,1492,1,,no",
    ]


def test_titles_of_the_index_stand_beside_those_stated_elsewhere(convert):
    titles = convert("other_titles")

    assert "anzsco-2022,111111,specialisation,Director-General" in titles
    assert "anzsco-2013,149212,assessor,Customer Experience Manager" in titles
    assert len(titles) == 6


def test_links_to_isco_stand_apart_from_links_between_editions(convert):
    assert convert("correspondences") == [
        "anzsco-2021,149212,anzsco-2022,149212,no,published",
        "osca-2024,149231,anzsco-2022,149212,yes,published",
    ]
    assert convert("isco_correspondences") == [
        "anzsco-2022,149211,1439,no",
        "anzsco-2022,149212,1439,yes",
    ]


def test_editions_that_nothing_published_links_are_linked_by_us(convert):
    structure = """\
edition,code,level,title,parent_code,skill_level,skill_level_nz
anzsco-2013,362212,occupation,Arborist,3622,3,3
anzsco-2013,131111,retired,code retired,1311,,
anzsco-2019,362212,occupation,Arborist,3622,3,3
anzsco-2019,131111,retired,code retired,1311,,
anzsco-2021,362511,occupation,Arborist,3625,2,2
"""

    assert [row for row in convert("correspondences", structure=structure) if "derived" in row] == [
        "anzsco-2013,362212,anzsco-2019,362212,no,derived",
        "anzsco-2019,362212,anzsco-2021,362511,no,derived",
    ]


def test_each_step_of_a_field_of_education_stands_once(convert):
    assert convert("fields_of_education") == [
        "08,Management and Commerce",
        "0803,Business and Management",
        "080301,Business Management",
        "0805,Sales and Marketing",
        "080501,Sales",
    ]
    assert convert("levels_of_education") == [
        "5,Certificate Level",
        "51,Certificate III & IV Level",
        "511,Certificate IV",
    ]


@pytest.mark.parametrize("path", sorted(EMBEDDED.glob("*.csv")), ids=lambda path: path.stem)
def test_a_shipped_table_has_the_columns_of_the_catalogue_in_order(path):
    with path.open(encoding="utf-8") as file:
        assert file.readline() == f"{','.join(COLUMNS[path.stem])}\n"


if "PUBLISHED_TABLES" in os.environ:

    def test_what_ships_is_what_the_published_tables_convert_to(tmp_path):
        for path in EMBEDDED.glob("*.csv"):
            (tmp_path / path.name).write_bytes(path.read_bytes())

        counts = convert_folder(Path(os.environ["PUBLISHED_TABLES"]), into=tmp_path)

        differing = [
            name
            for name in counts
            if (tmp_path / f"{name}.csv").read_bytes() != (EMBEDDED / f"{name}.csv").read_bytes()
        ]
        assert counts
        assert differing == []


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"structure\.csv: No such file or directory"):
        call_command("convert_tables", str(tmp_path), "--into", str(tmp_path))


def test_a_missing_column_is_named(convert):
    with pytest.raises(CommandError, match="no column 'kind'"):
        convert("other_titles", titles="edition,code,title\nanzsco-2022,111111,Boss\n")

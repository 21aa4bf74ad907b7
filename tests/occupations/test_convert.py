import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from occupations.catalogue.convert import HEADERS
from occupations.catalogue.load import EMBEDDED
from occupations.catalogue.tables import TABLES
from tests.occupations.published_training import TRAINING
from tests.occupations.small_catalogue import write_tables

PUBLISHED = {
    "structure": """\
edition,code,level,title,parent_code,skill_level,skill_level_nz
anzsco-2013,14,sub_major,Service Managers,1,2,2
anzsco-2013,149212,occupation,Customer Service Manager,1492,2,3
anzsco-2013,131111,retired,code retired,1311,,
osca-2024,14,sub_major,Other Managers,1,2/3,2/3
osca-2024,149231,occupation,Officer,1492,1,1
""",
    "titles": "edition,code,kind,title\nanzsco-2022,111111,specialisation,Director-General\n",
    "correspondences": """\
from_edition,from_code,to_edition,to_code,partial,origin
osca-2024,149231,anzsco-2022,149212,p,published
anzsco-2021,149212,anzsco-2022,149212,,published
anzsco-2022,149212,isco-08,1439,p,published
anzsco-2022,149211,isco-08,1439,,published
""",
    "occupation_lists_2026": """\
occupation,anzsco_2013,anzsco_2022,lists,visas,assessing_authorities
On both,221111,221111,MLTSSL|CSOL,189|491F|482|186,CAANZ|IPA
On an earlier list,149212,,STSOL,190|489S,VETASSESS
Named CSOL without its visas,263311,,MLTSSL|CSOL,189,Engineers Australia
Visas of the CSOL without its name,253917,253917,MLTSSL,189|482|186,MedBA
Code in the wrong column,,252112,MLTSSL,189,AOAC
New in 2022,,121611,CSOL,482|186,VETASSESS
Closed list,312113,,RSMS ROL,,
For a part,224999,224999,STSOL|CSOL,190|482|186,VETASSESS|ACS (Data Scientist only)
""",
    "vetassess_groups": "code,group\n149212,C\n221111,A\n224999,B\n",
    **TRAINING,
}


@pytest.fixture
def convert(tmp_path):
    """Convert published tables and give one of the catalogue's own, without its header."""

    def convert(name, **tables):
        published = write_tables(tmp_path / "published", {**PUBLISHED, **tables})
        into = tmp_path / "own"
        into.mkdir(exist_ok=True)
        out = StringIO()
        call_command("convert_tables", str(published), "--into", str(into), stdout=out)
        with (into / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert ",".join(header) == HEADERS[name]
        assert f"{name:32}{len(rows):8} rows" in out.getvalue()
        return [",".join(row) for row in rows]

    return convert


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


def test_a_membership_stands_on_the_edition_that_its_visas_read(convert):
    listed = "home-affairs-list-2026-09-14"

    assert convert("list_memberships") == [
        f"csol,anzsco-2022,121611,{listed},186|482",
        f"csol,anzsco-2022,221111,{listed},186|482",
        f"csol,anzsco-2022,224999,{listed},186|482",
        f"csol,anzsco-2022,253917,{listed},186|482",
        f"mltssl,anzsco-2013,221111,{listed},189|491F",
        f"mltssl,anzsco-2013,252112,{listed},189",
        f"mltssl,anzsco-2013,253917,{listed},189",
        f"mltssl,anzsco-2013,263311,{listed},189",
        f"rsms-rol,anzsco-2013,312113,{listed},",
        f"stsol,anzsco-2013,149212,{listed},190|489S",
        f"stsol,anzsco-2013,224999,{listed},190",
    ]


def test_groups_belong_to_vetassess_alone(convert):
    listed, grouped = "home-affairs-list-2026-09-14", "vetassess-groups"

    assert convert("assessments") == [
        f"anzsco-2013,149212,vetassess,C,{grouped}",
        f"anzsco-2013,221111,caanz,,{listed}",
        f"anzsco-2013,221111,ipa,,{listed}",
        f"anzsco-2013,224999,acs-data-scientists,,{listed}",
        f"anzsco-2013,224999,vetassess,B,{grouped}",
        f"anzsco-2013,252112,aoac,,{listed}",
        f"anzsco-2013,253917,medba,,{listed}",
        f"anzsco-2013,263311,engineers-australia,,{listed}",
        f"anzsco-2022,121611,vetassess,,{listed}",
        f"anzsco-2022,221111,caanz,,{listed}",
        f"anzsco-2022,221111,ipa,,{listed}",
        f"anzsco-2022,224999,acs-data-scientists,,{listed}",
        f"anzsco-2022,224999,vetassess,B,{grouped}",
        f"anzsco-2022,253917,medba,,{listed}",
    ]


def test_the_headers_are_those_of_the_catalogue():
    columns = {table.name: ",".join(table.by_name) for table in TABLES}

    assert {name: columns[name] for name in HEADERS} == HEADERS
    for name, header in HEADERS.items():
        with (EMBEDDED / f"{name}.csv").open(encoding="utf-8") as file:
            assert file.readline() == f"{header}\n"


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"structure\.csv: No such file or directory"):
        call_command("convert_tables", str(tmp_path), "--into", str(tmp_path))


def test_a_missing_column_is_named(convert):
    with pytest.raises(CommandError, match="no column 'kind'"):
        convert("other_titles", titles="edition,code,title\nanzsco-2022,111111,Boss\n")

"""Every table as a file: whole, in parts, with its provenance, and safe to open."""

import csv
import io
from datetime import date

import pytest

from occupations.catalogue.tables import TABLES
from occupations.facts.exports import safe_cell
from occupations.models import CatalogueLoad, GlossaryTerm, Occupation, Unit
from tests.occupations.embedded_data import nodes_of

pytestmark = pytest.mark.django_db


def rows_of(client, address):
    response = client.get(f"/download/{address}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_is_a_file_that_says_where_its_rows_come_from(client, table):
    response = client.get(f"/download/all/{table.name}.csv")
    lines = list(csv.reader(io.StringIO(response.getvalue().decode())))
    revision = str(CatalogueLoad.objects.latest().pk)

    assert response["Content-Type"].startswith("text/csv")
    assert len(lines[0]) == len(set(lines[0]))
    assert set(lines[0]) >= {column.name for column in table.columns}
    assert {"source", "licence", "as_at", "revision"} <= set(lines[0])
    assert all(len(line) == len(lines[0]) for line in lines)
    assert all(line[-1] == revision for line in lines[1:])
    assert all(line[lines[0].index("source")] for line in lines[1:])
    if "licence" not in {column.name for column in table.columns}:
        assert all(line[lines[0].index("licence")] for line in lines[1:])


def test_the_page_lists_every_file_with_its_rows(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        html = client.get("/download/").text

    for table in TABLES:
        assert f'href="/download/all/{table.name}.csv"' in html
    assert f'<td data-label="Rows">{Occupation.objects.count()}</td>' in html
    assert 'href="/download/osca-2024/groups.csv"' in html
    assert 'href="/download/osca-2024/visas.csv"' not in html


def test_the_files_of_the_editions_make_up_the_whole(client):
    whole = rows_of(client, "all/occupations.csv")
    parts = [
        row
        for edition in ("anzsco-2013", "anzsco-2019", "anzsco-2021", "anzsco-2022", "osca-2024")
        for row in rows_of(client, f"{edition}/occupations.csv")
    ]

    assert len(whole) == Occupation.objects.count()
    assert {(row["edition"], row["code"]) for row in parts} == {
        (row["edition"], row["code"]) for row in whole
    }
    assert len(parts) == len(whole)


def test_links_stand_in_the_files_of_both_their_editions(client):
    links = rows_of(client, "osca-2024/correspondences.csv")

    assert links
    assert all("osca-2024" in {row["from_edition"], row["to_edition"]} for row in links)


def test_a_row_names_the_source_licence_and_day_of_its_edition(client):
    row = rows_of(client, "osca-2024/occupations.csv")[0]

    assert row["source"] == "OSCA 2024, version 1.0"
    assert row["licence"] == "CC BY 4.0"
    assert row["as_at"] == "2024-12-06"


def test_a_list_names_the_day_of_each_copy(client):
    days = {row["source"]: row["as_at"] for row in rows_of(client, "all/list_memberships.csv")}

    assert days["home-affairs-list-2026-09-14"] == "2026-09-14"


@pytest.mark.parametrize("text", ["=1+1", "+61", "-1", "@here", "\tx", "\rx"])
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"
    assert safe_cell(f"x{text}") == f"x{text}"


def test_a_formula_in_the_data_leaves_harmless(client):
    GlossaryTerm.objects.filter(slug="caveat").update(text='=HYPERLINK("https://x.example")')

    texts = [row["text"] for row in rows_of(client, "all/glossary_terms.csv")]

    assert '\'=HYPERLINK("https://x.example")' in texts


def test_a_withdrawn_row_says_since_when(client):
    Unit.objects.filter(code="BSBCCO402A").update(withdrawn_on=date(2026, 11, 1))

    days = {row["code"]: row["withdrawn_on"] for row in rows_of(client, "all/units.csv")}

    assert days["BSBCCO402A"] == "2026-11-01"
    assert days["BSBCUS401A"] == ""


def test_who_holds_a_file_gets_no_second_copy(client):
    address = "/download/anzsco-2022/groups.csv"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    by_day = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    head = client.head(address)

    assert (again.status_code, by_day.status_code) == (304, 304)
    assert again["ETag"] == first["ETag"]
    assert (head.status_code, head.content) == (200, b"")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cache-Control"].startswith("public")
    assert not first.cookies


def test_a_load_makes_a_new_version_of_every_file(client):
    address = "/download/anzsco-2022/groups.csv"
    before = client.get(address)["ETag"]

    load = CatalogueLoad.objects.latest()
    CatalogueLoad.objects.create(loaded_at=load.loaded_at, digest="another")

    assert client.get(address)["ETag"] != before


def test_each_file_has_a_description_beside_it(client):
    file = client.get("/download/anzsco-2022/occupations.csv")
    address = file["Link"].partition(">")[0].removeprefix("<")

    description = client.get(address)
    body = description.json()
    header = file.getvalue().decode().partition("\r\n")[0].split(",")

    assert description["Content-Type"] == "application/csvm+json"
    assert address == "/download/anzsco-2022/occupations.csv-metadata.json"
    assert body["@context"] == "http://www.w3.org/ns/csvw"
    assert body["url"] == "http://localhost:8000/download/anzsco-2022/occupations.csv"
    assert [column["name"] for column in body["tableSchema"]["columns"]] == header
    assert body["tableSchema"]["primaryKey"] == ["edition", "code"]
    assert body["dc:license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert body["schema:version"] == str(CatalogueLoad.objects.latest().pk)


@pytest.mark.parametrize(
    "address",
    [
        "anzsco-2022/nothing.csv",
        "anzsco-1986/groups.csv",
        "anzsco-2022/visas.csv",
        "all/sources.csv-metadata.json.csv",
        "%00/groups.csv",
        "anzsco-1986/groups.csv-metadata.json",
    ],
)
def test_a_file_that_is_not_there_is_a_404(client, address):
    assert client.get(f"/download/{address}").status_code == 404


def test_the_page_describes_its_files_to_programs(client):
    files = nodes_of(client.get("/download/").text, "Dataset")
    occupations = next(one for one in files if one["name"] == "Occupations")

    assert occupations["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert occupations["distribution"]["contentUrl"].endswith("/download/all/occupations.csv")
    assert occupations["version"] == str(CatalogueLoad.objects.latest().pk)

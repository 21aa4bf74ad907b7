"""Which uploads of editors stand in the place of shipped tables: a rule without a database."""

from datetime import date

import pytest

from occupations.catalogue.outranking import Uploaded, outrank, shipped_as_at, standing
from occupations.catalogue.rows import read_files
from tests.occupations.small_catalogue import write_tables

SOURCES = """\
slug,title,publisher,licence,as_at_on,is_official,url,note,next_check_on
old,Old list,Department,,2026-01-01,yes,,,
new,New list,Department,,2026-09-14,yes,,,
undated,Undated,Department,,,no,,,
"""
TABLE_SOURCES = "table,source\nvisas,old\nvisas,new\nvisas,undated\ncaveats,undated\n"


@pytest.fixture
def folder(tmp_path):
    return write_tables(tmp_path / "tables", {"sources": SOURCES, "table_sources": TABLE_SOURCES})


def upload(table, day, content=b""):
    return Uploaded(table=table, as_at_on=day, content=content)


def test_a_shipped_table_is_as_at_the_newest_day_of_its_sources(folder):
    assert shipped_as_at(folder) == {"visas": date(2026, 9, 14)}


def test_an_upload_stands_until_the_shipped_table_is_as_new():
    newer = upload("visas", date(2026, 9, 15))
    same = upload("visas", date(2026, 9, 14))

    assert standing([newer], as_at={"visas": date(2026, 9, 14)}) == (newer,)
    assert standing([same], as_at={"visas": date(2026, 9, 14)}) == ()
    assert standing([same], as_at={}) == (same,)


def test_of_several_uploads_of_a_table_the_newest_stands_and_of_one_day_the_last():
    first = upload("visas", date(2026, 10, 1), b"first")
    second = upload("visas", date(2026, 10, 1), b"second")
    older = upload("visas", date(2026, 9, 20), b"older")

    assert standing([first, second, older], as_at={}) == (second,)


def test_every_upload_of_sources_counts():
    uploads = [upload("sources", date(2026, 10, 1)), upload("sources", date(2026, 9, 1))]

    assert standing(uploads, as_at={}) == tuple(reversed(uploads))


def test_an_uploaded_table_takes_the_place_of_the_shipped_one(folder):
    content = b"code,title\nBSB,Business\n"

    outranked = outrank(
        read_files(folder), [upload("training_packages", date(2026, 10, 1), content)]
    )

    assert list(outranked.published["training_packages"].rows) == [("BSB",)]
    assert outranked.beside == ()


def test_its_problems_name_it_apart_from_the_shipped_file(folder):
    content = b"code,title\nbsb,Business\n"

    outranked = outrank(
        read_files(folder), [upload("training_packages", date(2026, 10, 1), content)]
    )

    (problem,) = outranked.published["training_packages"].problems
    assert str(problem).startswith("training_packages.csv as at 2026-10-01:2:1: code 'bsb'")


@pytest.mark.parametrize(
    ("day", "title"), [("2026-09-14", "Corrected"), ("2026-09-13", "New list"), ("", "New list")]
)
def test_sources_are_joined_row_by_row_and_none_is_taken_away(folder, day, title):
    header = SOURCES.splitlines()[0]
    rows = f"new,Corrected,Department,,{day},yes,,,\nextra,Extra,Department,,,no,,,\n"

    outranked = outrank(
        read_files(folder),
        [upload("sources", date(2026, 10, 1), f"{header}\n{rows}".encode())],
    )

    joined = outranked.published["sources"]
    assert [key[0] for key in joined.rows] == ["old", "new", "undated", "extra"]
    assert joined.rows[("new",)][1] == title
    assert set(joined.lines) == set(joined.rows)
    assert len(outranked.beside) == 1


def test_which_table_comes_from_which_source_is_joined_too(folder):
    content = b"table,source\ncaveats,new\nvisas,new\n"

    outranked = outrank(read_files(folder), [upload("table_sources", date(2026, 10, 1), content)])

    rows = outranked.published["table_sources"].rows
    assert len(rows) == 5
    assert ("caveats", "new") in rows

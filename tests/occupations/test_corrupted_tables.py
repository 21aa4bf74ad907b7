"""A corrupted copy of any shipped table is refused whole, with the exact place of each fault."""

import pytest

from occupations.catalogue.load import EMBEDDED
from occupations.catalogue.rows import CatalogueRejected, read_folder

SHIPPED = sorted(EMBEDDED.glob("*.csv"))
each_table = pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)


@pytest.fixture
def places(tmp_path, shipped):
    """Read one table from its lines and give the places of its faults, by line and message."""
    keys = {name: read.rows.keys() for name, read in shipped.items()}

    def places(path, lines):
        (tmp_path / path.name).write_bytes(b"".join(lines))
        with pytest.raises(CatalogueRejected) as rejected:
            read_folder(tmp_path, stored=keys)
        assert {problem.file_name for problem in rejected.value.problems} == {path.name}
        return [(problem.line, problem.message) for problem in rejected.value.problems]

    return places


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@each_table
def test_a_row_that_stands_twice_is_refused(path, places):
    lines = path.read_bytes().splitlines(keepends=True)

    found = places(path, [*lines, lines[-1]])

    assert found[0][0] == len(lines) + 1
    assert f"repeats the row of line {len(lines)}" in found[0][1]


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@each_table
def test_a_copy_that_ends_in_the_middle_of_a_row_is_refused(path, places):
    lines = path.read_bytes().splitlines(keepends=True)
    columns = lines[0].count(b",") + 1

    found = places(path, [*lines[:-1], lines[-1].partition(b",")[0]])

    assert (len(lines), f"the row has 1 cells, the header {columns}") in found


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@each_table
def test_a_byte_that_is_not_utf_8_is_refused(path, places):
    header, first, *rest = path.read_bytes().splitlines(keepends=True)

    found = places(path, [header, b"\xff" + first, *rest])

    assert (2, f"{header.split(b',')[0].decode()} is not UTF-8: it holds the byte 0xFF") in found


@each_table
def test_a_column_too_few_in_the_header_is_refused(path, places):
    header, *rest = path.read_bytes().splitlines(keepends=True)
    name = header.split(b",")[0].decode()

    found = places(path, [header.partition(b",")[2], *rest])

    assert found == [(1, f"the column {name} is missing")]

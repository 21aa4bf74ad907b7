"""Official wording is loaded on request, with the guarantees of every other table."""

import shutil
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from occupations.catalogue.load import EMBEDDED, load_catalogue
from occupations.catalogue.official import read_official
from occupations.catalogue.rows import CatalogueRejected
from occupations.models import CatalogueLoad, FactChange, OfficialText
from tests.occupations.small_catalogue import write_tables

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
PUBLISHED = Path(__file__).parents[3] / "shared" / "catalogue" / "official_text"
SMALL = {
    "anzsco_2022_descriptions": """\
code,description
149211,Plans and runs a call centre.
149212,"Plans, organises and reviews customer service."
111111,
""",
    "anzsco_2022_tasks": """\
unit_group,seq,task
1492,1,planning services
1492,2,"liaising with, and answering, customers"
""",
    "anzsco_2022_unit_groups": """\
unit_group,description,skill_statement
1492,Managers of call centres.,Level 2 as a rule.
""",
}


@pytest.fixture
def folder(tmp_path):
    """Give a folder with one table of the catalogue as it is stored."""
    folder = tmp_path / "tables"
    folder.mkdir()
    shutil.copy(EMBEDDED / "nzqcf_levels.csv", folder)
    return folder


@pytest.fixture
def official(tmp_path):
    """Write a folder of official wording; some files may differ from the small ones."""

    def official(**files):
        return write_tables(tmp_path / "official", {**SMALL, **files})

    return official


def words(**subject):
    texts = OfficialText.objects.filter(**subject).order_by("kind", "seq")
    return list(texts.values_list("kind", "seq", "text"))


def problems(folder, official):
    with pytest.raises(CatalogueRejected) as rejected:
        load_catalogue(folder, official=official, now=NOW, write=True)
    assert not OfficialText.objects.exists()
    return [str(problem) for problem in rejected.value.problems]


def test_the_project_ships_no_official_wording():
    assert not (EMBEDDED / "official_texts.csv").exists()


@pytest.mark.django_db
class TestLoad:
    def test_it_is_kept_with_its_group_or_occupation(self, folder, official):
        loaded = load_catalogue(folder, official=official(), now=NOW, write=True)

        assert loaded.changes["official_texts"].counts() == {
            "added": 6,
            "altered": 0,
            "withdrawn": 0,
        }
        assert words(occupation__code="149211") == [
            ("definition", 1, "Plans and runs a call centre.")
        ]
        assert words(group__code="1492") == [
            ("definition", 1, "Managers of call centres."),
            ("skill", 1, "Level 2 as a rule."),
            ("task", 1, "planning services"),
            ("task", 2, "liaising with, and answering, customers"),
        ]
        edition = OfficialText.objects.values_list("edition__slug", flat=True)
        assert set(edition) == {"anzsco-2022"}

    def test_it_is_dry_by_default(self, folder, official):
        loaded = load_catalogue(folder, official=official(), now=NOW)

        assert len(loaded.changes["official_texts"].added) == 6
        assert not OfficialText.objects.exists()

    def test_the_second_load_changes_nothing(self, folder, official):
        first = load_catalogue(folder, official=official(), now=NOW, write=True)

        again = load_catalogue(folder, official=official(), now=NOW, write=True)

        assert again.changes == {}
        assert again.revision == first.revision

    def test_a_load_without_it_leaves_it_untouched(self, folder, official):
        load_catalogue(folder, official=official(), now=NOW, write=True)

        loaded = load_catalogue(folder, now=NOW, write=True)

        assert loaded.changes == {}
        assert OfficialText.objects.count() == 6

    def test_a_load_without_it_need_not_compare_again(
        self, folder, official, django_assert_max_num_queries
    ):
        load_catalogue(folder, official=official(), now=NOW, write=True)

        with django_assert_max_num_queries(4):
            assert load_catalogue(folder, now=NOW, write=True).changes == {}

    def test_a_change_of_wording_is_in_the_change_log(self, folder, official):
        load_catalogue(folder, official=official(), now=NOW, write=True)
        tasks = SMALL["anzsco_2022_tasks"].replace("planning", "directing")

        loaded = load_catalogue(
            folder, official=official(anzsco_2022_tasks=tasks), now=NOW, write=True
        )

        fact = FactChange.objects.get(load=loaded.revision)
        assert (fact.table, fact.kind, fact.edition, fact.code) == (
            "official_texts",
            "altered",
            "anzsco-2022",
            "1492",
        )


@pytest.mark.django_db
class TestErrors:
    def test_every_bad_cell_is_named_by_its_own_file_and_place(self, folder, official):
        broken = official(
            anzsco_2022_descriptions="code,description\n14921,Words\n999999,Words\n",
            anzsco_2022_tasks="unit_group,seq,task\n1492,0,x\n1492,1,\n1492,2, y\n1492,2,z\n",
            anzsco_2022_unit_groups="unit_group,description\n1492,Words\n",
        )

        assert problems(folder, broken) == [
            "anzsco_2022_descriptions.csv:2:1: code '14921' is not a code of 6 digits",
            "anzsco_2022_descriptions.csv:3:1: code names anzsco-2022 999999, "
            "which occupations.csv does not hold",
            "anzsco_2022_tasks.csv:2:2: seq '0' is not a whole number from 1 to 999",
            "anzsco_2022_tasks.csv:3:3: task is empty",
            "anzsco_2022_tasks.csv:4:3: task begins or ends with a space",
            "anzsco_2022_tasks.csv:5:2: seq repeats the row of line 4",
            "anzsco_2022_unit_groups.csv:1:3: the column skill_statement is missing",
        ]

    def test_an_absent_file_is_an_error_since_the_three_make_one_table(self, folder, official):
        without = official()
        (without / "anzsco_2022_tasks.csv").unlink()
        (without / "anzsco_2021_tasks.csv").write_text("unit_group,seq,task\n")

        assert problems(folder, without) == [
            "anzsco_2021_tasks.csv:1:1: no file of official wording has this name",
            "anzsco_2022_tasks.csv:1:1: the file is missing",
        ]

    def test_an_error_in_a_table_refuses_the_wording_too(self, folder, official):
        (folder / "nzqcf_levels.csv").write_text("level,qualification_types\n99,Certificate\n")

        assert problems(folder, official()) == [
            "nzqcf_levels.csv:2:1: level '99' is not a whole number from 1 to 10"
        ]

    def test_the_command_lists_them_all(self, folder, official):
        broken = official(anzsco_2022_descriptions="code,description\nx,Words\n")

        with pytest.raises(CommandError, match=r"anzsco_2022_descriptions\.csv:2:1: code 'x'"):
            call_command("load_catalogue", "--from", str(folder), "--official", str(broken))


@pytest.mark.django_db
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the publisher's files are not here")
class TestPublishedFiles:
    def test_they_load_whole(self, folder):
        out = StringIO()
        call_command(
            "load_catalogue",
            "--from",
            str(folder),
            "--official",
            str(PUBLISHED),
            "--write",
            stdout=out,
        )

        kinds = {
            kind: OfficialText.objects.filter(kind=kind).count()
            for kind in ("definition", "skill", "task")
        }
        assert kinds == {"definition": 1068 + 364, "skill": 364, "task": 3011}
        assert "official_texts" in out.getvalue()
        assert CatalogueLoad.objects.latest().changes["official_texts"]["first"] is True

    def test_a_broken_copy_is_refused_whole(self, folder, tmp_path):
        copy = shutil.copytree(PUBLISHED, tmp_path / "copy")
        tasks = copy / "anzsco_2022_tasks.csv"
        tasks.write_bytes(tasks.read_bytes().replace(b"1111,2,", b"1111,x,", 1))

        assert problems(folder, copy) == [
            "anzsco_2022_tasks.csv:3:2: seq 'x' is not a whole number from 1 to 999"
        ]

    def test_every_file_reads_without_a_problem(self):
        wording = read_official(PUBLISHED)

        assert [read.problems for read in wording.files] == [[], [], []]

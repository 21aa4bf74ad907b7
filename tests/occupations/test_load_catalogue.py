import shutil
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from occupations.catalogue.load import EMBEDDED, ImplausibleShrink, load_catalogue
from occupations.models import CatalogueLoad, OtherTitle

NOW = datetime(2026, 11, 21, 11, 30, tzinfo=UTC)


@pytest.fixture
def embedded_copy(tmp_path):
    """Copy the embedded tables, to change a line or two of one of them."""
    folder = tmp_path / "copy"
    shutil.copytree(EMBEDDED, folder)

    def change(table, old, new):
        path = folder / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return change


@pytest.mark.django_db
class TestEmbeddedCatalogue:
    def test_it_is_loaded_and_the_next_load_changes_nothing(self):
        loaded = load_catalogue(EMBEDDED, now=NOW, write=True)

        assert loaded.changes == {}
        assert loaded.revision == CatalogueLoad.objects.get().pk

    @pytest.mark.no_cover  # a whole load, of lines that other tests run too
    def test_comparing_every_row_finds_no_change(self, embedded_copy):
        folder = embedded_copy("visas", "subclass,title", '"subclass",title')

        assert load_catalogue(folder, now=NOW, write=True).changes == {}
        assert CatalogueLoad.objects.count() == 1

    @pytest.mark.no_cover  # a whole load, of lines that other tests run too
    def test_one_altered_cell_is_the_only_change(self, embedded_copy):
        folder = embedded_copy("visas", "482,Skills in Demand", "482,Temporary Skill Shortage")

        loaded = load_catalogue(folder, now=NOW, write=True)

        assert {name: change.altered for name, change in loaded.changes.items()} == {
            "visas": {("482",): ("title",)}
        }
        assert loaded.revision == CatalogueLoad.objects.latest().pk
        assert CatalogueLoad.objects.count() == 2

    @pytest.mark.no_cover  # a whole load, of lines that other tests run too
    def test_one_row_left_out_is_the_only_change(self, embedded_copy):
        row = "anzsco-2022,541111,alternative,Contact Centre Supervisor\n"

        loaded = load_catalogue(embedded_copy("other_titles", row, ""), now=NOW, write=True)

        assert {name: change.counts() for name, change in loaded.changes.items()} == {
            "other_titles": {"added": 0, "altered": 0, "withdrawn": 1}
        }
        titles = OtherTitle.objects.filter(
            occupation__code="541111", occupation__edition__slug="anzsco-2022"
        )
        assert "Contact Centre Supervisor" not in titles.values_list("title", flat=True)
        assert titles.count() == 3

    @pytest.mark.no_cover  # a whole load, of lines that other tests run too
    def test_an_edition_cut_short_is_refused(self, embedded_copy):
        lines = (
            (EMBEDDED / "other_titles.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        )
        half = "".join(lines[len(lines) // 2 :])

        with pytest.raises(ImplausibleShrink, match=r"\d+ of 2193 other_titles of anzsco-2022"):
            load_catalogue(embedded_copy("other_titles", half, ""), now=NOW, write=True)

        assert OtherTitle.objects.filter(occupation__edition__slug="anzsco-2022").count() == 2193


@pytest.mark.django_db
class TestCommand:
    def run(self, *arguments):
        out = StringIO()
        call_command("load_catalogue", *arguments, stdout=out)
        return out.getvalue().splitlines()

    def test_it_says_that_nothing_changed(self):
        revision = CatalogueLoad.objects.latest().pk

        assert self.run() == [f"No change; the catalogue stays at revision {revision}."]

    @pytest.mark.no_cover  # a whole load, of lines that other tests run too
    def test_it_counts_what_would_change_and_writes_nothing(self, embedded_copy):
        folder = embedded_copy("visas", "482,Skills in Demand", "482,Temporary Skill Shortage")

        assert self.run("--from", str(folder)) == [
            "table                              added  altered  withdrawn",
            "visas                                  0        1          0",
            "Nothing was written; --write does.",
        ]
        assert CatalogueLoad.objects.count() == 1

    def test_it_says_which_revision_it_wrote(self, embedded_copy):
        folder = embedded_copy("visas", "482,Skills in Demand", "482,Temporary Skill Shortage")

        last = self.run("--write", "--from", str(folder))[-1]

        revision = CatalogueLoad.objects.latest().pk
        assert last == f"Written: the catalogue is now at revision {revision}."

    def test_it_is_silent_when_asked(self):
        assert self.run("--verbosity", "0") == []

    def test_it_lists_every_error(self, embedded_copy):
        embedded_copy("visas", "482,Skills in Demand,anzsco-2022", "482,,anzsco-1066")
        folder = embedded_copy("units", "BSBADM409A,", "bsbadm409a,")

        with pytest.raises(CommandError) as error:
            self.run("--write", "--from", str(folder))

        assert str(error.value).splitlines() == [
            "example_units.csv:6:5: unit names BSBADM409A, which units.csv does not hold",
            "packaged_units.csv:276:3: unit names BSBADM409A, which units.csv does not hold",
            "units.csv:328:1: code 'bsbadm409a' is not a code of at most 14 capitals and digits",
            "visas.csv:7:2: title is empty",
            "visas.csv:7:3: reads_edition names anzsco-1066, which editions.csv does not hold",
            "Errors in the tables: 5. Nothing was written.",
        ]

    @pytest.mark.no_cover  # a whole load, of lines that other tests run too
    def test_it_refuses_a_shrink_unless_told(self, embedded_copy):
        lines = (
            (EMBEDDED / "other_titles.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        )
        folder = embedded_copy("other_titles", "".join(lines[-200:]), "")

        with pytest.raises(CommandError, match="--allow-shrink writes it all the same"):
            self.run("--write", "--from", str(folder))

        last = self.run("--write", "--allow-shrink", "--from", str(folder))[-1]
        assert last.startswith("Written:")
